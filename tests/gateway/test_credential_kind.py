from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.credential_kind import credential_kind


def token(claims: object) -> str:
    """A JWT with such a middle part, signed by nobody."""
    middle = urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"eyJhbGciOiJFZERTQSJ9.{middle}.c2ln"


@pytest.mark.parametrize(
    ("credential", "name"),
    [
        ("hpk_abc", "API key"),
        ("xapi-abc", "server key"),
        ("123e4567-e89b-42d3-a456-426614174000|secret", "server key"),
        (token({"sub": "ana"}), "token"),
        ("", "token"),
        ("a.b.c", "token"),
        (token([1]), "token"),
        (token({"sub": "ana"}) + ".more", "token"),
        ("eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCJ9.c2hvcnQ", "token"),
    ],
)
def test_what_a_credential_is(credential: str, name: str) -> None:
    assert credential_kind(credential) == (name, None)


def test_a_token_tells_when_it_ends() -> None:
    moment = datetime(2026, 11, 26, 12, 30, tzinfo=UTC)
    for seconds in (moment.timestamp(), int(moment.timestamp())):
        assert credential_kind(token({"exp": seconds})) == ("token", moment)


@pytest.mark.parametrize(
    "exp", [None, "1795435085", True, -1, 0, 10**30, float("nan"), float("inf"), [], {}]
)
def test_an_end_that_is_no_moment_is_none(exp: Any) -> None:
    assert credential_kind(token({"exp": exp})) == ("token", None)


@given(st.text() | st.recursive(st.integers() | st.floats(), st.lists).map(token))
def test_any_text_has_a_kind(credential: str) -> None:
    assert credential_kind(credential).name in ("token", "API key", "server key")
