"""ScrolledRows: rows of harmless spans that scroll by themselves, without a scroll bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.events import MouseScrollDown, MouseScrollUp
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from hoopscope.sessions.facts.panel import Line
from hoopscope.tui.widgets.notice import EdgeReached
from hoopscope.tui.widgets.panels.painter import DETAIL_TONES, PanelPainter

_WHEEL_LINES = 3


class ScrolledRows(Widget, can_focus=True):
    """What shows `_rows`, from `_top` on; a mark in the last line says how much is below.

    Args:
        ascii_only: draw only signs that any terminal has.
        above: how many lines at the top do not scroll.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"detail--{tone}" for tone in DETAIL_TONES}
    DEFAULT_CSS = """
    ScrolledRows {
        width: 1fr;
        & > .detail--title { text-style: bold; }
        & > .detail--label { color: $text-muted; }
        & > .detail--muted { color: $text-muted; }
        & > .detail--strong { text-style: bold; }
        & > .detail--success { color: $text-success; }
        & > .detail--running { color: $text-primary; }
        & > .detail--notice { color: $text-secondary; }
        & > .detail--waiting { color: $text-warning; }
        & > .detail--blocked { color: $text-warning; }
        & > .detail--failure { color: $text-error; }
        & > .detail--mark { color: $text-muted; }
        &:focus > .detail--mark { color: $text-accent; text-style: bold; }
    }
    """

    def __init__(self, *, ascii_only: bool = False, above: int = 0, id: str | None = None) -> None:
        super().__init__(id=id)
        self._ascii_only = ascii_only
        self._above = above
        self._rows: list[Line] = []
        self._top = 0
        self._width = 0
        self._known_painter: PanelPainter | None = None

    @property
    def text(self) -> str:
        """All rows as they are laid out, also those out of sight, without styles."""
        return "\n".join("".join(text for text, _ in row).rstrip() for row in self._rows)

    @property
    def _painter(self) -> PanelPainter:
        if self._known_painter is None:
            self._known_painter = PanelPainter(self, ascii_only=self._ascii_only)
        return self._known_painter

    @property
    def _height(self) -> int:
        """How many rows are in sight."""
        return self.size.height - self._above

    def _row_at(self, y: int) -> Strip:
        """The row that is at a line of the widget, exactly as wide as the widget."""
        strip = self._painter.row(_at(self._rows, self._top + y - self._above), self._width)
        below = len(self._rows) - self._top - self._height
        if y != self.size.height - 1 or (below <= 0 and not self._top):
            return strip
        mark = f" ▾ {below:,} more " if below > 0 else " ▴ end "
        return self._painter.marked(strip, mark, self._width)

    def _lines_changed(self, before: Sequence[Line]) -> list[Region]:
        """The lines in sight that are not what they were."""
        if not self.size.height:
            # Out of sight it has no size, but what it last painted is kept for when it is back.
            self.refresh()
        return [
            Region(0, y + self._above, self._width, 1)
            for y in range(self._height)
            if _at(before, self._top + y) != _at(self._rows, self._top + y)
        ]

    def notify_style_update(self) -> None:
        """Themes and the focus change the styles."""
        self._known_painter = None
        super().notify_style_update()

    def action_scroll_lines(self, lines: int) -> None:
        """Move by some lines; negative is up."""
        self._go(self._top + lines)

    def action_scroll_pages(self, pages: int) -> None:
        """Move by some heights, less a line for the eye to hold on to."""
        self._go(self._top + pages * max(1, self._height - 1))

    def action_scroll_to_top(self) -> None:
        """Go to the first line."""
        self._go(-1)

    def action_scroll_to_bottom(self) -> None:
        """Go to the last line."""
        self._go(len(self._rows))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel, downwards."""
        event.stop()
        self._move_to(self._top + _WHEEL_LINES)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel, upwards."""
        event.stop()
        self._move_to(self._top - _WHEEL_LINES)

    def _nearest(self, top: int) -> int:
        """The place nearest to a wanted one that the rows allow."""
        return max(0, min(top, len(self._rows) - self._height))

    def _go(self, wanted: int) -> None:
        before = self._top
        self._move_to(wanted)
        if self._top == before:
            edge = "This is the end." if wanted > before else "This is the top."
            self.post_message(EdgeReached(edge))

    def _move_to(self, top: int) -> None:
        top = self._nearest(top)
        if top != self._top:
            self._top = top
            self.refresh()


def _at(rows: Sequence[Line], index: int) -> Line:
    return rows[index] if index < len(rows) else ()
