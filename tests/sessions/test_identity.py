import pytest

from hoopscope.sessions.identity import Identity, identity_of, name_of
from tests.sessions.rows import captured, row


@pytest.mark.parametrize(
    ("capture", "identity", "name"),
    [
        ("detail-ok-simple", Identity.PERSON, "ana@acme.example"),
        ("detail-by-api-key", Identity.API_KEY, "ci-bot"),
        ("detail-machine", Identity.MACHINE, "backend-prod"),
    ],
)
def test_recorded_sessions(capture: str, identity: Identity, name: str) -> None:
    session = captured(capture)
    assert (identity_of(session), name_of(session)) == (identity, name)


def test_a_machine_without_a_name_is_its_id() -> None:
    nameless = row(user="", user_name="", user_id="fae7fb83\n")
    assert (identity_of(nameless), name_of(nameless)) == (Identity.MACHINE, "fae7fb83\\n")
