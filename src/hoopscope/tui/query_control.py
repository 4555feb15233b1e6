"""From what the operator filters by, or wants to go to, to what is open on the gateway."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hoopscope.gateway.errors import GatewayError
from hoopscope.sessions.filters import Filters, to_local_filter, to_query

if TYPE_CHECKING:
    from hoopscope.gateway.models.people import User
    from hoopscope.sessions.gateway_link import GatewayLink


class QueryControl:
    """Holds the filters in force; phrases are understood off the event loop.

    Attributes:
        filters: those of the query that was opened last.
        people: whom names and e-mails stand for; empty where the role may not list them.
    """

    def __init__(self, link: GatewayLink, filters: Filters) -> None:
        self.filters = filters
        self.people: Sequence[User] = ()
        self._link = link
        self._has_asked_who = False

    async def ask(self, filters: Filters, *, utc: bool) -> None:
        """Open the query of other filters.

        Raises:
            InvalidFilter: one of them cannot be right; the query stays as it was.
        """
        if filters.names_somebody and not self.people and not self._has_asked_who:
            await self._ask_who()
        query = await asyncio.to_thread(
            to_query, filters, now=datetime.now(UTC), utc=utc, people=self.people
        )
        local = to_local_filter(filters)
        self.filters = filters
        self._link.open(query, local)

    async def _ask_who(self) -> None:
        """Ask once who there is: a view may name somebody before anything else is known."""
        self._has_asked_who = True
        # Without an answer it is taken as a subject id, and the list says what is wrong.
        with suppress(GatewayError):
            people = await asyncio.wrap_future(self._link.users())
            self.people = people

    async def go_to(self, text: str, *, utc: bool) -> None:
        """Go to a date or a phrase in the same query; "" goes back to the newest.

        Raises:
            ValueError: it is not understood; the text says so.
        """
        if not text.strip():
            self._link.go_to(None)
            return
        from hoopscope.sessions.dates import parse_end

        moment = await asyncio.to_thread(parse_end, text, now=datetime.now(UTC), utc=utc)
        self._link.go_to(moment)
