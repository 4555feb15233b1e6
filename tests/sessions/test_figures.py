import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.sessions.figures import SECOND, count_text, duration_text, moment_text


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * SECOND


NOW = at("2026-11-23T14:05:00")


@pytest.mark.parametrize(
    ("moment", "width", "text"),
    [
        ("2026-11-23T14:03:22", 19, "2026-11-23 14:03:22"),
        ("2026-11-23T14:03:22", 11, "14:03:22"),
        ("2026-11-23T00:00:00", 8, "00:00:00"),
        ("2026-11-23T14:03:22", 5, "14:03"),
        ("2026-11-22T23:59:59", 11, "11-22 23:59"),
        ("2026-11-22T23:59:59", 8, "11-22"),
        ("2025-11-23T14:03:22", 11, "2025-11-23"),
        ("2025-11-23T14:03:22", 8, "2025-11"),
        ("2025-11-23T14:03:22", 5, "2025"),
        ("0001-01-01T00:00:00", 19, "0001-01-01 00:00:00"),
        ("9999-12-31T23:59:59", 11, "9999-12-31"),
    ],
)
def test_a_moment_in_a_width(moment: str, width: int, text: str) -> None:
    assert moment_text(at(moment), NOW, utc=True, width=width) == text


def test_local_time_is_the_zone_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    time.tzset()
    try:
        assert moment_text(NOW, NOW, utc=False, width=11) == "19:35:00"
        assert moment_text(at("2026-11-22T18:30:00"), NOW, utc=False, width=11) == "00:00:00"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_what_is_no_date_is_a_question_mark() -> None:
    assert moment_text(2**63, NOW, utc=True) == "?"
    assert moment_text(-(2**63), NOW, utc=True) == "?"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0.0s"),
        (0.4, "0.4s"),
        (9.94, "9.9s"),
        (9.96, "10s"),
        (11, "11s"),
        (59.4, "59s"),
        (59.6, "1m"),
        (150, "2m"),
        (3599, "59m"),
        (3840, "1h04m"),
        (86_400 + 3 * 3600, "1d03h"),
        (99 * 86_400, "99d00h"),
        (120 * 86_400, "120d"),
        (-1, "–"),
    ],
)
def test_a_duration(seconds: float, text: str) -> None:
    assert duration_text(int(seconds * SECOND)) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1.0k"),
        (9_960, "10k"),
        (999_600, "1.0M"),
        (34_000_000, "34M"),
    ],
)
def test_a_count(number: int, text: str) -> None:
    assert count_text(number) == text


@given(st.integers(0, 10**22))
def test_figures_are_short(number: int) -> None:
    assert len(count_text(number)) <= 4
    assert len(duration_text(number)) <= 6


@given(st.integers(-(2**63), 2**63), st.integers(5, 30))
def test_a_moment_never_exceeds_its_width(moment: int, width: int) -> None:
    assert len(moment_text(moment, NOW, utc=True, width=width)) <= width
