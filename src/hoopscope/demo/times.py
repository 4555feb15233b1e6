"""Times as the gateway writes them, and as it reads them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

# where a session without a start sorts: before all others
NO_START = 1 << 62
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_RFC3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,]\d+)?(?:Z|[+-](\d\d):(\d\d))", re.ASCII
)


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970 of an aware moment."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment_of(value: int) -> datetime:
    return _EPOCH + timedelta(microseconds=value)


@lru_cache(maxsize=4096)
def _second(value: int) -> str:
    return moment_of(value * 1_000_000).isoformat()[:19]


def text_of(value: int) -> str:
    """RFC 3339 in UTC; the fraction without its last zeros, or not at all; NO_START is year 1."""
    if value == NO_START:
        return "0001-01-01T00:00:00Z"
    second, fraction = divmod(value, 1_000_000)
    if not fraction:
        return _second(second) + "Z"
    return f"{_second(second)}.{fraction:06}".rstrip("0") + "Z"


def nanoseconds_text(value: int) -> str:
    """RFC 3339 in UTC of nanoseconds since 1970, without last zeros in its fraction."""
    second, fraction = divmod(value, 1_000_000_000)
    if not fraction:
        return _second(second) + "Z"
    return f"{_second(second)}.{fraction:09}".rstrip("0") + "Z"


def milliseconds_of(value: int) -> str:
    """The same with at most three digits, as inside a session's review."""
    return text_of(value // 1000 * 1000)


def second_of(text: str) -> int:
    """What the gateway makes of a date filter: its wall clock, whole seconds, the zone forgotten.

    Returns microseconds since 1970.

    Raises:
        ValueError: not RFC 3339, or no such day or time.
    """
    match = _RFC3339.fullmatch(text)
    if not match:
        raise ValueError(text)
    year, month, day, hour, minute, second, zone_hour, zone_minute = match.groups()
    if int(zone_hour or 0) > 24 or int(zone_minute or 0) > 60:
        raise ValueError(text)
    wall = datetime(
        int(year), int(month), int(day), int(hour), int(minute), int(second), tzinfo=UTC
    )
    return microseconds(wall)
