"""TextSurface: the rows of a text that are in sight, drawn; those that change, and no other."""

from __future__ import annotations

from collections.abc import Container
from typing import ClassVar

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from hoopscope.recordings.byte_source import ByteSource, HeldBytes
from hoopscope.recordings.shown_text import Way
from hoopscope.recordings.text_lines import TextLines
from hoopscope.tui.widgets.text_gutter import TextGutter
from hoopscope.tui.widgets.text_moved import TextMoved
from hoopscope.tui.widgets.text_painter import RowLook, TextPainter
from hoopscope.tui.widgets.text_styles import TEXT_CLASSES, TEXT_CSS, text_styles_of
from hoopscope.tui.widgets.text_viewport import TextRow, TextViewport


class TextSurface(Widget, can_focus=True):
    """Draws what its viewport shows. It has no scroll bar, and lays nothing out anew.

    Args:
        empty: what is said, harmless, where there is no text.
        ascii_only: draw only signs that any terminal has.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = TEXT_CLASSES
    DEFAULT_CSS = TEXT_CSS

    def __init__(
        self,
        *,
        empty: str = "nothing",
        ascii_only: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.empty = empty
        self.ascii_only = ascii_only
        self.follows = False
        """Whether it goes to the end whenever there is more text."""
        self.is_complete = True
        """Whether there will be no more text."""
        self._lines = TextLines(HeldBytes(b""), Way.PLAIN)
        self._viewport = TextViewport(self._lines)
        self._gutter = TextGutter(self._lines, ascii_only=ascii_only)
        self._painter: TextPainter | None = None
        self._strips: list[Strip] = []
        self._drawn: dict[TextRow, Strip] = {}
        self._wants_end = False
        self._stays_at_end = False  # until it is moved; more text is not followed
        self._told: object = None

    @property
    def source(self) -> ByteSource:
        """The text."""
        return self._lines.source

    @property
    def lines(self) -> TextLines:
        """The text by lines."""
        return self._lines

    @property
    def way(self) -> Way:
        """What is done with what a terminal would obey."""
        return self._lines.way

    @property
    def first_line(self) -> int:
        """The number of the topmost line in sight, from 0."""
        return self._viewport.top.line

    @property
    def position(self) -> str:
        """Where the view is in the text, for a status line; not all of its signs are ASCII."""
        count = len(self._lines)
        rows = self._viewport.rows()
        if not rows or not count:
            return ""
        first, last = rows[0].line + 1, rows[-1].line + 1
        more = "" if self._lines.index.is_level and self.is_complete else "+"
        text = f"lines {first:,}–{last:,}" if last > first else f"line {first:,}"
        end = self._lines.index.span(rows[-1].line)[1]
        share = 100 if last == count else min(99, 100 * end // max(1, self.source.size()))
        text += f" of {count:,}{more} · {share} %"
        if self._viewport.column and not self._viewport.wraps:
            text += f", column {self._viewport.column + 1:,}"
        return text + (", following" if self.follows else "")

    def on_resize(self) -> None:
        """Another size shows other rows."""
        self._fit()
        self._settle(anew=True)

    def notify_style_update(self) -> None:
        """Themes and the focus change the styles."""
        self._painter = None
        self._drawn.clear()
        self._strips = []
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """The row that is at a line of the widget, exactly as wide as the widget."""
        if self._painter is None or self._painter.width != self.size.width or not self._strips:
            self._fit()
            self._strips = self._draw()
        return self._strips[y] if y < len(self._strips) else self._painter_now().blank

    def _settled(self) -> None:
        """What is in sight has been drawn, or will be."""

    def _look_of(self, row: TextRow) -> RowLook:
        """What a row shows."""
        viewport, lines = self._viewport, self._lines
        column = viewport.column_of(row)
        shown = lines.piece(row.line, column, viewport.width + 2)
        is_cut = not viewport.wraps and lines.width(row.line) > column + viewport.width
        goes_on = (">" if self.ascii_only else "›") if is_cut else ""
        gutter = self._gutter.text(row.line, is_first=not row.row)
        return RowLook((" ", ""), gutter, shown, column, goes_on=goes_on)

    def _settle(self, *, anew: bool = False) -> None:
        """Repaint the rows that show something else than they should, and tell of the change."""
        if anew:
            self._drawn.clear()
        if self._viewport.height and self._strips:
            before, after = self._strips, self._draw()
            self._strips = after
            width = self.size.width
            regions = [
                Region(0, y, width, 1)
                for y, strip in enumerate(after)
                if y >= len(before) or (strip is not before[y] and strip != before[y])
            ]
            if regions:
                self.refresh(*regions)
        self._settled()
        if self.is_running:
            self._tell()

    def _draw(self) -> list[Strip]:
        """The strips of all rows of the widget; those drawn already are not drawn again."""
        painter = self._painter_now()
        rows = [] if self._wants_end else self._viewport.rows()
        drawn = self._drawn
        self._drawn = {
            row: drawn[row] if row in drawn else painter.row(self._look_of(row)) for row in rows
        }
        strips = list(self._drawn.values())
        if not strips and not self._wants_end and self._lines.index.is_level and self.size.height:
            strips.append(painter.words(self.empty))
        return strips + [painter.blank] * (self.size.height - len(strips))

    def _painter_now(self) -> TextPainter:
        painter = self._painter
        if painter is None or painter.width != self.size.width:
            painter = self._painter = TextPainter(self.size.width, text_styles_of(self))
            self._drawn.clear()
        return painter

    def _fit(self) -> None:
        """Take over the size of the widget and of the gutter."""
        viewport = self._viewport
        width = max(1, self.size.width - 2 - self._gutter.width)
        if (viewport.height, viewport.width) == (self.size.height, width):
            return
        column = viewport.column_of(viewport.top)
        viewport.height, viewport.width = self.size.height, width
        if viewport.wraps:
            viewport.top = viewport.row_at(viewport.top.line, column)
            self._drawn.clear()
        if self.follows or self._stays_at_end:
            viewport.move_to_end()
        viewport.settle()

    def _tell(self) -> None:
        now = (self._viewport.top, self._viewport.height, self.position)
        if now != self._told:
            self._told = now
            self.post_message(TextMoved(self))

    def _lines_changed(self, lines: Container[int]) -> None:
        """Some lines look different now."""
        self._drawn = {row: strip for row, strip in self._drawn.items() if row.line not in lines}
        self._settle()
