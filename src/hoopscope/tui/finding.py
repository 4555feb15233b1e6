"""Finding text in the rows that are loaded, off the event loop."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from hoopscope.sessions.find import Found, find
from hoopscope.sessions.local_filter import LocalFilter
from hoopscope.untrusted import harmless

if TYPE_CHECKING:
    from hoopscope.gateway.row import SessionRow
    from hoopscope.sessions.gateway_link import GatewayLink


class Finding:
    """What was looked for last, and the way to the next place where it is.

    Attributes:
        text: what is looked for; "" while nothing is.
    """

    def __init__(self, link: GatewayLink) -> None:
        self.text = ""
        self._link = link
        self._latest = 0

    async def next_from(self, row: int, *, backwards: bool) -> tuple[int | None, str]:
        """The row where the text is next, and a sentence that says where, or that it is nowhere."""
        self._latest += 1
        ticket = self._latest
        wanted = LocalFilter(text=self.text)
        now = int(time.time() * 1_000_000)

        def matches(candidate: SessionRow) -> bool:
            return wanted.matches(candidate, now)

        def look() -> Found:
            return find(
                self._link.store,
                matches,
                row,
                backwards=backwards,
                go_on=lambda: ticket == self._latest,
            )

        found = await asyncio.to_thread(look)
        shown = harmless(self.text, 40)
        if found.row is None:
            return None, f"“{shown}” is in none of the {found.looked_at:,} rows loaded."
        loaded = len(self._link.store)
        return found.row, f"“{shown}” is in row {found.row + 1:,} of {loaded:,} loaded."
