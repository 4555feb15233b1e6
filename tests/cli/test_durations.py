from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.cli.durations import seconds_in


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90", 90), ("30s", 30), ("5m", 300), ("1.5h", 5400), ("2d", 172_800), (" 3 M ", 180)],
)
def test_lengths_of_time(text: str, seconds: float) -> None:
    assert seconds_in(text) == seconds


@given(st.text(max_size=12))
def test_anything_else_is_refused_with_a_sentence(text: str) -> None:
    try:
        seconds = seconds_in(text)
    except ValueError as error:
        seconds = 0
        assert str(error).startswith("is no length of time")  # noqa: PT017
    assert seconds >= 0
