"""RecordInspector: everything about one record, wrapped; scrolls by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.strip import Strip

from hoopscope.sessions.facts.panel import Line
from hoopscope.tui.widgets.panels.scrolled_rows import ScrolledRows
from hoopscope.tui.widgets.panels.wrapping import wrap
from hoopscope.untrusted import cell_width, fit

_MOST_ROWS = 4000


class RecordInspector(ScrolledRows):
    """Shows lines of harmless spans under a rule that says what they are about.

    Rows that stay the same are not painted again; a mark says how much is below.
    """

    BINDING_GROUP_TITLE = "Record"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_lines(1)", "line down", show=False, id="record.scroll_down"),
        Binding("up,k", "scroll_lines(-1)", "line up", show=False, id="record.scroll_up"),
        Binding(
            "pagedown,space", "scroll_pages(1)", "page down", show=False, id="record.page_down"
        ),
        Binding("pageup,b", "scroll_pages(-1)", "page up", show=False, id="record.page_up"),
        Binding("home", "scroll_to_top", "top", show=False, id="record.go_to_top"),
        Binding("end,G", "scroll_to_bottom", "bottom", show=False, id="record.go_to_bottom"),
    ]

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, above=1, id=id)
        self._rule_sign = "-" if ascii_only else "─"
        self._heading = ""
        self._lines: Sequence[Line] = ()

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
        if self._top != top or len(before) != len(self._rows):
            # All of it, and not a region: it may be out of sight, where it has no size.
            self.refresh()
        elif changed := self._lines_changed(before):
            self.refresh(*changed)

    def render_line(self, y: int) -> Strip:
        """The rule, or a row; exactly as wide as the widget."""
        width = self.size.width
        if width != self._width:
            self._width = width
            self._lay_out()
        return self._row_at(y) if y else self._painter.row(self._rule(width), width)

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
        self._top = self._nearest(self._top)
