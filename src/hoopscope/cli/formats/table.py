"""Sessions as a table for people: the browser's columns, harmless for any terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hoopscope.cli.failures import UsageFailed
from hoopscope.cli.formats import Layout
from hoopscope.sessions.columns import (
    BY_ID,
    COLUMNS,
    GAP,
    Column,
    ColumnContext,
    fit_columns,
    with_widths,
)

if TYPE_CHECKING:
    from hoopscope.gateway.row import SessionRow

ID = "id"
_ID_WIDTH = 36
_ROOM_FOR_ID = 100
"""Cells from which on whole ids are shown, for `hoopscope get`."""


class Table:
    """`table`: a header and a line a session, cut to the width where there is one."""

    def __init__(self, layout: Layout) -> None:
        self._context = ColumnContext(now=layout.now, utc=layout.utc, ascii=layout.ascii)
        self._cut = layout.width > 0
        self._columns = _chosen(layout)

    def begin(self) -> str:
        """The header."""
        return self._line([_cell(column.title, width, column) for column, width in self._columns])

    def sessions(self, rows: Sequence[SessionRow], raw: Sequence[object]) -> str:
        """A line for each."""
        return "".join(
            [
                self._line([self._text(row, column, width) for column, width in self._columns])
                for row in rows
            ]
        )

    def end(self) -> str:
        """Nothing."""
        return ""

    def _text(self, row: SessionRow, column: Column, width: int) -> str:
        if self._cut:
            return column.cell(row, self._context, width)
        return _cell(column.text(row, self._context), width, column)

    def _line(self, cells: list[str]) -> str:
        return (" " * GAP).join(cells).rstrip() + "\n"


def _cell(text: str, width: int, column: Column) -> str:
    """The whole text, padded to at least `width`."""
    from hoopscope.untrusted import cell_width

    padding = " " * max(0, width - cell_width(text))
    return padding + text if column.align == "right" else text + padding


def _chosen(layout: Layout) -> list[tuple[Column, int]]:
    unknown = [name for name in layout.columns if name not in BY_ID]
    if unknown:
        raise UsageFailed(f"There is no column {unknown[0]!r}; there are {', '.join(BY_ID)}.")
    columns = with_widths([BY_ID[name] for name in layout.columns] or COLUMNS, layout.widths)
    if not layout.width:
        return [(column, column.max_width) for column in columns]
    if layout.columns:
        return _squeezed(columns, layout.width)
    if layout.width < _ROOM_FOR_ID:
        return fit_columns(columns, layout.width)
    others = [column for column in columns if column.id != ID]
    room = layout.width - _ID_WIDTH - GAP
    return [*fit_columns(others, room), (BY_ID[ID], _ID_WIDTH)]


def _squeezed(columns: Sequence[Column], width: int) -> list[tuple[Column, int]]:
    """All of them, however little room there is: nobody's choice is left out."""
    widths = [column.max_width for column in columns]
    excess = sum(widths) + GAP * (len(widths) - 1) - width
    for number in sorted(range(len(columns)), key=lambda n: -columns[n].priority):
        less = max(0, min(excess, widths[number] - columns[number].min_width))
        widths[number] -= less
        excess -= less
    return list(zip(columns, widths, strict=True))
