"""Durations, sizes and moments in words that people read; never raises, however odd the value."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

SECOND = 1_000_000
"""Microseconds."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FOREVER_YEAR = 9999
_EARLIEST = datetime.min.replace(tzinfo=UTC)
_LATEST = datetime.max.replace(tzinfo=UTC)


def duration(microseconds: int) -> str:
    """A length of time: `72 ms`, `11.2 s`, `1 hour and 4 minutes`."""
    if microseconds < 0:
        return f"-{duration(-microseconds)}"
    if microseconds < SECOND:
        return f"{microseconds / 1000:.3g} ms"
    if microseconds < 60 * SECOND:
        return f"{microseconds / SECOND:.1f} s"
    import humanize  # costs some milliseconds, which the first paint need not pay

    seconds = microseconds // SECOND
    unit = "hours" if seconds >= 86_400 else "seconds"
    try:
        whole = timedelta(seconds=seconds)
        return humanize.precisedelta(whole, minimum_unit=unit, format="%0.0f")
    except OverflowError:  # it goes back from now, which the calendar does not for ever
        return f"{number(seconds)} s"


def nanoseconds(value: int) -> str:
    """A length of time that a gateway gives in nanoseconds."""
    return duration(value // 1000)


def size(count: int) -> str:
    """A number of bytes: `1 byte`, `382 bytes`, `15.5 kB`."""
    if abs(count) < 1000:
        return f"{count} byte{'' if count == 1 else 's'}"
    import humanize

    try:
        return humanize.naturalsize(count, format="%.1f")
    except OverflowError:
        return f"{number(count)} bytes"


def amount(count: int, one: str, many: str = "") -> str:
    """A number of things: `1 match`, `1,204 matches`."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def exact(moment: datetime, utc: bool) -> str:
    """A moment as exact as the gateway gave it: `2026-11-23 11:46:36.162057 UTC`, or local."""
    there = in_zone(moment, utc)
    fraction = f".{there.microsecond:06d}".rstrip("0").rstrip(".")
    return f"{there:%Y-%m-%d %H:%M:%S}{fraction} {zone(there)}"


def to_the_second(moment: datetime, utc: bool) -> str:
    """A moment to the second: `2026-11-23 11:46:36 UTC`, or local; `never` for the year 9999."""
    if moment.year == _FOREVER_YEAR:
        return "never"
    there = in_zone(moment, utc)
    return f"{there:%Y-%m-%d %H:%M:%S} {zone(there)}"


def in_zone(moment: datetime, utc: bool) -> datetime:
    """The moment in UTC, or in the operator's own zone where that can express it."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC if utc else None)
    except (OverflowError, ValueError, OSError):
        return moment


def zone(moment: datetime) -> str:
    """What to call a moment's zone: `UTC`, or an offset such as `+01:00`."""
    offset = f"{moment:%z}"
    return "UTC" if offset in ("", "+0000") else f"{offset[:3]}:{offset[3:5]}"


def of_microseconds(value: int) -> datetime:
    """Microseconds since 1970 UTC as a moment; the ends of the calendar for what lies beyond."""
    try:
        return _EPOCH + timedelta(microseconds=value)
    except OverflowError:
        return _LATEST if value > 0 else _EARLIEST


def to_microseconds(moment: datetime) -> int:
    """Microseconds since 1970 UTC."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - _EPOCH) // timedelta(microseconds=1)


def number(value: int) -> str:
    """A whole number with its thousands apart; Python refuses to write out the very long ones."""
    return f"{value:,}" if abs(value) < 10**30 else "more than 10^30"
