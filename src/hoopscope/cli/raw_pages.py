"""Pages for formats that write each session as it came, and need little else of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hoopscope.gateway.moments import microseconds
from hoopscope.gateway.page import SessionPage
from hoopscope.gateway.row import NO_START, SessionRow

if TYPE_CHECKING:
    from hoopscope.gateway.client import Gateway
    from hoopscope.gateway.query import SessionQuery


class RawPages:
    """A gateway's pages with rows that hold the id and the start only, which a walk goes by.

    Making whole rows takes longer than decoding their JSON, and the next page waits for it.
    """

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def sessions(self, query: SessionQuery) -> SessionPage:
        """One page. Raises GatewayError."""
        return lean_page(await self._gateway.get_json("/api/sessions", query.parameters()))


def lean_page(value: object) -> SessionPage:
    """The page in a decoded answer; a whole one where a row is out of the ordinary.

    Raises:
        UnexpectedAnswer: it is no page of sessions.
    """
    data = value.get("data") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(data, list):
        return SessionPage.from_json(value)
    try:
        rows = tuple([SessionRow(item["id"], microseconds(item["start_date"])) for item in data])
    except (TypeError, LookupError, ValueError):
        return SessionPage.from_json(value)
    if any(not row.id or type(row.id) is not str or row.start <= NO_START for row in rows):
        return SessionPage.from_json(value)
    return replace(SessionPage.from_json({**value, "data": []}), rows=rows, raw=tuple(data))
