from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.demo.times import microseconds, milliseconds_of, moment_of, second_of, text_of

MOMENTS = st.datetimes(datetime(1971, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC))


@given(MOMENTS)
def test_texts_can_be_read_back(moment: datetime) -> None:
    value = microseconds(moment)
    assert moment_of(value) == moment
    assert datetime.fromisoformat(text_of(value)) == moment
    assert second_of(text_of(value)) == value // 1_000_000 * 1_000_000


@pytest.mark.parametrize(
    ("micros", "whole", "short"),
    [
        (0, "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
        (1_500_000, "1970-01-01T00:00:01.5Z", "1970-01-01T00:00:01.5Z"),
        (1_120_450, "1970-01-01T00:00:01.12045Z", "1970-01-01T00:00:01.12Z"),
        (10_000_400, "1970-01-01T00:00:10.0004Z", "1970-01-01T00:00:10Z"),
    ],
)
def test_last_zeros_are_left_out(micros: int, whole: str, short: str) -> None:
    assert text_of(micros) == whole
    assert milliseconds_of(micros) == short


@given(st.text("0123456789-T:.Z+ ", max_size=26))
def test_anything_else_is_a_value_error(text: str) -> None:
    """Nothing that is read is anything but a date, a T, a time and a zone."""
    try:
        value = second_of(text)
    except ValueError:
        return
    assert text[:19] == text_of(value)[:19]


def test_a_zone_is_read_over() -> None:
    assert second_of("2026-11-23T12:46:36.9+01:00") == second_of("2026-11-23T12:46:36Z")
