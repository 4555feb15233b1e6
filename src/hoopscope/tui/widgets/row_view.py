"""Which rows are in sight and where the cursor is: a table without its drawing."""

from __future__ import annotations

from typing import TypeAlias

from hoopscope.tui.widgets.row_source import RowSource, TableRow
from hoopscope.tui.widgets.row_window import RowWindow

ViewLine: TypeAlias = tuple[TableRow, bool] | str | None
"""What a line shows: a row and whether the cursor is on it, the rule or the status, or nothing."""


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
        self._rule = ""
        self._rule_key = ""
        self._rule_row: int | None = None

    @property
    def cursor_key(self) -> str:
        """The key of the cursor's row; "" in an empty table."""
        row = self._window.row(self.cursor) if self.length else None
        return row.key if row else ""

    def lines(self) -> list[ViewLine]:
        """What each line shows now: rows, then the status."""
        rule = self._rule_line
        rows = self.height - (rule is not None)
        in_sight = max(0, min(rows, self.length - self.top))
        lines: list[ViewLine] = []
        for index, row in enumerate(self._window.look_at(self.top, in_sight), self.top):
            lines.append((row, index == self.cursor) if row else None)
        if rule is not None:
            lines.insert(rule, self._rule)
        if len(lines) < self.height:
            lines.append(self.status or None)
        return lines + [None] * (self.height - len(lines))

    def row_at(self, line: int) -> int | None:
        """The row that a line shows, None where it shows none."""
        rule = self._rule_line
        if line < 0 or line == rule:
            return None
        row = self.top + line - (rule is not None and line > rule)
        return row if row < self.length else None

    @property
    def rule_in_sight(self) -> bool:
        """Whether the rule can be seen."""
        return self._rule_line is not None

    def set_rule(self, key: str, text: str) -> None:
        """Draw a line above the row of that key, between two rows in sight; "" draws none.

        The cursor stays on its line.
        """
        before = self._line_of(self.cursor)
        self._rule, self._rule_key = text, key
        self._place_rule()
        self.top += self._line_of(self.cursor) - before
        self.settle()

    def within(self, row: int) -> int:
        """The row nearest to this one that there is; 0 where there is none."""
        return max(0, min(row, self.length - 1))

    def settle(self) -> None:
        """Show no emptiness that can be filled."""
        lines = self.length + bool(self.status and self.length)
        last = lines - self.height
        if self._rule_row is not None and self._rule_row > last:
            last += 1
        self.top = max(0, min(self.top, last))

    def show_cursor(self) -> None:
        """Scroll as little as can be; to the status too where the cursor is on the last row."""
        last = self.cursor + bool(self.status and self.cursor == self.length - 1)
        self.top = max(min(self.top, self.cursor), last + 1 - self.height)
        if self._rule_row is not None and self.top < self._rule_row <= last:
            self.top = max(self.top, last + 2 - self.height)
        self.settle()

    def forget(self, first: int = 0, count: int | None = None) -> None:
        """Ask for these rows again when they are next in sight; for all that follow by default."""
        self._window.forget(first, count)

    def take_source(self, source: RowSource, key: str) -> None:
        """Show another source's rows: the cursor on that key, or all from the first on."""
        self.source = source
        self._window = RowWindow(source)
        self.set_rule("", "")
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
        self._place_rule()
        found = self.source.index_of(key) if key else None
        row = self.within(self.cursor if found is None else found)
        self.top += row - self.cursor
        self.cursor = row
        self.settle()

    def grow(self) -> None:
        """Take over what came after the last row."""
        self._window.forget(self.length)
        self.length = len(self.source)

    def _place_rule(self) -> None:
        self._rule_row = self.source.index_of(self._rule_key) if self._rule_key else None

    def _line_of(self, row: int) -> int:
        """Where a row stands, counted from the first line, in sight or not."""
        below = self._rule_line is not None and self._rule_row is not None and row >= self._rule_row
        return row - self.top + below

    @property
    def _rule_line(self) -> int | None:
        """The line of the rule: between two rows that are in sight, or nowhere."""
        if self._rule_row is None:
            return None
        line = self._rule_row - self.top
        return line if 0 < line < self.height else None
