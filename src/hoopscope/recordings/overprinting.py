"""Cells of a line that goes back over itself: what a terminal would have left of them."""

from __future__ import annotations

import re
from typing import TypeAlias

from hoopscope.recordings.ansi_text import NO_STYLE, AnsiStyle

MOVE = re.compile("\x1b\\[([0-9]*)([KGCD])")
"""A sequence that moves the cursor in its line, or erases there."""

_FARTHEST = 1_000
"""Cells beyond which a sequence cannot move, unless there is text."""

Cell: TypeAlias = tuple[str, int, AnsiStyle]
"""A sign with its marks, "" for the second cell of a wide one; its place; its style."""


def moved(cells: list[Cell], cursor: int, what: str, count: int) -> int:
    """Where the cursor is after a sequence; K erases, the others only move."""
    if what == "K":
        if count <= 0:
            del cells[cursor:]
        else:
            erased = len(cells) if count == 2 else min(cursor + 1, len(cells))
            cells[:erased] = [(" ", place, NO_STYLE) for _, place, _ in cells[:erased]]
        return cursor
    steps = max(1, count)
    wanted = {"G": steps - 1, "C": cursor + steps, "D": cursor - steps}[what]
    return max(0, min(wanted, max(_FARTHEST, len(cells))))


def write(written: list[Cell], cells: list[Cell], cursor: int) -> int:
    """Put signs into the cells from the cursor on; gives where it is then."""
    if not written:
        return cursor
    cells += [(" ", written[0][1], NO_STYLE)] * (cursor - len(cells))
    end = cursor + len(written)
    # Half of a wide sign is not shown.
    if cursor < len(cells) and not cells[cursor][0] and cursor:
        cells[cursor - 1] = (" ", *cells[cursor - 1][1:])
    if end < len(cells) and not cells[end][0]:
        cells[end] = (" ", *cells[end][1:])
    cells[cursor:end] = written
    return end
