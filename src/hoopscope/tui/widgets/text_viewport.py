"""Which rows of a text are in sight: a pager without its drawing."""

from __future__ import annotations

from typing import NamedTuple

from hoopscope.recordings.text_lines import TextLines


class TextRow(NamedTuple):
    """A row: a line, and which of the rows that it is wrapped into; 0 in a text not wrapped."""

    line: int
    row: int = 0


class TextViewport:
    """A view of `height` rows of `width` cells on a text.

    The number of rows of a wrapped text is never counted: it moves from line to line. A wide sign
    that begins in the last cell of a row needs one more, so that nothing is ever cut in two.
    """

    def __init__(self, lines: TextLines) -> None:
        self.lines = lines
        self.top = TextRow(0)
        self.column = 0
        self.height = 0
        self.width = 1
        self.wraps = False

    def rows(self) -> list[TextRow]:
        """The rows in sight; fewer than there is room for at the end of a short text."""
        rows: list[TextRow] = []
        row: TextRow | None = self.top
        while row is not None and len(rows) < self.height and row.line < len(self.lines):
            rows.append(row)
            row = self._after(row)
        return rows

    def column_of(self, row: TextRow) -> int:
        """The cell of its line that a row begins with."""
        return row.row * self.width if self.wraps else self.column

    def rows_of(self, line: int) -> int:
        """How many rows a line takes, as far as its width is known."""
        if not self.wraps or line >= len(self.lines):
            return 1
        width = self.lines.width(line)
        rows = max(1, -(-width // self.width))
        if rows > 1 and width % self.width == 1:
            # Of a wide sign at the very end only the second half would be in a row of its own.
            columns = self.lines.piece(line, width - 2, 2).columns
            rows -= columns[-2] == width - 2
        return rows

    def row_at(self, line: int, column: int) -> TextRow:
        """The row that shows a cell of a line."""
        return TextRow(line, min(column // self.width, self.rows_of(line) - 1) * self.wraps)

    def move(self, rows: int) -> None:
        """Go down, or up by a negative number."""
        row = self.top
        for _ in range(abs(rows)):
            following = self._after(row) if rows > 0 else self._before(row)
            if following is None:
                break
            row = following
        self.top = row
        self.settle()

    def move_to(self, row: TextRow, *, above: int = 0) -> None:
        """Put a row at the top, or some rows below it."""
        self.top = row
        for _ in range(above):
            before = self._before(self.top)
            if before is None:
                break
            self.top = before
        self.settle()

    def move_to_end(self) -> None:
        """Show the last row, at the bottom."""
        self.top = self._last_top()

    def show(self, row: TextRow, column: int, cells: int = 1) -> None:
        """Move as little as can be so that a place is in sight; a third down if it was far off."""
        rows = self.rows()
        if row not in rows:
            self.move_to(row, above=self.height // 3)
        if self.wraps or not self.height:  # not laid out yet
            return
        if not self.column <= column <= self.column + self.width - cells:
            room = max(1, self.width // 3)
            self.column = 0 if column + cells <= self.width else max(0, column - room)

    def bring(self, line: int) -> None:
        """Move as little as can be so that a line is in sight."""
        if line < self.top.line:
            self.move_to(TextRow(line))
        elif all(row.line != line for row in self.rows()):
            self.move_to(TextRow(line, self.rows_of(line) - 1), above=self.height - 1)

    def move_sideways(self, cells: int) -> None:
        """Go to the right, or to the left by a negative number; not beyond all lines in sight."""
        farthest = max(self.column, self.widest() - self.width)
        self.column = max(0, min(self.column + cells, farthest))

    def widest(self) -> int:
        """The cells of the longest line in sight."""
        return max((self.lines.width(row.line) for row in self.rows()), default=0)

    def settle(self) -> None:
        """Show no emptiness that can be filled, and no row that is not there."""
        count = len(self.lines)
        if self.top.line >= count:
            self.top = TextRow(max(0, count - 1))
        elif self.top.row:
            self.top = TextRow(self.top.line, min(self.top.row, self.rows_of(self.top.line) - 1))
        if self.top.line + self.height >= count:
            self.top = min(self.top, self._last_top())

    def _last_top(self) -> TextRow:
        """The top from which on the last row is at the bottom."""
        if not len(self.lines):
            return TextRow(0)
        last = len(self.lines) - 1
        row = TextRow(last, self.rows_of(last) - 1)
        for _ in range(self.height - 1):
            before = self._before(row)
            if before is None:
                break
            row = before
        return row

    def _after(self, row: TextRow) -> TextRow | None:
        if row.row + 1 < self.rows_of(row.line):
            return TextRow(row.line, row.row + 1)
        return TextRow(row.line + 1) if row.line + 1 < len(self.lines) else None

    def _before(self, row: TextRow) -> TextRow | None:
        if row.row:
            return TextRow(row.line, row.row - 1)
        return TextRow(row.line - 1, self.rows_of(row.line - 1) - 1) if row.line else None
