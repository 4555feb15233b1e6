"""RecordInspector: everything about one record, wrapped; scrolls by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import MouseScrollDown, MouseScrollUp
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from hoopscope.sessions.facts.panel import Line
from hoopscope.tui.widgets.panels.painter import DETAIL_TONES, PanelPainter
from hoopscope.tui.widgets.panels.wrapping import wrap
from hoopscope.untrusted import cell_width, fit

_WHEEL_LINES = 3
_MOST_ROWS = 4000


class RecordInspector(Widget, can_focus=True):
    """Shows lines of harmless spans under a rule that says what they are about.

    Rows that stay the same are not painted again; a mark says how much is below.
    """

    BINDING_GROUP_TITLE = "Record"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_lines(1)", "line down", show=False, id="record.down"),
        Binding("up,k", "scroll_lines(-1)", "line up", show=False, id="record.up"),
        Binding(
            "pagedown,space", "scroll_pages(1)", "page down", show=False, id="record.page_down"
        ),
        Binding("pageup,b", "scroll_pages(-1)", "page up", show=False, id="record.page_up"),
        Binding("home", "scroll_to_top", "top", show=False, id="record.top"),
        Binding("end", "scroll_to_bottom", "bottom", show=False, id="record.bottom"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"detail--{tone}" for tone in DETAIL_TONES}
    DEFAULT_CSS = """
    RecordInspector {
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

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._ascii_only = ascii_only
        self._rule_sign = "-" if ascii_only else "─"
        self._painter: PanelPainter | None = None
        self._heading = ""
        self._lines: Sequence[Line] = ()
        self._rows: list[Line] = []
        self._width = 0
        self._top = 0

    @property
    def text(self) -> str:
        """All rows as they are laid out, without styles."""
        return "\n".join("".join(text for text, _ in row).rstrip() for row in self._rows)

    @property
    def heading(self) -> str:
        """What stands in the rule."""
        return self._heading

    def show(self, heading: str, lines: Sequence[Line], *, keep_place: bool = False) -> None:
        """Show other lines; from their top, unless they are the same ones in another guise."""
        self._lines = lines
        before, top = self._rows, self._top
        if not keep_place:
            self._top = 0
        self._lay_out()
        if heading != self._heading:
            self._heading = heading
            self.refresh(Region(0, 0, self._width, 1))
        height = self.size.height
        if self._top != top or len(before) != len(self._rows):
            self.refresh(Region(0, 1, self._width, max(0, height - 1)))
            return
        changed = [
            Region(0, y, self._width, 1)
            for y in range(1, height)
            if _at(before, top + y - 1) != _at(self._rows, top + y - 1)
        ]
        if changed:
            self.refresh(*changed)

    def render_line(self, y: int) -> Strip:
        """The rule, or a row; exactly as wide as the widget."""
        width, height = self.size
        if width != self._width:
            self._width = width
            self._lay_out()
        painter = self._painter
        if painter is None:
            painter = self._painter = PanelPainter(self, ascii_only=self._ascii_only)
        if y == 0:
            return painter.row(self._rule(width), width)
        strip = painter.row(_at(self._rows, self._top + y - 1), width)
        below = len(self._rows) - self._top - (height - 1)
        if y != height - 1 or (below <= 0 and not self._top):
            return strip
        return painter.marked(strip, f" ▾ {below:,} more " if below > 0 else " ▴ end ", width)

    def notify_style_update(self) -> None:
        """Themes and the focus change the styles."""
        self._painter = None
        super().notify_style_update()

    def action_scroll_lines(self, lines: int) -> None:
        """Move by some lines; negative is up."""
        self._move_to(self._top + lines)

    def action_scroll_pages(self, pages: int) -> None:
        """Move by some heights, less a line for the eye to hold on to."""
        self._move_to(self._top + pages * max(1, self.size.height - 2))

    def action_scroll_to_top(self) -> None:
        """Go to the first line."""
        self._move_to(0)

    def action_scroll_to_bottom(self) -> None:
        """Go to the last line."""
        self._move_to(len(self._rows))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel, downwards."""
        event.stop()
        self._move_to(self._top + _WHEEL_LINES)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel, upwards."""
        event.stop()
        self._move_to(self._top - _WHEEL_LINES)

    def on_resize(self) -> None:
        """Another height shows another part of it."""
        self._move_to(self._top)

    def _rule(self, width: int) -> Line:
        sign = self._rule_sign
        heading = fit(self._heading, min(cell_width(self._heading), max(0, width - 6)))
        left = f"{sign * 2} {heading} " if heading else ""
        return ((left + sign * max(0, width - cell_width(left)), "mark"),)

    def _lay_out(self) -> None:
        if not self._width:
            return
        rows: list[Line] = []
        for line in self._lines:
            rows += wrap(line, self._width - 2) if line else [()]
            if len(rows) > _MOST_ROWS:
                break
        self._rows = [((" ", ""), *row) if row else row for row in rows]
        self._top = max(0, min(self._top, len(self._rows) - (self.size.height - 1)))

    def _move_to(self, top: int) -> None:
        top = max(0, min(top, len(self._rows) - (self.size.height - 1)))
        if top != self._top:
            self._top = top
            self.refresh()


def _at(rows: Sequence[Line], index: int) -> Line:
    return rows[index] if index < len(rows) else ()
