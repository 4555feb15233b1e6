"""Trying again: what, how often, and never past the deadline."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.back_off import MAX_TRIES
from hoopscope.gateway.client import Gateway
from hoopscope.gateway.errors import GatewayError, ServerFailed, TooManyRequests
from hoopscope.gateway.retries import with_retries
from tests.gateway import captures
from tests.gateway.servers import Received, Server, answer, as_json, silent


async def ask(server: Server, deadline: float = 30.0) -> object:
    async with Gateway(GatewayAccess(server.url), deadline=deadline) as gateway:
        return await gateway.get_json("/api/users")


def failing(times: int, status: int, headers: dict[str, str] | None = None) -> Server:
    """A server that fails some times, and then answers."""

    def handler(request: Received) -> bytes:
        if len(server.received) <= times:
            return as_json({"message": "failed"}, status, headers)
        return as_json(["here"])

    server = Server(handler)
    return server


@pytest.mark.usefixtures("no_waiting")
@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
@pytest.mark.parametrize("times", [1, 2])
async def test_what_may_pass_is_tried_again(status: int, times: int) -> None:
    async with failing(times, status) as server:
        assert await ask(server) == ["here"]
    assert len(server.received) == times + 1


@pytest.mark.usefixtures("no_waiting")
async def test_an_idle_database_connection_of_the_gateway_costs_one_try() -> None:
    def handler(request: Received) -> bytes:
        if len(server.received) == 1:
            return answer(captures.body("list-bad-user-nul"), 500)
        return as_json(["here"])

    async with Server(handler) as server:
        assert await ask(server) == ["here"]


@pytest.mark.usefixtures("no_waiting")
async def test_enough_is_enough() -> None:
    async with failing(99, 503) as server:
        with pytest.raises(ServerFailed) as caught:
            await ask(server)
    assert len(server.received) == MAX_TRIES
    assert caught.value.status == 503


@pytest.mark.usefixtures("no_waiting")
@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422])
async def test_what_will_not_pass_is_not_tried_again(status: int) -> None:
    async with failing(99, status) as server:
        with pytest.raises(GatewayError) as caught:
            await ask(server)
    assert caught.value.status == status
    assert len(server.received) == 1


async def test_it_waits_for_as_long_as_the_gateway_asks() -> None:
    async with failing(1, 429, {"Retry-After": "1"}) as server:
        begun = asyncio.get_running_loop().time()
        assert await ask(server) == ["here"]
        assert 0.95 < asyncio.get_running_loop().time() - begun < 2.0


@pytest.mark.parametrize("as_a_date", [False, True])
async def test_it_does_not_wait_past_the_deadline(as_a_date: bool) -> None:
    an_hour_on = datetime.now(UTC) + timedelta(hours=1)
    asked = format_datetime(an_hour_on, usegmt=True) if as_a_date else "3600"
    async with failing(1, 429, {"Retry-After": asked}) as server:
        begun = asyncio.get_running_loop().time()
        with pytest.raises(TooManyRequests) as caught:
            await ask(server, deadline=5.0)
        assert asyncio.get_running_loop().time() - begun < 1.0
    assert (caught.value.retry_after or 0) > 3_500
    assert len(server.received) == 1


@pytest.mark.usefixtures("no_waiting")
async def test_what_went_wrong_before_the_deadline_says_more_than_the_deadline() -> None:
    def handler(request: Received) -> object:
        return as_json({}, 500) if len(server.received) == 1 else silent()

    async with Server(handler) as server:  # type: ignore[arg-type]
        with pytest.raises(ServerFailed):
            await ask(server, deadline=0.3)
    assert len(server.received) == 2


async def test_it_backs_off_before_it_tries_again() -> None:
    loop = asyncio.get_running_loop()
    tries: list[float] = []

    async def attempt() -> None:
        tries.append(loop.time())
        raise ServerFailed("It failed.")

    with pytest.raises(ServerFailed):
        await with_retries(attempt, loop.time() + 30)
    first, second, third = tries
    assert 0 <= second - first < 0.6
    assert 0 <= third - second < 1.1


async def test_what_is_no_failure_of_the_gateway_s_passes_through() -> None:
    async def attempt() -> None:
        raise KeyError("a mistake of ours")

    with pytest.raises(KeyError):
        await with_retries(attempt, asyncio.get_running_loop().time() + 30)
