"""Opening a session that somebody names, by its id or a link, wherever it stands in the list."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from hoopscope.gateway.errors import GatewayError, InvalidSessionId
from hoopscope.gateway.row import NO_START
from hoopscope.sessions.feed_state import FeedPhase
from hoopscope.tui.key_names import Hint, hinted
from hoopscope.tui.standing import clock

if TYPE_CHECKING:
    from hoopscope.gateway.row import SessionRow
    from hoopscope.sessions.feed_state import FeedState
    from hoopscope.sessions.gateway_link import GatewayLink
    from hoopscope.tui.detail_loader import DetailLoader
    from hoopscope.tui.gateway_app import GatewayApp
    from hoopscope.tui.widgets.session_table import VirtualTable


class SessionByName:
    """Finds the session, and brings the list's cursor to it.

    Args:
        table: gives the table, whose rows are the sessions.
        shown: gives what the table shows.
        say: says a harmless sentence, in a tone.
        hint: hints at the browser's keys.
        app: knows the gateways that there are besides.
    """

    def __init__(
        self,
        link: GatewayLink,
        details: DetailLoader,
        *,
        table: Callable[[], VirtualTable],
        shown: Callable[[], FeedState],
        say: Callable[[str, str], None],
        hint: Hint,
        app: GatewayApp,
    ) -> None:
        self._link = link
        self._details = details
        self._table = table
        self._shown = shown
        self._say = say
        self._hint = hint
        self._app = app
        self._sought: SessionRow | None = None
        self._asked_at: int | None = None

    async def bring(self, text: str, *, leads_list: bool) -> SessionRow | None:
        """The session that an id or a link of this gateway names, asked for where need be.

        The cursor goes to it; with `leads_list` the list goes to its date where it does not have
        it. What is wrong is said, and gives None.
        """
        self._say("Asking the gateway for the session …", "muted")
        try:
            row = await self._found(text)
        except GatewayError as error:
            self._say(f"The session cannot be opened. {error}", "failure")
            return None
        self._say("", "")
        if leads_list:
            self._sought, self._asked_at = row, None
            self.feed_moved(self._shown())
        else:
            self._show_in_list(row)
        return row

    async def _found(self, text: str) -> SessionRow:
        session_id = await asyncio.to_thread(self._id_in, text)
        store = self._link.store
        index = store.row_of(session_id)
        rows = [] if index is None else store.rows(index, 1)
        return rows[0] if rows else await self._details.fetch_unlisted(session_id)

    def _show_in_list(self, row: SessionRow) -> None:
        """Put the cursor on the session if the list has it."""
        index = self._link.store.row_of(row.id)
        if index is not None:
            self._table().move_cursor(index, centre=True)

    def feed_moved(self, state: FeedState) -> None:
        """The list that is on screen has more: perhaps the session by now."""
        row = self._sought
        if row is None or not state.generation or state.phase is FeedPhase.OPENING:
            return
        if state.generation != self._link.state.generation:
            # Other rows are about to be on screen.
            return
        index = self._link.store.row_of(row.id)
        if index is not None:
            if index < self._table().row_count:
                self._sought = None
                self._show_in_list(row)
        elif self._asked_at is None:
            self._asked_at = state.generation
            self._go_to_date_of(row)
        elif state.generation != self._asked_at:
            # The filters leave it out: the list is where it would be.
            self._sought = None

    def why_unlisted(self, row: SessionRow, *, utc: bool) -> str:
        """A sentence for whoever left a session that the list does not have; "" where it does."""
        if self._sought is not None or self._link.store.row_of(row.id) is not None:
            return ""
        said = "That session is none of those loaded here"
        if row.start == NO_START:
            return said
        date = clock(row.start, utc, "%Y-%m-%d %H:%M")
        return hinted(said, self._hint("browser.go_to_date", f"{date} goes to its date"))

    def _go_to_date_of(self, row: SessionRow) -> None:
        from hoopscope.gateway.position import moment_of, whole_second

        try:
            moment = None if row.start == NO_START else whole_second(moment_of(row.start))
        except OverflowError:
            moment = None
        if moment is None:
            # It stands nowhere in time.
            self._sought = None
        else:
            self._link.go_to(moment)

    def _id_in(self, text: str) -> str:
        """The id that the text names; raises InvalidSessionId."""
        from hoopscope.config.belonging import public_address, same_gateway
        from hoopscope.gateway.session_reference import read_reference

        reference, here = read_reference(text), self._link.access.url
        if not reference.address or same_gateway(reference.address, here):
            return reference.id
        what = f"The link is one of {public_address(reference.address)}"
        profiles = self._app.gateways.profiles if self._app.gateways else ()
        named = [each for each in profiles if same_gateway(each.url, reference.address)]
        if named:
            goes = self._hint("app.choose_profile", "goes there")
            raise InvalidSessionId(f"{what}, the gateway of the profile {named[0].name}.", goes)
        raise InvalidSessionId(
            f"{what}, and this is {public_address(here)}.",
            "Give the id alone, or open that gateway.",
        )
