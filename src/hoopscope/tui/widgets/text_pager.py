"""TextPager: a window on a text of any size, of which only the rows in sight exist."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeAlias

from textual import events, work

from hoopscope.recordings.byte_source import ByteSource
from hoopscope.recordings.shown_text import Way
from hoopscope.recordings.text_lines import TextLines
from hoopscope.tui.widgets.text_moved import TextMoved
from hoopscope.tui.widgets.text_surface import TextSurface
from hoopscope.tui.widgets.text_viewport import TextRow, TextViewport

__all__ = ["MomentOf", "TextMoved", "TextPager"]

MomentOf: TypeAlias = Callable[[int], tuple[float, str] | None]
"""When the byte at an offset was recorded, in seconds, and its direction (`i`, `o`, `e`)."""

_AT_ONCE = 32
"""Blocks indexed before the first paint."""

_SLICE = 64
"""Blocks that a thread looks through in one go."""

_STRETCHES = 12
"""Stretches of a long line that a thread looks through in one go: they are slower."""

_WHEEL_ROWS = 3


class TextPager(TextSurface):
    """Shows a ByteSource by lines and scrolls in it; `TextView` finds, marks and copies as well.

    It looks for the lines of a large text in a thread, and for the cells of long lines.
    """

    _learning: tuple[TextLines, list[int]] | None = None

    def show(
        self,
        source: ByteSource,
        *,
        way: Way = Way.COOKED,
        moment_of: MomentOf | None = None,
        at_end: bool = False,
        complete: bool = True,
    ) -> None:
        """Show a text from its start, or its end.

        Args:
            way: what is done with what a terminal would obey.
            moment_of: when a byte was recorded; None where there are no times.
            at_end: begin at the end.
            complete: whether no more text will come; see `grew`.
        """
        self._lines = TextLines(source, way)
        wraps, old = self._viewport.wraps, self._viewport
        self._viewport = TextViewport(self._lines)
        self._viewport.wraps, self._viewport.width = wraps, old.width
        self._viewport.height = old.height
        self._gutter.take(self._lines, moment_of)
        self.is_complete = complete
        self._wants_end = self._stays_at_end = at_end
        self.follows = False
        self._index()

    def grew(self, complete: bool = False) -> None:
        """Take in text that came at the end of the source since; stays where it is, or follows."""
        self.is_complete = complete
        self._stays_at_end = False
        self._index()

    def scroll_rows(self, rows: int) -> None:
        """Go down by some rows, or up by a negative number."""
        self.follows = self._wants_end = self._stays_at_end = False
        self._viewport.move(rows)
        self._settle()

    def scroll_sideways(self, cells: int) -> None:
        """Go to the right by some cells, or to the left; a wrapped text has no other side."""
        if not self._viewport.wraps:
            self._viewport.move_sideways(cells)
            self._settle(anew=True)

    def go_to_start(self) -> None:
        """Show the first line."""
        self.follows = self._wants_end = self._stays_at_end = False
        self._viewport.column = 0
        self._viewport.move_to(TextRow(0))
        self._settle(anew=True)

    def go_to_end(self) -> None:
        """Show the last line, as soon as it is known where that is."""
        self._wants_end = not self._lines.index.is_level
        self._stays_at_end = True
        self._viewport.move_to_end()
        self._settle()

    def go_to_line(self, line: int, *, above: int = 0) -> None:
        """Put a line at the top, or some rows below it; the last one for one beyond."""
        self.follows = self._wants_end = self._stays_at_end = False
        self._viewport.move_to(TextRow(max(0, min(line, len(self._lines) - 1))), above=above)
        self._settle()

    def go_to_offset(self, begins: int, ends: int) -> None:
        """Bring a place of the text into sight, moving no more than it takes."""
        self.follows = self._wants_end = self._stays_at_end = False
        line = self._lines.index.line_at(begins)
        column = self._lines.column_of(line, begins)
        cells = max(1, self._lines.column_of(line, max(begins, ends - 1)) + 1 - column)
        before = self._viewport.column
        self._viewport.show(self._viewport.row_at(line, column), column, cells)
        self._settle(anew=before != self._viewport.column)

    def set_wrap(self, wraps: bool) -> None:
        """Whether long lines go on in the next row, or beyond the right side."""
        top = self._viewport.top
        column = self._viewport.column_of(top)
        self._viewport.wraps = wraps
        self._viewport.column = 0 if wraps else column
        self._viewport.top = self._viewport.row_at(top.line, column)
        self._viewport.settle()
        self._settle(anew=True)

    def set_way(self, way: Way) -> None:
        """Do something else with what a terminal would obey."""
        top = self._viewport.top.line
        self._lines.show_in(way)
        self._viewport.top, self._viewport.column = TextRow(top), 0
        self._viewport.settle()
        self._settle(anew=True)

    def set_numbers(self, numbers: bool) -> None:
        """Whether lines have their numbers beside them."""
        self._gutter.numbers = numbers
        self._fit()
        self._settle(anew=True)

    def set_times(self, times: bool) -> None:
        """Whether lines have the time beside them at which they were recorded, if it is known."""
        self._gutter.times = times
        self._fit()
        self._settle(anew=True)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel, downwards."""
        event.stop()
        self.scroll_rows(_WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel, upwards."""
        event.stop()
        self.scroll_rows(-_WHEEL_ROWS)

    def _index(self) -> None:
        """Look for lines: in what is small at once, in the rest in a thread."""
        if self._lines.grow(_AT_ONCE):
            self._indexed()
            self._index_on()
        else:
            self._indexed()

    @work(exclusive=True, group="text-index")
    async def _index_on(self) -> None:
        lines = self._lines
        more = True
        while more and lines is self._lines:
            more = await asyncio.to_thread(lines.grow, _SLICE)
            self._indexed()

    def _indexed(self) -> None:
        """Take over that more lines are known."""
        self._changed_from(self._lines.take_in())
        gutter = self._gutter.width
        self._gutter.fit()
        if self._gutter.width != gutter:
            self._drawn.clear()
        self._fit()
        if self._lines.index.is_level and (self._wants_end or self.follows):
            self._wants_end = False
            self._viewport.move_to_end()
        self._settle()

    def _changed_from(self, line: int) -> None:
        """Lines are other than they were, from this one on."""
        self._drawn = {row: strip for row, strip in self._drawn.items() if row.line < line}

    def _settled(self) -> None:
        """Learn of the cells of those lines in sight that are too long to do it at once."""
        lines = {row.line for row in self._viewport.rows()}
        unknown = [
            line
            for line in sorted(lines)
            if (long := self._lines.long_line(line)) is not None and not long.is_known
        ]
        if unknown and (self._lines, unknown) != self._learning:
            self._learning = (self._lines, unknown)
            self._learn(unknown)

    @work(exclusive=True, group="text-cells")
    async def _learn(self, lines: list[int]) -> None:
        text = self._lines
        for line in lines:
            long = text.long_line(line)
            while long is not None and text is self._lines:
                if not await asyncio.to_thread(long.learn, _STRETCHES):
                    break
        if text is self._lines:
            self._learning = None
            if self._stays_at_end:
                self._viewport.move_to_end()
            self._viewport.settle()
            self._settle(anew=True)
