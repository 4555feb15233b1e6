"""Connections of our own: kept, woken, given up; httpx does the rest."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from hoopscope.gateway.transport import DirectTransport
from tests.gateway.servers import CERTIFICATE, Received, Server, answer, as_json, silent


async def get(client: httpx.AsyncClient, server: Server, path: str = "/") -> Any:
    return (await client.get(server.url + path)).json()


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=DirectTransport(), trust_env=False) as client:
        yield client


async def test_a_connection_is_kept_for_the_next_request(client: httpx.AsyncClient) -> None:
    async with Server(lambda request: as_json(request.path)) as server:
        assert [await get(client, server, path) for path in ("/a", "/b", "/c")] == [
            "/a",
            "/b",
            "/c",
        ]
        assert server.connected == 1


async def test_as_many_connections_as_there_are_requests_at_once(client: httpx.AsyncClient) -> None:
    async with Server(lambda request: as_json(request.path)) as server:
        paths = [f"/{number}" for number in range(8)]
        assert await asyncio.gather(*(get(client, server, path) for path in paths)) == paths
        assert await get(client, server, "/x") == "/x"
        assert server.connected <= 8


async def test_a_connection_that_was_closed_meanwhile_is_not_used(
    client: httpx.AsyncClient,
) -> None:
    async with Server(as_json(1)) as server:
        await get(client, server)
        server.hang_up()
        await asyncio.sleep(0.05)
        assert await get(client, server) == 1
        assert server.connected == 2


async def test_words_out_of_turn_are_no_answer(client: httpx.AsyncClient) -> None:
    late = answer(b'"late"', 408)

    async def twice() -> AsyncIterator[bytes]:
        yield as_json(1)
        await asyncio.sleep(0.02)
        yield late
        await asyncio.sleep(1)

    async with Server(lambda _: twice()) as server:
        for _ in range(2):
            assert await get(client, server) == 1
            await asyncio.sleep(0.06)
        assert server.connected == 2


async def test_an_old_connection_is_not_used(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Server(as_json(1)) as server:
        await get(client, server)
        monkeypatch.setattr("hoopscope.gateway.transport._IDLE_SECONDS", 0.0)
        await get(client, server)
        assert server.connected == 2


@pytest.mark.parametrize("headers", [{"Connection": "close"}, {}], ids=["close", "old HTTP"])
async def test_a_server_that_keeps_nothing(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    reply = as_json(1, headers={"Connection": "close"})
    if not headers:
        reply = reply.replace(b"HTTP/1.1", b"HTTP/1.0")
    async with Server(reply) as server:
        assert [await get(client, server) for _ in range(2)] == [1, 1]
        assert server.connected == 2


async def test_a_body_that_is_not_read_to_its_end_costs_the_connection(
    client: httpx.AsyncClient,
) -> None:
    async with Server(answer(b"x" * 1_000_000)) as server:
        async with client.stream("GET", server.url) as response:
            async for _ in response.aiter_raw():
                break
        await asyncio.wait_for(server.gone.wait(), 5)
        await client.get(server.url)
        assert server.connected == 2


async def test_a_body_of_unknown_length_ends_with_the_connection(
    client: httpx.AsyncClient,
) -> None:
    async with Server(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n[1]") as server:
        assert await get(client, server) == [1]


async def test_words_before_the_answer_are_passed_over(client: httpx.AsyncClient) -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
    async with Server(early + as_json(1)) as server:
        assert await get(client, server) == 1


async def test_a_request_may_have_a_body(client: httpx.AsyncClient) -> None:
    async with Server(as_json(1)) as server:
        response = await client.put(server.url, content=b"x" * 10)
    assert response.json() == 1
    assert server.received[0].method == "PUT"
    assert server.received[0].headers["content-length"] == "10"


async def test_silence_is_a_read_timeout(client: httpx.AsyncClient) -> None:
    async with Server(lambda _: silent()) as server:
        with pytest.raises(httpx.ReadTimeout):
            await client.get(server.url, timeout=0.05)
        await asyncio.wait_for(server.gone.wait(), 5)


async def test_a_header_that_would_break_the_request_is_refused(client: httpx.AsyncClient) -> None:
    async with Server(as_json(1)) as server:
        with pytest.raises(httpx.LocalProtocolError):
            await client.get(server.url, headers={"X-A": "b\r\nX-Evil: 1"})
    assert server.received == []


async def test_over_tls_connections_are_kept_too() -> None:
    transport = DirectTransport(ssl.create_default_context(cafile=str(CERTIFICATE)))
    async with (
        Server(as_json(1), tls=True) as server,
        httpx.AsyncClient(transport=transport) as client,
    ):
        assert [await get(client, server) for _ in range(3)] == [1, 1, 1]
        assert server.connected == 1


async def test_large_answers_arrive_whole(client: httpx.AsyncClient) -> None:
    body = bytes(range(256)) * 20_000

    def handler(request: Received) -> bytes:
        return answer(body)

    async with Server(handler) as server:
        assert (await client.get(server.url)).content == body


async def test_an_address_of_the_newer_kind(client: httpx.AsyncClient) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(as_json(1, headers={"Connection": "close"}))
        writer.close()

    try:
        server = await asyncio.start_server(serve, "::1", 0)
    except OSError:
        pytest.skip("this machine has no IPv6")
    async with server:
        port = server.sockets[0].getsockname()[1]
        assert (await client.get(f"http://[::1]:{port}/")).json() == 1
