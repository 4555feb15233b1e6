"""With read-only nothing that could change a gateway leaves for it."""

from __future__ import annotations

import pytest

from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.auth import Credentials
from hoopscope.gateway.client import Gateway
from hoopscope.gateway.errors import ReadOnly
from hoopscope.gateway.exchange import Exchange
from tests.gateway.servers import TOKEN, Server, as_json


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "post", "MKCOL"])
async def test_what_would_write_never_leaves(method: str) -> None:
    async with Server(as_json([])) as server:
        exchange = Exchange(
            GatewayAccess(server.url, TOKEN, read_only=True), Credentials(TOKEN), seconds=5
        )
        with pytest.raises(ReadOnly, match="Nothing is written to 127"):
            await exchange._client.request(method, f"{server.url}/api/sessions")
        await exchange.aclose()
    assert server.received == []


async def test_without_it_the_same_request_arrives() -> None:
    async with Server(as_json([])) as server:
        exchange = Exchange(GatewayAccess(server.url, TOKEN), Credentials(TOKEN), seconds=5)
        await exchange._client.request("POST", f"{server.url}/api/sessions")
        await exchange.aclose()
    assert [request.method for request in server.received] == ["POST"]


async def test_reading_goes_on() -> None:
    async with (
        Server(as_json([])) as server,
        Gateway(GatewayAccess(server.url, TOKEN, read_only=True)) as gateway,
    ):
        assert await gateway.get_json("/api/users") == []
    assert [request.method for request in server.received] == ["GET"]
