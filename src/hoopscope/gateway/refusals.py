"""What an answer that is not a success means, as an error with words for an operator."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

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

_DETAIL_SHOWN = 300


def refusal(status: int, headers: Mapping[str, str], body: bytes, host: str) -> GatewayError:
    """The error for an answer of `status` (not 2xx, not a redirect that was followed)."""
    detail = message_of(body)
    said = _said(detail)
    if status == 401:
        return NotAuthorised(
            f"The gateway at {host} does not accept the credential{said}.",
            "It may be wrong, expired or revoked: `hoopscope login` gets another one.",
            status=status,
            detail=detail,
        )
    if status == 403:
        return Forbidden(
            f"The gateway does not allow this{said}.",
            "Ask an admin for the access, or use another credential.",
            status=status,
            detail=detail,
        )
    if status == 404:
        return _not_found(detail, host)
    if status == 429:
        seconds = retry_after(headers)
        return TooManyRequests(
            f"There were too many requests{said}.",
            f"Wait {'a little' if seconds is None else f'{seconds:.0f} s'} and try again.",
            status=status,
            detail=detail,
            retry_after=seconds,
        )
    if status >= 500:
        return ServerFailed(
            f"The gateway at {host} failed with a {status}{said}.",
            "Try again in a moment; if it stays so, the gateway's log says why.",
            status=status,
            detail=detail,
            retry_after=retry_after(headers),
        )
    if b"HTTP request to an HTTPS server" in body[:1_000]:
        return UnexpectedAnswer(
            f"{host} speaks TLS, and the address begins with http://.",
            "Write the address with https://.",
            status=status,
        )
    if detail:
        return QueryRefused(
            f"The gateway refused what was asked{said}.",
            "Change the filter or the value that it names.",
            status=status,
            detail=detail,
        )
    return UnexpectedAnswer(
        f"{host} answers with a {status}, and not as a hoop gateway does.",
        "Check that the address is the gateway's API, and the proxies on the way to it.",
        status=status,
    )


def _not_found(detail: str, host: str) -> GatewayError:
    if detail:
        return NotFound(
            f"The gateway does not have this{_said(detail)}.",
            "It may be gone, or belong to somebody whose sessions you may not see.",
            status=404,
            detail=detail,
        )
    return UnexpectedAnswer(
        f"{host} answers, but has no hoop API at this address.",
        "Check the address: it is the gateway's own, as the hoop CLI's api_url has it.",
        status=404,
    )


def message_of(body: bytes) -> str:
    """The gateway's own message in a refusal, as it came; "" where there is none."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    message = value.get("message") if isinstance(value, dict) else None
    return message if isinstance(message, str) else ""


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, from a Retry-After of either form (RFC 9110); None where there is none."""
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _said(detail: str) -> str:
    if not detail.strip():
        return ""
    from hoopscope.untrusted import harmless

    return f": {harmless(detail.strip().rstrip('.'), _DETAIL_SHOWN)}"
