"""Dates as an operator writes them: exact, short, or as a phrase.

Exact forms, names of days (`yesterday`, `last week`) and counts (`2 hours ago`, `last 24 hours`,
`7d`) are read here; any other English phrase (`last friday 14:30`, `3 november`) is read by
dateparser, which is imported when the first one comes: that takes some hundred milliseconds, so
callers parse off the event loop. Nothing is asked of the network.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

LONGEST = 80
"""Characters in a date, at most; dateparser takes its time with long texts."""

FIRST_YEAR, LAST_YEAR = 1970, 9999

# dateparser keeps settings and patterns for the whole process.
_ONE_AT_A_TIME = Lock()

_EXAMPLES = "try 2026-11-01 14:30 or 2 hours ago"
_TICK = timedelta(microseconds=1)

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d\d)", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)[t ]+(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? ?(z|utc|[+-]\d\d:?\d\d)?",
    re.ASCII,
)
_CLOCK = re.compile(r"(\d\d?):(\d\d)(?::(\d\d))?", re.ASCII)
_UNITS = {
    "s": "seconds", "sec": "seconds", "secs": "seconds", "second": "seconds", "seconds": "seconds",
    "m": "minutes", "min": "minutes", "mins": "minutes", "minute": "minutes", "minutes": "minutes",
    "h": "hours", "hr": "hours", "hrs": "hours", "hour": "hours", "hours": "hours",
    "d": "days", "day": "days", "days": "days",
    "w": "weeks", "week": "weeks", "weeks": "weeks",
}  # fmt: skip
_COUNT = (
    rf"(\d{{1,9}}(?:\.\d{{1,3}})?) ?({'|'.join(sorted(_UNITS, key=len, reverse=True))})(?![a-z])"
)
_COUNTS = rf"(?:{_COUNT}(?:,| and)? ?)+"
_AGO = re.compile(rf"(?:the )?(?:last|past) {_COUNTS}|{_COUNTS}(?:ago)?", re.ASCII)
_ONE_COUNT = re.compile(_COUNT, re.ASCII)
_MOMENT_WORDS = re.compile(r"\b(?:ago|in|midnight|[ap]m)\b|\d:\d|\d[ap]m\b", re.ASCII)


class Period(NamedTuple):
    """What a text stands for: `start` to `end`, both included; of a moment both are the same."""

    start: datetime
    end: datetime


def parse_moment(text: str, *, now: datetime, utc: bool) -> datetime:
    """The moment that a text stands for, in UTC; of a day, a week, a month or a year its beginning.

    A text without a zone is read in UTC where `utc` is set, otherwise in the machine's own zone.
    `14:30` is the latest such time that is not to come; a count (`2 hours ago`, `7d`) goes back
    from `now`, which has to be aware.

    Raises:
        ValueError: a sentence for the operator: not understood, or outside 1970 to 9999.
    """
    return _read(text, now, utc).start


def parse_end(text: str, *, now: datetime, utc: bool) -> datetime:
    """As `parse_moment`, but of a day, a week, a month or a year its last microsecond."""
    return _read(text, now, utc).end


def describe_moment(moment: datetime, *, utc: bool) -> str:
    """How a text was understood: `2026-11-22 00:00`, with seconds where there are any.

    It stands in UTC or in the machine's own zone, without naming it.
    """
    shown = moment.astimezone(UTC) if utc else moment.astimezone()
    form = "%H:%M:%S" if shown.second else "%H:%M"
    return f"{shown.year:04}-{shown.month:02}-{shown.day:02} {shown.strftime(form)}"


def _read(text: str, now: datetime, utc: bool) -> Period:
    words = " ".join(text.lower().split())
    if not words:
        raise ValueError(f"a date is missing: {_EXAMPLES}")
    if len(words) > LONGEST:
        raise ValueError(f"a date has at most {LONGEST} characters")
    try:
        here = now.astimezone(UTC) if utc else now.astimezone()
        for reader in _READERS:
            naive = reader(words, here)
            if naive is not None:
                return Period(*(_in_utc(moment, utc) for moment in naive))
    except (OverflowError, OSError) as error:
        raise ValueError(f"the year has to lie between {FIRST_YEAR} and {LAST_YEAR}") from error
    raise ValueError(f"not understood: {_EXAMPLES}")


def _in_utc(moment: datetime, utc: bool) -> datetime:
    """A naive moment is one of the zone that the operator reads."""
    if moment.tzinfo is None and utc:
        moment = moment.replace(tzinfo=UTC)
    moment = moment.astimezone(UTC)
    if moment.year < FIRST_YEAR:
        raise OverflowError
    return moment


def _exact(words: str, _now: datetime) -> Period | None:
    if found := _DAY.fullmatch(words):
        return _days(_date(found[1], found[2], found[3]), 1)
    if found := _MONTH.fullmatch(words):
        return _month(_date(found[1], found[2], "1"))
    if _YEAR.fullmatch(words):
        return _year(_date(words, "1", "1"))
    found = _MOMENT.fullmatch(words)
    if found is None:
        return None
    day, hour, minute, second, fraction, zone = found.groups()
    clock = f"{int(hour):02}:{minute}:{second or '00'}.{(fraction or '0')[:6]:0<6}"
    offset = {None: "", "z": "+00:00", "utc": "+00:00"}.get(zone, zone)
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}{offset}")
    except ValueError as error:
        raise ValueError(f"there is no such date or time: {words}") from error
    return Period(moment, moment)


def _clock(words: str, now: datetime) -> Period | None:
    found = _CLOCK.fullmatch(words)
    if found is None:
        return None
    try:
        at = time(int(found[1]), int(found[2]), int(found[3] or 0))
    except ValueError as error:
        raise ValueError(f"there is no such time of day: {words}") from error
    moment = datetime.combine(now.date(), at)
    if moment > now.replace(tzinfo=None):
        moment -= timedelta(days=1)
    return Period(moment, moment)


def _count(words: str, now: datetime) -> Period | None:
    if not _AGO.fullmatch(words):
        return None
    back = timedelta()
    for number, unit in _ONE_COUNT.findall(words):
        back += timedelta(**{_UNITS[unit]: float(number)})
    # Through UTC, so that an hour is an hour also where the clocks were changed.
    moment = now.astimezone(UTC) - back
    return Period(moment, moment)


def _named(words: str, now: datetime) -> Period | None:
    today = now.date()
    monday = today - timedelta(days=today.weekday())
    match words:
        case "now":
            return Period(now, now)
        case "today":
            return _days(today, 1)
        case "yesterday":
            return _days(today - timedelta(days=1), 1)
        case "tomorrow":
            return _days(today + timedelta(days=1), 1)
        case "this week":
            return _days(monday, 7)
        case "last week":
            return _days(monday - timedelta(days=7), 7)
        case "this month":
            return _month(today.replace(day=1))
        case "last month":
            return _month((today.replace(day=1) - timedelta(days=1)).replace(day=1))
        case "this year":
            return _year(today.replace(month=1, day=1))
        case "last year":
            return _year(date(today.year - 1, 1, 1))
    return None


def _phrase(words: str, now: datetime) -> Period | None:
    # A lone number or letter is a slip, though dateparser would make a date of it.
    if not words.isascii() or not re.search(r"[a-z]{2}|\d\W\d", words):
        return None
    base = now.replace(tzinfo=None, microsecond=0)
    try:
        with _ONE_AT_A_TIME:
            data = _parser(base).get_date_data(words)
    except (ValueError, OverflowError, TypeError, AttributeError, IndexError, KeyError) as error:
        # dateparser lets mistakes of its own out for some texts.
        raise ValueError(f"not understood: {_EXAMPLES}") from error
    moment = data.date_obj
    if moment is None:
        return None
    if moment.tzinfo is not None:
        raise ValueError("a zone goes only with an exact date: 2026-11-01 14:30 +01:00")
    # A phrase that names no time of day keeps that of now, or has none: it means the whole period.
    if moment.time() not in (base.time(), time()) or _MOMENT_WORDS.search(words):
        return Period(moment, moment)
    day = moment.date()
    match data.period:
        case "year":
            return _year(day.replace(month=1, day=1))
        case "month":
            return _month(day.replace(day=1))
        case "week":
            return _days(day - timedelta(days=day.weekday()), 7)
    return _days(day, 1)


@lru_cache(maxsize=4)
def _parser(base: datetime) -> DateDataParser:
    from dateparser.date import DateDataParser

    return DateDataParser(
        languages=["en"],
        settings={
            "RELATIVE_BASE": base,
            "TIMEZONE": "UTC",
            "DATE_ORDER": "DMY",
            "PREFER_DATES_FROM": "past",
            "PARSERS": ["relative-time", "absolute-time"],
        },
    )


def _date(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise ValueError(f"there is no such day: {year}-{month}-{day}") from error


def _days(first: date, count: int) -> Period:
    start = datetime.combine(first, time())
    return Period(start, start - _TICK + timedelta(days=count))


def _month(first: date) -> Period:
    return _days(first, monthrange(first.year, first.month)[1])


def _year(first: date) -> Period:
    return _days(first, 366 if isleap(first.year) else 365)


_READERS: tuple[Callable[[str, datetime], Period | None], ...] = (
    _exact,
    _clock,
    _count,
    _named,
    _phrase,
)
