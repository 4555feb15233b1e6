"""DetailPane: everything about one session, in panels; follows a cursor, scrolls by itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.geometry import Region
from textual.strip import Strip

from hoopscope.gateway.errors import Forbidden, GatewayError
from hoopscope.sessions.facts.panel import (
    GLANCE,
    FactsContext,
    Limits,
    Line,
    Panel,
    PanelState,
)
from hoopscope.sessions.facts.session_facts import panels_of, panels_of_row
from hoopscope.tui.widgets.panels.layout import lay_out
from hoopscope.tui.widgets.panels.scrolled_rows import ScrolledRows
from hoopscope.untrusted import harmless

if TYPE_CHECKING:
    from hoopscope.gateway.models.session import SessionDetail
    from hoopscope.gateway.row import SessionRow

Builder = Callable[[FactsContext], Sequence[Panel]]


class DetailPane(ScrolledRows):
    """The panels of the session under the cursor, at most as much of it as a glance can take.

    What it shows is set by `show_…`; rows that stay the same are not painted again. It scrolls
    on its own, without a scroll bar: a mark says how much is below.

    Args:
        clock: the present moment, in microseconds since 1970 UTC.
        utc: whether times are shown in UTC, or in the operator's own zone.
        ascii_only: draw only signs that any terminal has.
        limits: how much of a session is put into words.
        only: the ids of the panels to show; all by default.
        in_one_column: place panels below each other, however much room there is.
    """

    BINDING_GROUP_TITLE = "Detail"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_lines(-1)", "line up", show=False, id="detail.scroll_up"),
        Binding("down,j", "scroll_lines(1)", "line down", show=False, id="detail.scroll_down"),
        Binding("pageup", "scroll_pages(-1)", "page up", show=False, id="detail.page_up"),
        Binding("pagedown", "scroll_pages(1)", "page down", show=False, id="detail.page_down"),
        Binding("home", "scroll_to_top", "top", show=False, id="detail.go_to_top"),
        Binding("end,G", "scroll_to_bottom", "bottom", show=False, id="detail.go_to_bottom"),
    ]
    DEFAULT_CSS = "DetailPane { height: 1fr; }"

    def __init__(
        self,
        *,
        clock: Callable[[], int],
        utc: bool = True,
        ascii_only: bool = False,
        limits: Limits = GLANCE,
        only: Collection[str] = (),
        in_one_column: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self._clock = clock
        self._utc = utc
        self._limits = limits
        self._only = frozenset(only)
        self._in_one_column = in_one_column
        self._build: Builder = _nothing
        self._shown = ""

    @property
    def utc(self) -> bool:
        """Whether times are shown in UTC; setting it words everything anew."""
        return self._utc

    @utc.setter
    def utc(self, utc: bool) -> None:
        if utc != self._utc:
            self._utc = utc
            self.update_facts()

    def show_row(self, row: SessionRow) -> None:
        """What the list knows of a session, at once; the rest is said to be not loaded yet."""
        self._show(row.id, lambda context: panels_of_row(row, context))

    def show_detail(self, row: SessionRow, detail: SessionDetail) -> None:
        """A whole session, and the list's row that it was fetched for."""
        self._show(row.id, lambda context: panels_of(detail, context))

    def show_failure(self, row: SessionRow, error: Exception) -> None:
        """What the list knows, and why there is no more: not allowed, or failed."""
        state = PanelState.FORBIDDEN if isinstance(error, Forbidden) else PanelState.FAILED
        why = str(error) if isinstance(error, GatewayError) else type(error).__name__
        failure = Panel("failure", "", headline=((f"✗ {harmless(why, 480)}", "failure"),))

        def build(context: FactsContext) -> list[Panel]:
            summary, *others = panels_of_row(row, context, state)
            return [summary, failure, *others]

        self._show(row.id, build)

    def show_nothing(self) -> None:
        """That no session is chosen."""
        self._show("", _nothing)

    def update_facts(self) -> None:
        """Word the same session anew, as of now: what was left or expired may have changed."""
        if not self._width:
            return
        before, self._rows = self._rows, self._laid_out()
        top = self._nearest(self._top)
        if top != self._top:
            self._top = top
            self.refresh()
            return
        changed = self._lines_changed(before)
        if len(before) != len(self._rows) and self._height:
            changed.append(Region(0, self._height - 1, self._width, 1))
        if changed:
            self.refresh(*changed)

    def render_line(self, y: int) -> Strip:
        """The row that is at a line of the widget, exactly as wide as the widget."""
        if self.size.width != self._width:
            # What is scrolled or switched into sight can be drawn before it hears of its size.
            self._width = self.size.width
            self._rows = self._laid_out()
        return self._row_at(y)

    def on_resize(self, event: Resize) -> None:
        """Lay out anew for another width."""
        self._width = event.size.width
        self.update_facts()

    def _show(self, session_id: str, build: Builder) -> None:
        self._build = build
        if session_id != self._shown:
            self._shown = session_id
            if self._top:
                self._top = 0
                self.refresh()
        self.update_facts()

    def _laid_out(self) -> list[Line]:
        panels = self._build(FactsContext(self._clock(), self._utc, self._limits))
        if self._only:
            panels = [panel for panel in panels if panel.id in self._only]
        return lay_out(panels, self._width, in_one_column=self._in_one_column)


def _word(word: str) -> Panel:
    return Panel("word", "", headline=((word, "muted"),))


def _nothing(_context: FactsContext) -> list[Panel]:
    return [_word("no session")]
