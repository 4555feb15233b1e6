"""Moments, durations and counts in few characters, so that columns of them align."""

from __future__ import annotations

import time
from functools import lru_cache

SECOND = 1_000_000
"""Microseconds, the unit of every moment and duration here."""

NOTHING = "–"

_CALENDAR = range(-62_135_596_800 * SECOND, 253_402_300_800 * SECOND)
"""The years 1 to 9999: what can be shown as a date."""


def moment_text(moment: int, now: int, utc: bool, width: int = 19) -> str:
    """A moment (microseconds since 1970 UTC) in at most `width` characters, 5 at the least.

    From 19 on the date and the second; below, the time for today, the day and the minute for this
    year, the date for another; below 11 the day alone. Years outside 1 to 9999 give "?".
    """
    if moment not in _CALENDAR:
        return "?"
    at = _calendar(moment // SECOND, utc)
    if width >= 19:
        return f"{at.tm_year:04}-{at.tm_mon:02}-{at.tm_mday:02} {_clock(at)}"
    today = _calendar(now // SECOND, utc)
    if (at.tm_year, at.tm_yday) == (today.tm_year, today.tm_yday):
        return _clock(at)[: 8 if width >= 8 else 5]
    if at.tm_year != today.tm_year:
        date = f"{at.tm_year:04}-{at.tm_mon:02}-{at.tm_mday:02}"
        return date if width >= 10 else date[:7] if width >= 7 else date[:4]
    day = f"{at.tm_mon:02}-{at.tm_mday:02}"
    return f"{day} {at.tm_hour:02}:{at.tm_min:02}" if width >= 11 else day


def duration_text(microseconds: int) -> str:
    """A duration in at most six characters: 0.4s, 11s, 2m, 1h04m, 2d03h, 120d; "–" below 0."""
    if microseconds < 0:
        return NOTHING
    if microseconds < 9_950_000:
        return f"{microseconds / SECOND:.1f}s"
    seconds = (microseconds + SECOND // 2) // SECOND
    if seconds < 60:
        return f"{seconds}s"
    minutes = seconds // 60
    if minutes < 60:
        return f"{minutes}m"
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return f"{hours}h{minutes:02}m"
    days, hours = divmod(hours, 24)
    return f"{days}d{hours:02}h" if days < 100 else count_text(days) + "d"


def count_text(number: int) -> str:
    """A number in at most four characters (below 10²¹): 7, 999, 1.2k, 34k, 5.6M."""
    if number < 1000:
        return str(number)
    value = float(number)
    for unit in "kMGTPE":
        value /= 1000
        if value < 9.95:
            return f"{value:.1f}{unit}"
        if value < 999.5:
            return f"{value:.0f}{unit}"
    return "lots"


def _clock(at: time.struct_time) -> str:
    return f"{at.tm_hour:02}:{at.tm_min:02}:{at.tm_sec:02}"


@lru_cache(256)
def _calendar(seconds: int, utc: bool) -> time.struct_time:
    return time.gmtime(seconds) if utc else time.localtime(seconds)
