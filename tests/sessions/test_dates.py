from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hoopscope.sessions.dates import describe_moment, parse_end, parse_moment

MONDAY = datetime(2026, 11, 23, 14, 3, 25, 400_000, tzinfo=UTC)


def moment(text: str, now: datetime = MONDAY, *, utc: bool = True) -> str:
    return describe_moment(parse_moment(text, now=now, utc=utc), utc=utc)


def end(text: str, now: datetime = MONDAY) -> str:
    return parse_end(text, now=now, utc=True).isoformat()


@pytest.fixture
def zurich() -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Europe/Zurich"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-11-01T14:30:00Z", "2026-11-01 14:30"),
        ("2026-11-01t14:30:00z", "2026-11-01 14:30"),
        ("2026-11-01T14:30:00.123456789+01:00", "2026-11-01 13:30"),
        ("2026-11-01 14:30", "2026-11-01 14:30"),
        (" 2026-11-01   9:05 ", "2026-11-01 09:05"),
        ("2026-11-01 14:30:05", "2026-11-01 14:30:05"),
        ("2026-11-01 14:30 -0500", "2026-11-01 19:30"),
        ("2026-11-01", "2026-11-01 00:00"),
        ("2026-11", "2026-11-01 00:00"),
        ("2026", "2026-01-01 00:00"),
        ("14:00", "2026-11-23 14:00"),
        ("14:30", "2026-11-22 14:30"),
        ("now", "2026-11-23 14:03:25"),
        ("2 hours ago", "2026-11-23 12:03:25"),
        ("90m", "2026-11-23 12:33:25"),
        ("1h30m", "2026-11-23 12:33:25"),
        ("2 days and 3 hours ago", "2026-11-21 11:03:25"),
        ("1.5 days ago", "2026-11-22 02:03:25"),
        ("7d", "2026-11-16 14:03:25"),
        ("last 24 hours", "2026-11-22 14:03:25"),
        ("the past 2 days", "2026-11-21 14:03:25"),
        ("Yesterday", "2026-11-22 00:00"),
        ("last week", "2026-11-16 00:00"),
        ("last month", "2026-10-01 00:00"),
        ("this year", "2026-01-01 00:00"),
    ],
)
def test_forms_that_are_read_here(text: str, shown: str) -> None:
    assert moment(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("monday", "2026-11-16 00:00"),
        ("last friday", "2026-11-20 00:00"),
        ("last friday 14:30", "2026-11-20 14:30"),
        ("3 november", "2026-11-03 00:00"),
        ("november 2025", "2025-11-01 00:00"),
        ("an hour ago", "2026-11-23 13:03:25"),
        ("3 months ago", "2026-08-23 14:03:25"),
        ("the day before yesterday", "2026-11-21 00:00"),
        ("yesterday 14:00", "2026-11-22 14:00"),
        ("noon", "2026-11-23 12:00"),
        ("midnight", "2026-11-23 00:00"),
        ("11/12/2026", "2026-12-11 00:00"),
    ],
)
def test_phrases(text: str, shown: str) -> None:
    assert moment(text) == shown


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2026-11-01", "2026-11-01T23:59:59.999999+00:00"),
        ("2024-02", "2024-02-29T23:59:59.999999+00:00"),
        ("2024", "2024-12-31T23:59:59.999999+00:00"),
        ("last week", "2026-11-22T23:59:59.999999+00:00"),
        ("yesterday", "2026-11-22T23:59:59.999999+00:00"),
        ("3 november", "2026-11-03T23:59:59.999999+00:00"),
        ("2026-11-01 00:00", "2026-11-01T00:00:00+00:00"),
        ("2 hours ago", "2026-11-23T12:03:25.400000+00:00"),
        ("midnight", "2026-11-23T00:00:00+00:00"),
        ("9999-12-31", "9999-12-31T23:59:59.999999+00:00"),
    ],
)
def test_a_day_as_an_end_means_its_end(text: str, last: str) -> None:
    assert end(text) == last


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "a date is missing"),
        ("xyz", "not understood"),
        ("12", "not understood"),
        ("a", "not understood"),
        ("²", "not understood"),
        ("٣ hours ago", "not understood"),
        ("3 dogs ago", "not understood"),
        ("2026-02-30", "no such day: 2026-02-30"),
        ("2026-11-01 25:00", "no such date or time"),
        ("24:00", "no such time of day"),
        ("1969-12-31", "between 1970 and 9999"),
        ("0000", "no such day"),
        ("99999999 days ago", "between 1970 and 9999"),
        ("999999999 weeks ago", "between 1970 and 9999"),
        ("9" * 200, "at most 80 characters"),
        ("yesterday 10:00 CET", "a zone goes only with an exact date"),
    ],
)
def test_what_is_not_understood_is_said_in_a_sentence(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_moment(text, now=MONDAY, utc=True)


@pytest.mark.usefixtures("zurich")
def test_a_text_without_a_zone_is_of_the_zone_that_is_shown() -> None:
    local = parse_moment("2026-07-01 12:00", now=MONDAY, utc=False)
    assert local == datetime(2026, 7, 1, 10, tzinfo=UTC)
    assert describe_moment(local, utc=False) == "2026-07-01 12:00"
    assert describe_moment(local, utc=True) == "2026-07-01 10:00"
    assert moment("2026-07-01T12:00Z", utc=False) == "2026-07-01 14:00"
    # 23 November 23:30 in UTC is already the 24th in Zurich.
    late = MONDAY.replace(hour=23, minute=30)
    assert moment("today", late, utc=False) == "2026-11-24 00:00"


@pytest.mark.usefixtures("zurich")
def test_an_hour_ago_is_an_hour_where_the_clocks_were_changed() -> None:
    now = datetime(2026, 10, 25, 2, 0, tzinfo=UTC)
    assert parse_moment("3 hours ago", now=now, utc=False) == now - timedelta(hours=3)
    day = parse_moment("2026-10-25", now=now, utc=False)
    assert parse_end("2026-10-25", now=now, utc=False) - day > timedelta(hours=24)


EXACT = (
    "2026-11-01 14:30",
    "yesterday",
    "2 hours ago",
    "24h ago",
    "last week",
    "14:30",
    "2026-02-30",
)


def test_only_phrases_load_dateparser() -> None:
    program = f"""
import sys
from datetime import UTC, datetime
from hoopscope.sessions.dates import parse_moment
for text in {EXACT}:
    try:
        parse_moment(text, now=datetime.now(UTC), utc=True)
    except ValueError:
        pass
assert not {{"dateparser", "pydantic", "textual"}} & sys.modules.keys()
"""
    subprocess.run([sys.executable, "-c", program], check=True)


WORDS = (
    "a an ago in at last next this week month year day hour h d monday fri november 3 31 2026 "
    "12:30 25:61 1e9 utc cet + - / . , noon midnight ² \u202e 99999999999 before and"
)
words = st.sampled_from(WORDS.split())
texts = st.one_of(
    st.text(max_size=30),
    st.lists(words, max_size=6).map(" ".join),
    st.lists(words, max_size=6).map("".join),
    st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?"),
)
moments = st.datetimes(
    datetime(1970, 1, 2), datetime(9990, 1, 1), timezones=st.just(timezone(timedelta(hours=-9)))
)


@settings(max_examples=100)
@given(texts, moments, st.booleans())
@example("now", datetime.max.replace(tzinfo=UTC), False)
@example("9999-12-31T23:59:59-12:00", MONDAY, True)
@example("last year", datetime.min.replace(tzinfo=UTC), True)
def test_any_text_is_an_aware_moment_or_a_sentence(text: str, now: datetime, utc: bool) -> None:
    try:
        first, last = (parse(text, now=now, utc=utc) for parse in (parse_moment, parse_end))
    except ValueError as error:
        sentence = str(error)
    else:
        sentence = describe_moment(first, utc=True)
        assert first.tzinfo is UTC
        assert first <= last
        assert first.year >= 1970
    assert sentence.isprintable()


@given(st.datetimes(datetime(1970, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC)))
def test_what_is_described_is_read_back(at: datetime) -> None:
    at = at.replace(microsecond=0)
    assert parse_moment(describe_moment(at, utc=True), now=MONDAY, utc=True) == at
