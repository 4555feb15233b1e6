"""Fetches the session under the cursor: not for every row passed, not twice, never a stale one."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from hoopscope.gateway.errors import GatewayError
from hoopscope.gateway.row import SessionRow

if TYPE_CHECKING:
    from hoopscope.gateway.models.session import SessionDetail
    from hoopscope.tui.widgets.detail_pane import DetailPane

REST = 0.1
"""Seconds that the cursor has to rest on a row before its session is asked for."""

PATIENCE = 0.2
"""Seconds that an answer may take before what the list knows is shown instead."""


class DetailLoader:
    """Brings sessions into a detail pane, with a small cache in front of `fetch`.

    Args:
        fetch: starts the request of one session by id.
        keep: how many sessions stay in memory.
    """

    def __init__(self, fetch: Callable[[str], Future[SessionDetail]], *, keep: int = 64) -> None:
        self._fetch = fetch
        self._keep = keep
        self._kept: OrderedDict[str, tuple[SessionRow, SessionDetail]] = OrderedDict()

    def cached(self, row: SessionRow) -> SessionDetail | None:
        """The session as fetched before, if its row has not changed since."""
        kept = self._kept.get(row.id)
        if kept is None or kept[0] != row:
            return None
        self._kept.move_to_end(row.id)
        return kept[1]

    async def bring(self, row: SessionRow, pane: DetailPane) -> None:
        """Show a session once the cursor rests on it; cancelled, it sends nothing more."""
        await asyncio.sleep(REST)
        detail = self.cached(row)
        if detail is not None:
            pane.show_detail(row, detail)
            return
        request = asyncio.ensure_future(self._asked(row))
        try:
            await asyncio.wait({request}, timeout=PATIENCE)
            if not request.done():
                pane.show_row(row)
            detail = await request
        except GatewayError as error:
            pane.show_failure(row, error)
            return
        finally:
            request.cancel()
        pane.show_detail(row, detail)

    async def fetch(self, row: SessionRow) -> SessionDetail:
        """The session, from memory if its row has not changed since. Raises GatewayError."""
        return self.cached(row) or await self._asked(row)

    async def fetch_unlisted(self, session_id: str) -> SessionRow:
        """A session that no list has given, as a list would have it. Raises GatewayError."""
        detail = await asyncio.wrap_future(self._fetch(session_id))
        row = SessionRow.from_json(detail.raw)
        self._keep_it(row, detail)
        return row

    async def _asked(self, row: SessionRow) -> SessionDetail:
        detail = await asyncio.wrap_future(self._fetch(row.id))
        self._keep_it(row, detail)
        return detail

    def _keep_it(self, row: SessionRow, detail: SessionDetail) -> None:
        self._kept[row.id] = (row, detail)
        while len(self._kept) > self._keep:
            self._kept.popitem(last=False)

    def forget(self) -> None:
        """Drop everything, so that each session is fetched anew."""
        self._kept.clear()
