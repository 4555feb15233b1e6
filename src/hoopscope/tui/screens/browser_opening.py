"""Opening a session from the browser; the table's cursor goes along with what is looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

from textual.app import ScreenStackError

from hoopscope.tui.opened_session import OpenedSessions

if TYPE_CHECKING:
    from textual.app import App

    from hoopscope.gateway.row import SessionRow
    from hoopscope.sessions.gateway_link import GatewayLink
    from hoopscope.tui.acquaintance import Acquaintance
    from hoopscope.tui.detail_loader import DetailLoader
    from hoopscope.tui.screens.browser_commands import BrowserOptions
    from hoopscope.tui.screens.session.screen import SessionScreen
    from hoopscope.tui.standing import Viewer
    from hoopscope.tui.widgets.session_table import VirtualTable


class BrowserOpening:
    """The list that a session's screen is opened from, and that screen while it is open.

    Args:
        table: gives the table, whose rows are the sessions.
        clock: the present moment in microseconds since 1970 UTC.
        viewer: who looks, and at which gateway.
        on_utc: called when times are to be said otherwise.
        on_left: called with the session that was looked at last, when its screen was left.
    """

    def __init__(
        self,
        link: GatewayLink,
        details: DetailLoader,
        acquaintance: Acquaintance,
        options: BrowserOptions,
        *,
        table: Callable[[], VirtualTable],
        clock: Callable[[], int],
        viewer: Callable[[], Viewer],
        on_utc: Callable[[bool], None],
        on_left: Callable[[SessionRow], None],
    ) -> None:
        self._link = link
        self._details = details
        self._acquaintance = acquaintance
        self._options = options
        self._table = table
        self._clock = clock
        self._viewer = viewer
        self._on_utc = on_utc
        self._on_left = on_left
        self._opened = OpenedSessions()
        self._screen: SessionScreen | None = None
        self._made: SessionScreen | None = None

    @property
    def is_open(self) -> bool:
        """Whether a session is open above the browser."""
        return self._screen is not None

    def open(self, app: App[object], row: SessionRow, *, utc: bool) -> None:
        """Open a session."""
        self._screen = self.prepare(app)
        self._screen.open(row, utc)
        app.push_screen(self._screen, self._left)

    async def prepare_at_leisure(self, app: App[object]) -> None:
        """Make the screen while nobody waits for it."""
        await asyncio.to_thread(import_module, "hoopscope.tui.screens.session.screen")
        self.prepare(app)

    def prepare(self, app: App[object]) -> SessionScreen:
        """The screen, made once."""
        if self._made is None:
            from hoopscope.tui.screens.session.screen import SessionScreen
            from hoopscope.tui.screens.session.surroundings import Surroundings

            around = Surroundings(
                link=self._link,
                sessions=self,
                details=self._details,
                acquaintance=self._acquaintance,
                opened=self._opened,
                clock=self._clock,
                ascii_only=self._options.ascii,
                stream_limit=self._options.stream_limit,
                viewer=self._viewer,
            )
            self._made = SessionScreen(around)
            # One that is installed stays when it is left. While one gateway takes another's place
            # both have theirs.
            app.install_screen(self._made, f"session-{id(self)}")
            app._get_screen(self._made)
        return self._made

    def changed(self) -> None:
        """The list knows more or something else."""
        if self._screen is not None:
            self._screen.list_changed()

    def signed_in(self) -> None:
        """Load again what a refused credential kept the open session from."""
        if self._screen is not None and self._opened.open(self._screen.row).was_refused:
            self._screen.action_reload()

    def close(self, app: App[object]) -> None:
        """Give back what is held of sessions that were looked at, and their screen."""
        self._opened.close()
        made, self._made = self._made, None
        if made is None:
            return
        # Where the application ends it may still be on screen, and goes with all the others.
        with suppress(ScreenStackError):
            app.uninstall_screen(made)
            made.remove()

    def step(self, by: int) -> SessionRow | None:
        """Move the cursor by a row; the session there, None where there is no further one."""
        if self._is_unlisted():
            return None
        table = self._table()
        wanted = table.cursor_row + by
        rows = self._link.store.rows(wanted, 1) if 0 <= wanted < table.row_count else []
        if not rows:
            return None
        table.cursor_row = wanted
        return rows[0]

    def why_no_step(self, by: int) -> str:
        """A sentence for a step that led nowhere."""
        if self._is_unlisted():
            return "The list behind this session does not have it: nothing comes before or after."
        if by < 0 and self._link.state.at is not None:
            self._link.newer()
            return "Newer sessions are being read: once more for the next."
        return "There is no newer session." if by < 0 else "There is no older one."

    def row_of(self, session_id: str) -> tuple[int, SessionRow] | None:
        """Where a session stands now, and what the list knows of it."""
        index = self._link.store.row_of(session_id)
        rows = [] if index is None else self._link.store.rows(index, 1)
        return (index, rows[0]) if index is not None and rows else None

    def length(self) -> int:
        """How many sessions are loaded."""
        return len(self._link.store)

    def set_utc(self, utc: bool) -> None:
        """Say times in UTC, or in the operator's own zone."""
        self._on_utc(utc)

    def _is_unlisted(self) -> bool:
        """Whether the open session, which somebody named, is none of the list's."""
        return self._screen is not None and self.row_of(self._screen.row.id) is None

    def _left(self, _result: None) -> None:
        screen, self._screen = self._screen, None
        if screen is not None:
            self._on_left(screen.row)
