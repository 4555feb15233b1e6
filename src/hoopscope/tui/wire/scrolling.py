"""Scrolling a part of the screen: by a region and lines that are deleted or put in.

That much is the same in xterm, the Linux console, tmux and screen. Terminals are believed what
terminfo says of them: a VT100 has a region but nothing to delete in it, and is not scrolled; nor
is one that terminfo does not know, or any where Python came without it.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hoopscope.tui.wire.frame import UNKNOWN, Row
from hoopscope.tui.wire.known_screen import PaintedRow

_NEEDED = ("csr", "il", "dl")
_FEWEST_MOVED = 3


class Shift(NamedTuple):
    """Rows from `top` to `bottom` move up by `by`; down where that is below 0."""

    top: int
    bottom: int
    by: int

    @property
    def sequence(self) -> str:
        """What does it. Afterwards the whole screen is the region again."""
        count = "" if abs(self.by) == 1 else str(abs(self.by))
        top, bottom = self.top + 1, self.bottom + 1
        return f"\x1b[{top};{bottom}r\x1b[{top}H\x1b[{count}{'M' if self.by > 0 else 'L'}\x1b[r"

    def moves(self, at: int) -> bool:
        """Whether a row is among those that move."""
        return self.top <= at <= self.bottom

    def applied(self, rows: Sequence[Row]) -> list[Row]:
        """The rows of a screen after it; those that come in are blank."""
        end = self.bottom + 1
        band = list(rows[self.top : end])
        blank = [Row.filled(" ", len(rows[0].signs))] * abs(self.by)
        band = band[self.by :] + blank if self.by > 0 else blank + band[: self.by]
        return [*rows[: self.top], *band, *rows[end:]]


def can_scroll(terminal: str) -> bool:
    """Whether a terminal of that name, as in TERM, can scroll a part of its screen.

    The answer for the first name is that for every other one in this process.
    """
    try:
        import curses
    except ImportError:
        return False
    try:
        curses.setupterm(terminal, sys.__stdout__.fileno() if sys.__stdout__ else -1)
        return all(curses.tigetstr(name) for name in _NEEDED)
    except (OSError, ValueError, curses.error):
        return False


def find_shift(shown: Sequence[Row], painted: Mapping[int, PaintedRow]) -> Shift | None:
    """How most of the rows that are painted have moved, None where they have not.

    None as well where something in between would be lost, because nobody knows what it shows.
    """
    start, end = _most_painted(painted)
    before = [_cut(row, start, end) for row in shown]
    after = {at: _cut(wanted.row, start, end) for at, wanted in painted.items()}
    by = _most_moved(before, after)
    moved = [
        at for at, row in after.items() if 0 <= at + by < len(before) and row == before[at + by]
    ]
    if not by or not moved:
        return None
    top, bottom = min(moved), max(moved)
    shift = Shift(min(top, top + by), max(bottom, bottom + by), by)
    wanted = {**rows_to_restore(shown, shift), **painted}
    lost = any(
        UNKNOWN in wanted[at].row.signs and not wanted[at].is_covered
        for at in range(shift.top, shift.bottom + 1)
    )
    return None if lost else shift


def rows_to_restore(shown: Sequence[Row], shift: Shift) -> dict[int, PaintedRow]:
    """The rows that move, as something that is wanted where they were."""
    band = range(shift.top, shift.bottom + 1)
    return {at: PaintedRow([], shown[at], [], True) for at in band}


def _most_painted(painted: Mapping[int, PaintedRow]) -> tuple[int, int]:
    """The columns that most rows have painted as one: a table, whatever is beside it."""
    widest = (max(row.spans, key=lambda span: span[1] - span[0]) for row in painted.values())
    return Counter(widest).most_common(1)[0][0]


def _cut(row: Row, start: int, end: int) -> Row:
    return Row(row.signs[start:end], row.pens[start:end])


def _most_moved(before: Sequence[Row], after: Mapping[int, Row]) -> int:
    places: dict[Row, int] = {}
    for at, row in enumerate(before):
        places.setdefault(row, at)
    moves = Counter(
        places[row] - at
        for at, row in after.items()
        if row in places and row != before[at] and row.signs.strip()
    )
    by, votes = moves.most_common(1)[0] if moves else (0, 0)
    return by if votes >= _FEWEST_MOVED else 0
