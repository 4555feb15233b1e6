"""FirstPageFirst: lets nothing come between the first page and the first paint."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from hoopscope.gateway.page import SessionPage
from hoopscope.gateway.query import SessionQuery
from hoopscope.gateway.walk import PageSource

_LONGEST_SECONDS = 1.0


class FirstPageFirst:
    """A source of pages whose second request waits until the first one's rows are on screen.

    Counting and reading on share the interpreter with the painting, which is waited for more. It
    goes on after a second at the latest.
    """

    def __init__(self, source: PageSource) -> None:
        self._source = source
        self._has_begun = False
        self._is_on_screen = asyncio.Event()

    async def sessions(self, query: SessionQuery) -> SessionPage:
        """One page of sessions, newest first."""
        if self._has_begun and not self._is_on_screen.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._is_on_screen.wait(), _LONGEST_SECONDS)
            self._is_on_screen.set()
        self._has_begun = True
        return await self._source.sessions(query)

    def on_screen(self) -> None:
        """The first rows are on screen; to be called on the loop that asks."""
        self._is_on_screen.set()
