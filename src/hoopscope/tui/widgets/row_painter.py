"""Rows drawn as strips of exactly one width, with as few styles as can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from hoopscope.tui.widgets.row_source import TableColumn, TableRow
from hoopscope.untrusted import cell_width, fit

GUTTER = 2
"""Cells at the left of a row: the cursor's, and the mark's."""

GAP = 2
"""Cells between two columns."""

_STRIPS_KEPT = 256


class RowStyles(NamedTuple):
    """The styles of a table's lines; a null style costs nothing on the wire."""

    base: Style
    header: Style
    cursor: Style
    status: Style
    tones: Mapping[str, Style]


class RowPainter:
    """Draws the lines of a table for one width, one set of columns and styles.

    Args:
        columns: from left to right; what does not fit is cut off.
        width: cells in a line.
        styles: of its lines.
        cursor_sign: what stands at the left of the cursor's row, one cell.
    """

    def __init__(
        self, columns: Sequence[TableColumn], width: int, styles: RowStyles, cursor_sign: str
    ) -> None:
        self.columns = tuple(columns)
        self.width = width
        self._styles = styles
        self._cursor_sign = cursor_sign
        self._strips: dict[tuple[TableRow, bool], Strip] = {}
        titles = self._fitted(tuple(column.title for column in columns))
        self.header = self._line([" " * GUTTER + titles], styles.header)
        self.blank = Strip([Segment(" " * width, styles.base)], width)

    def looks_like(self, columns: Sequence[TableColumn], width: int, styles: RowStyles) -> bool:
        """Whether a painter made of these would draw the same."""
        return (self.columns, self.width, self._styles) == (tuple(columns), width, styles)

    def status(self, text: str) -> Strip:
        """A line that is no row."""
        return self._line([" " * GUTTER + text], self._styles.status)

    def row(self, row: TableRow, at_cursor: bool) -> Strip:
        """A row, drawn once and remembered."""
        strip = self._strips.get((row, at_cursor))
        if strip is None:
            if len(self._strips) >= _STRIPS_KEPT:
                self._strips.clear()
            strip = self._strips[row, at_cursor] = self._draw(row, at_cursor)
        return strip

    def _draw(self, row: TableRow, at_cursor: bool) -> Strip:
        styles = self._styles
        gutter = (self._cursor_sign if at_cursor else " ") + fit(row.mark, 1)
        if at_cursor:
            return self._line([gutter + self._fitted(row.cells)], styles.cursor)
        index, tone_name = row.accent or (-1, "")
        tone = styles.tones.get(tone_name)
        spoken = self._fitted(row.cells[index : index + 1], index) if tone and index >= 0 else ""
        if not spoken.strip():
            return self._line([gutter + self._fitted(row.cells)], styles.base)
        before, spoken, after = spoken.partition(spoken.strip())
        gap = " " * GAP
        head = self._fitted(row.cells[:index])
        head = gutter + head + (gap if index else "") + before
        tail = after + gap + self._fitted(row.cells[index + 1 :], index + 1)
        return self._line([head, spoken, tail], styles.base, tone)

    def _fitted(self, cells: Sequence[str], first: int = 0) -> str:
        columns = self.columns[first : first + len(cells)]
        return (" " * GAP).join(
            [
                fit(cell, column.width, column.align)
                for cell, column in zip(cells, columns, strict=False)
            ]
        )

    def _line(self, texts: list[str], style: Style, tone: Style | None = None) -> Strip:
        """One segment, or three of which the middle one has a tone; exactly as wide as the line."""
        size = sum(map(cell_width, texts))
        if size < self.width:
            texts[-1] += " " * (self.width - size)
        middle = style if tone is None else style + tone
        segments = [
            Segment(text, middle if place == 1 else style)
            for place, text in enumerate(texts)
            if text
        ]
        strip = Strip(segments, max(size, self.width))
        return strip.crop(0, self.width) if size > self.width else strip
