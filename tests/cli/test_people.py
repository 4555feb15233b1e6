from __future__ import annotations

import pytest

from hoopscope.cli.people import needs_people
from hoopscope.sessions.filters import Filters
from tests.cli.conftest import Answering, Command


@pytest.mark.parametrize(
    ("filters", "needed"),
    [
        (Filters(), False),
        (Filters(user="00u3b194eaadd9c51458"), False),
        (Filters(user="ana@x.example"), True),
        (Filters(user="Ana Silva"), True),
        (Filters(approver="ana@x.example"), False),
        (Filters(approver="Ana"), True),
    ],
)
def test_who_has_to_be_looked_up(filters: Filters, needed: bool) -> None:
    assert needs_people(filters) is needed


def test_a_role_that_may_not_list_users(command: Command, answering: Answering) -> None:
    answering(b'{"message": "forbidden"}', 403)
    outcome = command("list", "--user", "ana@tidewater.example")
    assert outcome.code == 3
    assert "Give --user a subject id" in outcome.err


def test_an_approver_can_be_given_by_name(on_demo: Command) -> None:
    by_email = on_demo("list", "--approver", "bruno@tidewater.example", "--format", "jsonl")
    assert by_email.code == 0
    assert by_email.out
    by_name = on_demo("list", "--approver", "BRUNO", "--format", "jsonl")
    assert by_name == by_email
