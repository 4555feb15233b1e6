"""Pens: what SGR sequences make of them, and the shortest way between two."""

from __future__ import annotations

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.tui.wire.pens import PLAIN, NotUnderstood, Pens
from tests.tui.wire.frames import STYLES


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("", "", ""),
        ("", "36", "\x1b[36m"),
        ("36", "", "\x1b[m"),
        ("36", "1;36", "\x1b[1m"),
        ("1;36", "36", "\x1b[;36m"),
        ("36", "31", "\x1b[31m"),
        ("31;42", "42", "\x1b[39m"),
        ("7", "1", "\x1b[;1m"),
        ("1;38;2;1;2;3", "1;3;38;2;1;2;3", "\x1b[3m"),
        ("1;0;36", "36;39", "\x1b[m"),
    ],
)
def test_a_change_is_as_short_as_can_be(old: str, new: str, change: str) -> None:
    pens = Pens()
    assert pens.change(pens.after(PLAIN, old), pens.after(PLAIN, new)) == change


@given(st.sampled_from(STYLES), st.sampled_from(STYLES))
def test_a_change_leads_from_one_pen_to_the_other(old: str, new: str) -> None:
    pens = Pens()
    start, goal = pens.after(PLAIN, old), pens.after(PLAIN, new)
    numbers = pens.change(start, goal).removeprefix("\x1b[").removesuffix("m")
    assert (pens.after(start, numbers) if start != goal else start) == goal


@pytest.mark.parametrize("numbers", ["58;5;3", "38;5", "38;9;1", "22", "110", "99"])
def test_what_is_not_known_is_not_guessed(numbers: str) -> None:
    with pytest.raises(NotUnderstood):
        Pens().after(PLAIN, numbers)


def test_foregrounds_are_not_seen_on_blanks_unless_something_is_drawn_there() -> None:
    pens = Pens()
    assert pens.blank(pens.after(PLAIN, "1;2;3;36")) == PLAIN
    assert pens.blank(pens.after(PLAIN, "1;36;41")) == pens.after(PLAIN, "41")
    for drawn in ("7;36", "4;36", "9;36"):
        pen = pens.after(PLAIN, drawn)
        assert pens.blank(pen) == pen


def test_there_is_an_end_to_pens() -> None:
    pens = Pens()
    colours = (f"38;2;{number >> 8};{number & 255};0" for number in range(1 << 13))
    with pytest.raises(NotUnderstood):
        deque((pens.after(PLAIN, colour) for colour in colours), maxlen=0)
