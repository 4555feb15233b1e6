"""Rows of a result set as a virtual table draws them, in the order that they are sorted in."""

from __future__ import annotations

from collections.abc import Sequence

from hoopscope.recordings.table import Table
from hoopscope.tui.widgets.row_source import TableColumn, TableRow
from hoopscope.untrusted import cell_width, harmless

WIDEST = 48
"""Cells of a column at most, unless it is the only one in sight."""

_NARROWEST = 3
_SIGNS = 2
"""Cells beside a title for what is said of its column: nothing moves when it is said."""


class ResultRows:
    """A row source on a table. To make one takes some milliseconds: rows are looked at.

    Args:
        table: the result set.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.order: Sequence[int] | None = None
        """The numbers of the rows in their order; None for that of the text."""
        self.first_column = 0
        """The leftmost column in sight."""
        sample = table.sample()
        self.numeric = table.numeric(sample)
        self.widths = _widths(table, sample)

    def __len__(self) -> int:
        return len(self.table)

    def number_at(self, index: int) -> int:
        """The number in the table of the row at an index."""
        return index if self.order is None else self.order[index]

    def rows(self, first: int, count: int) -> Sequence[TableRow]:
        """At most `count` rows from index `first` on."""
        found = []
        for index in range(first, min(first + count, len(self))):
            number = self.number_at(index)
            cells = self.table.row(number)[self.first_column :]
            found.append(TableRow(str(number), tuple(harmless(cell, 400) for cell in cells)))
        return found

    def index_of(self, key: str) -> int | None:
        """Where the row of that number stands now."""
        number = int(key)
        if self.order is None:
            return number if number < len(self) else None
        return next((at for at, other in enumerate(self.order) if other == number), None)

    def columns(self, room: int, titles: Sequence[str]) -> list[TableColumn]:
        """The columns from the leftmost in sight on, for so many cells of room."""
        found: list[TableColumn] = []
        for column in range(self.first_column, len(self.widths)):
            width = max(self.widths[column], _NARROWEST)
            most = room if column == self.first_column and room > WIDEST else WIDEST
            align = "right" if self.numeric[column] else "left"
            is_last = column == len(self.widths) - 1 and column > self.first_column
            used = sum(other.width + 2 for other in found)
            width = min(width, max(most, room - used) if is_last else most)
            found.append(TableColumn(titles[column], width, align))  # type: ignore[arg-type]
        return found


def _widths(table: Table, sample: list[list[str]]) -> list[int]:
    widths = [cell_width(harmless(title, 60)) + _SIGNS for title in table.titles]
    for row in sample:
        for column, cell in enumerate(row):
            if len(cell) > widths[column] or not cell.isascii():
                widths[column] = max(widths[column], cell_width(harmless(cell, 400)))
    return widths
