"""Which rows are in sight and where the cursor is: a table without its drawing."""

from __future__ import annotations

from typing import TypeAlias

from hoopscope.tui.widgets.row_source import RowSource, TableRow
from hoopscope.tui.widgets.row_window import RowWindow

ViewLine: TypeAlias = tuple[TableRow, bool] | str | None
"""What a line shows: a row and whether the cursor is on it, the status, or nothing."""


class RowView:
    """A view of `height` lines on a row source.

    Args:
        source: where rows come from.
    """

    def __init__(self, source: RowSource) -> None:
        self.source = source
        self.length = len(source)
        self.height = 0
        self.top = 0
        self.cursor = 0
        self.status = ""
        self._window = RowWindow(source)

    @property
    def cursor_key(self) -> str:
        """The key of the cursor's row; "" in an empty table."""
        row = self._window.row(self.cursor) if self.length else None
        return row.key if row else ""

    def lines(self) -> list[ViewLine]:
        """What each line shows now: rows, then the status."""
        in_sight = max(0, min(self.height, self.length - self.top))
        lines: list[ViewLine] = []
        for index, row in enumerate(self._window.look_at(self.top, in_sight), self.top):
            lines.append((row, index == self.cursor) if row else None)
        if len(lines) < self.height:
            lines.append(self.status or None)
        return lines + [None] * (self.height - len(lines))

    def within(self, row: int) -> int:
        """The row nearest to this one that there is; 0 where there is none."""
        return max(0, min(row, self.length - 1))

    def settle(self) -> None:
        """Show no emptiness that can be filled."""
        lines = self.length + bool(self.status and self.length)
        self.top = max(0, min(self.top, lines - self.height))

    def show_cursor(self) -> None:
        """Scroll as little as can be; to the status too where the cursor is on the last row."""
        last = self.cursor + bool(self.status and self.cursor == self.length - 1)
        self.top = max(min(self.top, self.cursor), last + 1 - self.height)
        self.settle()

    def forget(self, first: int = 0, count: int | None = None) -> None:
        """Ask for these rows again when they are next in sight; for all that follow by default."""
        self._window.forget(first, count)

    def take_source(self, source: RowSource, key: str) -> None:
        """Show another source's rows: the cursor on that key, or all from the first on."""
        self.source = source
        self._window = RowWindow(source)
        if key:
            self.adopt(key)
        else:
            self.length = len(source)
            self.cursor = self.top = 0

    def adopt(self, key: str) -> None:
        """Take over what became of the source: the cursor and its line go where its row went.

        Where no row has that key any more, the cursor keeps its place.
        """
        self._window.forget()
        self.length = len(self.source)
        found = self.source.index_of(key) if key else None
        row = self.within(self.cursor if found is None else found)
        self.top += row - self.cursor
        self.cursor = row
        self.settle()

    def grow(self) -> None:
        """Take over what came after the last row."""
        self._window.forget(self.length)
        self.length = len(self.source)
