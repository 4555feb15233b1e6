"""The deadline of a request, and requests that nobody waits for any more."""

from __future__ import annotations

import asyncio

import pytest

from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.client import Gateway
from hoopscope.gateway.errors import (
    TimedOut,
)
from tests.gateway.servers import (
    Received,
    Server,
    as_json,
    ask,
    dripping,
    silent,
)


@pytest.mark.parametrize(
    "start",
    [b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-Slow: "],
    ids=["body", "headers"],
)
async def test_an_answer_that_drips_is_cut_off_at_the_deadline(start: bytes) -> None:
    async with Server(lambda _: dripping(start, b" ", 0.02)) as server:
        begun = asyncio.get_running_loop().time()
        with pytest.raises(TimedOut, match=r"within 0\.3 s"):
            await ask(server, deadline=0.3)
        assert asyncio.get_running_loop().time() - begun < 1.0
        await asyncio.wait_for(server.gone.wait(), 5)
    assert len(server.received) == 1


async def test_silence_is_cut_off_at_the_deadline() -> None:
    async with Server(lambda _: silent()) as server:
        with pytest.raises(TimedOut):
            await ask(server, deadline=0.2)
        await asyncio.wait_for(server.gone.wait(), 5)


async def test_a_cancelled_call_cancels_the_request() -> None:
    async with Server(lambda _: silent()) as server:
        call = asyncio.create_task(ask(server))
        await asyncio.wait_for(server.asked.wait(), 5)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        await asyncio.wait_for(server.gone.wait(), 5)
    assert len(server.received) == 1


async def test_a_gateway_goes_on_after_a_call_that_was_cut_off() -> None:
    def first_silent(request: Received) -> object:
        return silent() if len(server.received) == 1 else as_json(["here"])

    async with (
        Server(first_silent) as server,  # type: ignore[arg-type]
        Gateway(GatewayAccess(server.url), deadline=0.2) as gateway,
    ):
        with pytest.raises(TimedOut):
            await gateway.get_json("/api/users")
        assert await gateway.get_json("/api/users") == ["here"]
