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


def test_a_refusal_is_told_once_and_only_of_the_credential_in_use() -> None:
    told: list[bool] = []
    credentials = Credentials("first")
    credentials.on_judged = told.append
    first = credentials.headers()
    credentials.judged({}, is_refused=True)
    credentials.judged(first, is_refused=False)
    assert not told, "nothing was sent, and what is accepted is as it was"
    for _ in range(3):
        credentials.judged(first, is_refused=True)
    assert told == [True]
    credentials.judged(first, is_refused=False)
    credentials.judged(first, is_refused=True)
    assert told == [True, False, True], "it was accepted again meanwhile"
    credentials.replace("second")
    credentials.judged(first, is_refused=True)
    assert len(told) == 3, "it was on its way before"
    credentials.judged(credentials.headers(), is_refused=True)
    credentials.take_over({"x-new-access-token": "third"})
    credentials.judged(credentials.headers(), is_refused=True)
    assert told[3:] == [True, True]
    with pytest.raises(InvalidCredential):
        credentials.replace("two words")
