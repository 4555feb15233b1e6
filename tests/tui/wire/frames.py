"""Frames as Textual writes them, of anything: for Hypothesis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st
from textual._cells import cell_len

STYLES = [
    "", "1", "2", "4", "7", "36", "97", "41", "1;36", "7;31;42", "1;2;3;9", "39;49", "5;32",
    "38;5;203", "48;5;17", "1;38;2;10;20;30", "38;2;1;2;3;48;2;200;100;0", "4;33", "30;46", "90",
]  # fmt: skip
TEXTS = ["row", "outcome", " ", "   ", "        ", "é", "…", "· ●", "─", "x", "failed 12", "▌"]
WIDE = ["日本", "한", "＠", "e\u0301", "👩"]
DISPUTED = [*WIDE, "❤\ufe0f", "👩\u200d👧", "\u0301", "◽", "🏳\ufe0f\u200d🌈", "\u115f", "\u200b"]
"""Signs of which the emulators here, or Textual, think differently how wide they are."""


@dataclass(frozen=True)
class Segment:
    """A text in a style, as Rich renders it."""

    text: str
    style: str

    @property
    def rendered(self) -> str:
        return f"\x1b[{self.style}m{self.text}\x1b[0m" if self.style else self.text


Strip = tuple[Segment, ...]


def cropped(strip: Strip, width: int) -> Strip:
    """A strip of exactly that width, filled with blanks at its end."""
    left: list[Segment] = []
    room = width
    for segment in strip:
        text = ""
        for sign in segment.text:
            if cell_len(text + sign) > room:
                break
            text += sign
        room -= cell_len(text)
        if text:
            left.append(Segment(text, segment.style))
    return (*left, Segment(" " * room, "")) if room else tuple(left)


def strips(more: Sequence[str] = ()) -> st.SearchStrategy[Strip]:
    """Any few segments; `more` are texts besides those that every terminal shows alike."""
    segment = st.builds(Segment, st.sampled_from([*TEXTS, *more]), st.sampled_from(STYLES))
    return st.lists(segment, min_size=1, max_size=6).map(tuple)


def rendered(strip: Strip) -> str:
    """As it is written to the terminal."""
    return "".join(segment.rendered for segment in strip)


def frame(chunks: list[tuple[int, int, Strip]], cursor: tuple[int, int]) -> str:
    """A frame of strips at places (row, column), with line feeds where Textual has them."""
    parts = []
    for number, (row, column, strip) in enumerate(chunks):
        if number and chunks[number - 1][0] != row:
            parts.append("\n")
        parts.append(f"\x1b[{row + 1};{column + 1}H{rendered(strip)}")
    return "".join(parts) + f"\x1b[{cursor[0] + 1};{cursor[1] + 1}H"
