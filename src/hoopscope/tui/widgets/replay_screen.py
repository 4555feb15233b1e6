"""ReplayScreen: the screen of a recorded terminal, or the part of it that there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from hoopscope.recordings.emulator import INVISIBLE, Run
from hoopscope.tui.widgets.lean_style import lean
from hoopscope.tui.widgets.replay_difference import changed_columns, cursor_columns
from hoopscope.tui.widgets.replay_styles import cell_style
from hoopscope.untrusted import cell_width, harmless

_CURSOR = Style(reverse=True)


class ReplayScreen(Widget):
    """Draws rows of runs; a change repaints the rows that changed and no other.

    Where the terminal is larger, the part around its cursor is shown, until `pan` says otherwise.
    Where it is smaller, a line shows where it ends.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ReplayScreen { height: 1fr; background: $background; color: $foreground; }
    """

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self.columns, self.rows = 0, 0
        self.left, self.top = 0, 0
        """The cell of the terminal that is at the upper left here."""
        self.is_panned = False
        """Whether the part that is shown was chosen by hand."""
        self._edges = ("|", "-") if ascii_only else ("│", "─")
        self._runs: list[list[Run]] = []
        self._cursor: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        """All that the terminal shows, as harmless lines without blanks at their ends."""
        lines = ["".join(_text(run) for run in row).rstrip() for row in self._runs]
        return "\n".join(lines).rstrip("\n")

    @property
    def is_whole(self) -> bool:
        """Whether there is room for all of it."""
        return self.columns <= self.size.width and self.rows <= self.size.height

    def clear(self) -> None:
        """Show nothing."""
        if not self._runs:
            return
        self.columns, self.rows, self._runs, self._cursor = 0, 0, [], None
        self.left, self.top, self.is_panned = 0, 0, False
        self.refresh()

    def draw(
        self,
        columns: int,
        rows: int,
        changed: Sequence[tuple[int, Sequence[Sequence[Any]]]],
        cursor: tuple[int, int] | None,
    ) -> None:
        """Show other rows: pairs of a number and its runs. `cursor` is a column and a row."""
        same_size = (columns, rows) == (self.columns, self.rows)
        if not same_size:
            self.columns, self.rows = columns, rows
            self._runs = [[] for _ in range(rows)]
        dirty: dict[int, tuple[int, int]] = {}
        for number, given in changed:
            if not 0 <= number < len(self._runs):
                continue
            before, after = self._runs[number], _believed(given)
            self._runs[number] = after
            if (span := changed_columns(before, after)) is not None:
                dirty[number] = span
        if cursor != self._cursor:
            for column, number in filter(None, (cursor, self._cursor)):
                if number < len(self._runs):
                    first, last = cursor_columns(self._runs[number], column)
                    before_first, before_last = dirty.get(number, (first, last))
                    dirty[number] = min(first, before_first), max(last, before_last)
            self._cursor = cursor
        if self._follow() or not same_size:
            self.refresh()
            return
        self._refresh_spans(dirty)

    def pan(self, columns: int, rows: int) -> bool:
        """Show another part; whether there was any."""
        before = (self.left, self.top)
        self._move(self.left + columns, self.top + rows)
        if before == (self.left, self.top):
            return False
        self.is_panned = True
        self.refresh()
        return True

    def unpan(self) -> None:
        """Show the part around the cursor again."""
        self.is_panned = False
        if self._follow():
            self.refresh()

    def on_resize(self) -> None:
        """Another part may fit."""
        if self._follow():
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row, exactly as wide as the widget."""
        base = lean(self.rich_style)
        width, row = self.size.width, y + self.top
        if row >= self.rows:
            edge = self._edges[1] * min(width, self.columns) if row == self.rows else ""
            return Strip([Segment(edge.ljust(width), base + Style(dim=True) if edge else base)])
        strip = Strip([Segment(_text(run), _style(base, run)) for run in self._runs[row]])
        strip = strip.adjust_cell_length(self.columns, base)
        if self._cursor is not None and self._cursor[1] == row and self._cursor[0] < self.columns:
            column = self._cursor[0]
            under = strip.crop(column, column + 2).text[:1]
            after = column + max(1, cell_width(under))
            strip = Strip.join(
                [
                    strip.crop(0, column),
                    strip.crop(column, after).apply_style(_CURSOR),
                    strip.crop(after, self.columns),
                ]
            )
        strip = strip.crop(self.left, self.left + width)
        if strip.cell_length < width:
            strip = Strip([*strip, Segment(self._edges[0], base + Style(dim=True))])
        return strip.adjust_cell_length(width, base)

    def _follow(self) -> bool:
        """Keep the cursor in sight; whether another part is shown now."""
        before = (self.left, self.top)
        left, top = before
        if not self.is_panned and self._cursor is not None:
            column, row = self._cursor
            width, height = self.size
            if not left <= column < left + width:
                left = 0 if column < width else column + 1 - width
            if not top <= row < top + height:
                top = row if row < top else row + 1 - height
        self._move(left, top)
        return before != (self.left, self.top)

    def _move(self, left: int, top: int) -> None:
        self.left = max(0, min(left, self.columns - self.size.width))
        self.top = max(0, min(top, self.rows - self.size.height))

    def _refresh_spans(self, spans: dict[int, tuple[int, int]]) -> None:
        within = Region(0, 0, min(self.size.width, self.columns - self.left), self.size.height)
        regions = [
            region
            for row, (first, last) in spans.items()
            if (
                region := Region(first - self.left, row - self.top, last - first, 1).intersection(
                    within
                )
            )
        ]
        if regions:
            self.refresh(*regions)


def _believed(row: Sequence[Sequence[Any]]) -> list[Run]:
    """A row as another process gave it; none of it where it is not what it should be."""
    try:
        return [
            Run(str(text), int(attributes), int(foreground), int(background))
            for text, attributes, foreground, background in row
        ]
    except (TypeError, ValueError):
        return []


def _text(run: Run) -> str:
    # Made harmless where it was read; whatever else a process says is not believed.
    text = harmless(run.text)
    return " " * cell_width(text) if run.attributes & INVISIBLE else text


def _style(base: Style, run: Run) -> Style:
    if run[1:] == (0, -1, -1):
        return base
    return base + cell_style(run.attributes, run.foreground, run.background)
