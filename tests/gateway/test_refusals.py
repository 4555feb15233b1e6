"""Refusals: which error each status is, and what it says."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.errors import (
    Forbidden,
    GatewayError,
    NotAuthorised,
    NotFound,
    QueryRefused,
    ServerFailed,
    TooManyRequests,
    UnexpectedAnswer,
)
from hoopscope.gateway.refusals import refusal, retry_after
from tests.gateway import captures

HOST = "gateway.example"


@pytest.mark.parametrize(
    ("capture", "status", "kind", "said"),
    [
        ("auth-401-none", 401, NotAuthorised, "access denied"),
        ("auth-401-expired", 401, NotAuthorised, "access denied"),
        ("detail-forbidden", 403, Forbidden, "user is not allowed to access this session"),
        ("detail-id-unknown", 404, NotFound, "not found"),
        ("list-bad-limit-0", 422, QueryRefused, "must be at least 1, got 0"),
        ("list-bad-start-bad", 422, QueryRefused, "in wrong format"),
        ("list-bad-user-nul", 500, ServerFailed, "failed listing sessions"),
        ("detail-id-malformed", 500, ServerFailed, "failed fetching session"),
    ],
)
def test_recorded_refusals(capture: str, status: int, kind: type[GatewayError], said: str) -> None:
    error = refusal(status, {}, captures.body(capture), HOST)
    assert type(error) is kind
    assert said in error.what
    assert said in error.detail
    assert error.status == status
    assert error.advice.endswith(".")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, UnexpectedAnswer),
        (401, NotAuthorised),
        (403, Forbidden),
        (404, UnexpectedAnswer),
        (405, UnexpectedAnswer),
        (422, UnexpectedAnswer),
        (429, TooManyRequests),
        (500, ServerFailed),
        (502, ServerFailed),
        (503, ServerFailed),
        (304, UnexpectedAnswer),
    ],
)
@pytest.mark.parametrize("body", [b"", b"<html>Bad gateway</html>", b'["x"]', b'{"message": 7}'])
def test_refusals_that_are_not_in_the_gateway_s_words(
    status: int, kind: type[GatewayError], body: bytes
) -> None:
    error = refusal(status, {}, body, HOST)
    assert type(error) is kind
    assert error.status == status
    assert error.detail == ""
    assert "html" not in str(error)


def test_plain_http_to_a_tls_port_is_recognised() -> None:
    body = b"Client sent an HTTP request to an HTTPS server.\n"
    assert "https://" in refusal(400, {}, body, HOST).advice


def test_a_hostile_message_is_shown_but_harmless_and_short() -> None:
    message = "\x1b[2J\u202e" + "long " * 1_000
    error = refusal(422, {}, json.dumps({"message": message}).encode(), HOST)
    assert error.what.isprintable()
    assert "\\x1b[2J\\u202e" in error.what
    assert len(error.what) < 400
    assert error.detail == message


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("", None), ("7", 7.0), (" 120 ", 120.0), ("soon", None), ("-1", None), ("²", None)],
)
def test_retry_after_in_seconds(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value}) == seconds


def test_retry_after_as_a_date() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    assert 25 < (retry_after({"retry-after": later}) or 0) <= 30
    assert retry_after({"retry-after": "Mon, 23 Nov 2020 12:00:00 GMT"}) == 0.0


def test_too_many_requests_says_when_to_come_back() -> None:
    assert "Wait 60 s" in refusal(429, {"retry-after": "60"}, b"", HOST).advice
    assert "Wait a little" in refusal(429, {}, b"", HOST).advice


@given(st.text(max_size=40))
def test_retry_after_takes_anything(value: str) -> None:
    found = retry_after({"retry-after": value})
    assert found is None or found >= 0
