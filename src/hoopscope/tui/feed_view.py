"""Puts how the feed stands on screen: the table's rows, and the lines around the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from hoopscope.sessions.column_texts import ColumnContext
from hoopscope.sessions.columns import COLUMNS, Column
from hoopscope.tui import standing
from hoopscope.tui.key_names import hints_of
from hoopscope.tui.session_rows import SessionRows

if TYPE_CHECKING:
    from hoopscope.gateway.row import SessionRow
    from hoopscope.sessions.feed_state import FeedState
    from hoopscope.sessions.gateway_link import GatewayLink
    from hoopscope.tui.standing import Viewer
    from hoopscope.tui.widgets.line import Line
    from hoopscope.tui.widgets.notice import Notice
    from hoopscope.tui.widgets.session_table import VirtualTable


class FeedView:
    """Knows the widgets that show the feed; belongs to the interface's thread.

    Attributes:
        viewer: who looks; set anew when the gateway has said so.
        width: how many columns the lines have.
        filtered: whether filters are on, for what an empty table says.
        ends_at_last_row: whether the cursor goes to the last of the next query's rows.
    """

    def __init__(
        self,
        link: GatewayLink,
        viewer: Viewer,
        *,
        table: VirtualTable,
        title: Line,
        notice: Notice,
        place: Line,
        clock: Callable[[], int],
        utc: bool,
        ascii_only: bool,
        columns: Sequence[Column] = COLUMNS,
    ) -> None:
        self.viewer = viewer
        self.width = standing.ROOMY
        self.filtered = False
        self.ends_at_last_row = False
        self._clock = clock
        self._utc = utc
        self._ascii = ascii_only
        self._columns = columns
        self._link = link
        self._table = table
        self._hint = hints_of(table, ascii_only=ascii_only)
        self._title = title
        self._notice = notice
        self._place = place
        self._state = link.state
        self._shown: FeedState | None = None
        self._rows: SessionRows | None = None
        # At once and not by a message, so that both are painted in one frame.
        table.watch(table, "cursor_row", self.show_lines, init=False)

    @property
    def state(self) -> FeedState:
        """The state that is on screen."""
        return self._state

    @property
    def utc(self) -> bool:
        """Whether times are UTC rather than the operator's own."""
        return self._utc

    @utc.setter
    def utc(self, utc: bool) -> None:
        self._utc = utc
        if self._rows is not None:
            self._table.set_columns(self._rows.fit)
        self.show_lines()

    @property
    def shown_columns(self) -> dict[str, int]:
        """The columns on screen and how wide they are, by id and in order."""
        return {} if self._rows is None else self._rows.widths

    def show_columns(self, columns: Sequence[Column], at_once: bool) -> None:
        """Choose from other columns, at once or for the rows of the next query."""
        self._columns = columns
        if at_once and self._rows is not None:
            self._rows = SessionRows(self._link.store, self._context, columns)
            self._table.set_source(self._rows, self._rows.fit, keep_key=True)

    def row(self) -> SessionRow | None:
        """The session under the cursor."""
        rows = self._link.store.rows(self._table.cursor_row, 1)
        return rows[0] if rows else None

    def show(self, state: FeedState) -> None:
        """Put another state on screen; nothing moves that did not change."""
        before, self._state, self._shown = self._shown, state, state
        if before is None or before.generation != state.generation:
            self._take_rows()
            if self.ends_at_last_row:
                self.ends_at_last_row = False
                self._table.move_cursor(state.loaded - 1)
        elif before.updates != state.updates:
            self._table.source_changed()
        elif before.loaded != state.loaded:
            self._table.rows_appended()
        self._table.status_line = standing.table_status(state, self._hint, filtered=self.filtered)
        self.show_lines()

    def show_lines(self) -> None:
        """Title, notice and place, as of the state, the cursor and the width."""
        state = self._state
        self._title.show(*standing.title_line(self.viewer, state, utc=self._utc, width=self.width))
        self._place.show(
            *standing.place_line(
                state,
                self.row(),
                self._table.cursor_row,
                self._hint,
                utc=self._utc,
                narrow=self.width < standing.ROOMY,
            )
        )
        failure = standing.failure_text(
            state, self._hint, utc=self._utc, signed_out=self.viewer.signed_out
        )
        if failure:
            self.say(f"✗ {failure}", "failure")
        elif self._notice.text.startswith("✗ "):
            self.say("")

    def age(self) -> None:
        """Word the rows in sight as of now: running times grow, access expires."""
        self._table.rows_changed(self._table.first_visible, self._table.visible_count)

    def show_signed_out(self, is_so: bool) -> None:
        """Whether the gateway does not accept the credential."""
        self.viewer = self.viewer._replace(signed_out=is_so)
        self.show_lines()

    def say(self, text: str, tone: str = "") -> None:
        """Say a harmless sentence above the place line; "" takes it away."""
        self._notice.say(text, tone)

    def _take_rows(self) -> None:
        self._rows = SessionRows(self._link.store, self._context, self._columns)
        self._table.set_source(self._rows, self._rows.fit)

    def _context(self) -> ColumnContext:
        return ColumnContext(self._clock(), self._utc, self._ascii)
