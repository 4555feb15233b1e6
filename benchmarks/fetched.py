"""What a gateway gives to the product's own walk: sessions as JSON, and the queries it took."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from urllib.parse import urlencode

from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.client import Gateway
from hoopscope.gateway.page import SessionPage
from hoopscope.gateway.query import SessionQuery
from hoopscope.gateway.walk import SessionWalk


def fetched_rows(environment: Mapping[str, str], count: int) -> list[object]:
    """The newest `count` sessions, as the gateway gives them."""
    return _walked(environment, count)[0]


def queries_of_all(environment: Mapping[str, str]) -> list[str]:
    """The query strings by which everything is read, a page each."""
    return _walked(environment, None)[1]


def _walked(environment: Mapping[str, str], most: int | None) -> tuple[list[object], list[str]]:
    access = GatewayAccess(environment["HOOP_APIURL"], environment["HOOP_TOKEN"])
    rows: list[object] = []

    async def walk() -> list[str]:
        async with Gateway(access) as gateway:
            source = _Recording(gateway)
            walk = SessionWalk(source, SessionQuery())
            while (most is None or len(rows) < most) and (page := await walk.next_page()):
                rows.extend(page.raw if most is not None else ())
            return source.queries

    queries = asyncio.run(walk())
    return rows[:most], queries


class _Recording:
    """Pages of a gateway, and what they were asked for with."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self.queries: list[str] = []

    async def sessions(self, query: SessionQuery) -> SessionPage:
        """One page."""
        self.queries.append(urlencode(query.parameters()))
        return await self._gateway.sessions(query)
