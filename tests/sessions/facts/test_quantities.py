from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.sessions.facts import quantities


@pytest.mark.parametrize(
    ("microseconds", "words"),
    [
        (0, "0 ms"),
        (1_970, "1.97 ms"),
        (45_900, "45.9 ms"),
        (11_200_000, "11.2 s"),
        (3_840_000_000, "1 hour and 4 minutes"),
        (7_200_000_000, "2 hours"),
        (2 * 86_400_000_000 + 3_661_000_000, "2 days and 1 hour"),
        (-1_000_000, "-1.0 s"),
        (10**40, "more than 10^30 s"),
    ],
)
def test_durations(microseconds: int, words: str) -> None:
    assert quantities.duration(microseconds) == words


def test_nanoseconds() -> None:
    assert quantities.nanoseconds(5_400_000_000_000) == "1 hour and 30 minutes"


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (15_469, "15.5 kB"), (-5, "-5 bytes")],
)
def test_sizes(count: int, words: str) -> None:
    assert quantities.size(count) == words


@given(st.integers())
def test_no_number_is_too_odd(value: int) -> None:
    for words in (quantities.duration(value), quantities.size(value), quantities.number(value)):
        assert words
        assert len(words) < 120
    quantities.exact(quantities.of_microseconds(value), utc=False)


@given(st.datetimes(timezones=st.just(UTC)))
def test_moments_survive_the_way_there_and_back(moment: datetime) -> None:
    assert quantities.of_microseconds(quantities.to_microseconds(moment)) == moment


def test_moments_are_exact_in_utc_or_in_the_operators_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2026, 7, 1, 23, 59, 59, 120, tzinfo=UTC)
    assert quantities.exact(moment, utc=True) == "2026-07-01 23:59:59.00012 UTC"
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    time.tzset()
    try:
        assert quantities.exact(moment, utc=False) == "2026-07-02 05:29:59.00012 +05:30"
        assert quantities.to_the_second(moment, utc=False) == "2026-07-02 05:29:59 +05:30"
        edge = datetime.max.replace(tzinfo=UTC)
        assert quantities.exact(edge, utc=False).startswith("9999-12-31 23:59:59")
    finally:
        monkeypatch.undo()
        time.tzset()
