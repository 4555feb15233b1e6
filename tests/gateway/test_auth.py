"""Which header a credential goes in, and tokens that a gateway renews."""

from __future__ import annotations

import pytest

from hoopscope.gateway.auth import Credentials
from hoopscope.gateway.errors import InvalidCredential
from tests.gateway import captures

SERVER_KEY = "123e4567-e89b-42d3-a456-426614174000|secret"


@pytest.mark.parametrize(
    ("credential", "headers"),
    [
        ("eyJh.b.c", {"Authorization": "Bearer eyJh.b.c"}),
        ("hpk_0123", {"Authorization": "Bearer hpk_0123"}),
        ("xapi-0123", {"Api-Key": "xapi-0123"}),
        (SERVER_KEY, {"Api-Key": SERVER_KEY}),
        ("not-a-uuid|secret", {"Authorization": "Bearer not-a-uuid|secret"}),
        ("", {}),
    ],
)
def test_each_form_has_its_header(credential: str, headers: dict[str, str]) -> None:
    assert Credentials(credential).headers() == headers


def test_the_recorded_renewal_is_taken_over() -> None:
    renewed = captures.value("auth-rotated-token.headers")["X-New-Access-Token"]
    told: list[str] = []
    credentials = Credentials("eyJh.b.c", told.append)
    credentials.take_over({"x-new-access-token": renewed})
    assert credentials.headers() == {"Authorization": f"Bearer {renewed}"}
    assert told == [renewed]


@pytest.mark.parametrize("renewed", ["", "eyJh.b.c", "a b", "a\nX-Evil: 1", "tökén"])
def test_nothing_new_or_nothing_fit_for_a_header_is_not_taken_over(renewed: str) -> None:
    told: list[str] = []
    credentials = Credentials("eyJh.b.c", told.append)
    credentials.take_over({"x-new-access-token": renewed})
    assert credentials.headers() == {"Authorization": "Bearer eyJh.b.c"}
    assert told == []


@pytest.mark.parametrize("credential", ["", SERVER_KEY])
def test_a_token_never_takes_the_place_of_a_server_key(credential: str) -> None:
    credentials = Credentials(credential)
    before = credentials.headers()
    credentials.take_over({"x-new-access-token": "eyJn.e.w"})
    assert credentials.headers() == before


def test_the_repr_keeps_the_secret() -> None:
    assert "hpk_0123" not in repr(Credentials("hpk_0123"))


def test_a_refusal_is_told_once_for_each_credential_and_only_for_the_one_in_use() -> None:
    told: list[str] = []
    credentials = Credentials("first")
    credentials.on_refused = lambda: told.append("refused")
    first = credentials.headers()
    credentials.refused({})
    assert not told, "nothing was sent"
    for _ in range(3):
        credentials.refused(first)
    assert len(told) == 1
    credentials.replace("second")
    credentials.refused(first)
    assert len(told) == 1, "it was on its way before"
    credentials.refused(credentials.headers())
    assert len(told) == 2
    credentials.take_over({"x-new-access-token": "third"})
    credentials.refused(credentials.headers())
    assert len(told) == 3
    with pytest.raises(InvalidCredential):
        credentials.replace("two words")
