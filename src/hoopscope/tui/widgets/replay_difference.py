"""Which columns of a terminal's row differ from what was there before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile, zip_longest

from hoopscope.recordings.emulator import Run
from hoopscope.untrusted import cell_width


def changed_columns(before: Sequence[Run], after: Sequence[Run]) -> tuple[int, int] | None:
    """From which column on, and up to before which one; None where nothing differs."""
    if before == after:
        return None
    width = max(_width(before), _width(after))
    first = _same(before, after)
    if _width(before) != _width(after):
        return first, width
    backwards = (
        [run._replace(text=run.text[::-1]) for run in reversed(row)] for row in (before, after)
    )
    return first, max(first + 1, width - _same(*backwards))


def cursor_columns(row: Sequence[Run], column: int) -> tuple[int, int]:
    """What to repaint where a cursor came or went; nothing may begin or end amid a wide sign."""
    if all(run.text.isascii() for run in row):
        return column, column + 1
    return 0, max(column + 1, _width(row))


def _same(one: Iterable[Run], other: Iterable[Run]) -> int:
    """How many columns at the begin of two rows are surely the same."""
    same = 0
    for left, right in zip_longest(one, other):
        if left != right:
            return same + (_same_text(left, right) if left and right else 0)
        same += cell_width(left.text)
    return same


def _same_text(left: Run, right: Run) -> int:
    """The same of two runs; nothing where signs may take more or less than a cell each."""
    if left[1:] != right[1:] or not (left.text.isascii() and right.text.isascii()):
        return 0
    pairs = zip(left.text, right.text, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _width(row: Iterable[Run]) -> int:
    return sum(cell_width(run.text) for run in row)
