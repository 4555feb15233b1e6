from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.sessions.durations import parse_took


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("30", (30, None)),
        ("30s", (30, None)),
        (" > 5 m ", (300, None)),
        (">=1.5h", (5400, None)),
        ("<2s", (None, 2)),
        ("<= 1D", (None, 86_400)),
        ("1m-1h", (60, 3600)),
        ("10s - 10s", (10, 10)),
    ],
)
def test_what_it_means(text: str, meant: tuple[float | None, float | None]) -> None:
    assert parse_took(text) == meant


@pytest.mark.parametrize("text", ["", "-5s", "5x", "five", "1m-", "٣s", "9" * 12, "1e3s"])
def test_what_is_not_understood_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="not understood: try 30s"):
        parse_took(text)


def test_the_longer_time_comes_last() -> None:
    with pytest.raises(ValueError, match="has to come last"):
        parse_took("1h-1m")


@given(st.one_of(st.text(max_size=10), st.from_regex(r"[<>]?=? ?[0-9.]{1,12}[smhd]?(-[0-9]+m)?")))
def test_any_text_is_bounds_in_order_or_a_sentence(text: str) -> None:
    try:
        shortest, longest = parse_took(text)
    except ValueError as error:
        sentence = str(error)
        assert sentence.isascii(), "says nothing of what was typed"
    else:
        assert 0 <= (shortest or 0) <= (longest if longest is not None else float("inf"))
