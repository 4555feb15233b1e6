"""A browser's first request: without httpx where it succeeds, as ever where it does not."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from typing import Any

import pytest

from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.client import Gateway
from hoopscope.gateway.errors import NotAuthorised, TlsFailed, UnexpectedAnswer
from tests.gateway.servers import TOKEN, Received, Server, answer, as_json, ask

EARLY = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"


async def ask_hurried(server: Server, **options: Any) -> object:
    return await ask(server, is_hurried=True, **options)


async def test_it_asks_for_the_same_in_the_same_words() -> None:
    async with (
        Server(as_json([])) as server,
        Gateway(GatewayAccess(server.url + "/hoop", TOKEN), is_hurried=True) as gateway,
    ):
        for _ in range(2):
            assert await gateway.get_json("/api/users", [("a b", "c&d"), ("e", "ü")]) == []
    first, second = server.received
    assert first.target == second.target == "/hoop/api/users?a+b=c%26d&e=%C3%BC"
    first.headers.pop("connection"), second.headers.pop("connection")
    assert first.headers == second.headers


@pytest.mark.parametrize(
    "reply",
    [
        as_json(["here"]),
        EARLY + as_json(["here"]),
        answer(gzip.compress(b'["here"]'), headers={"Content-Encoding": "gzip"}),
        answer(b'3\r\n["h\r\n5\r\nere"]\r\n0\r\n\r\n', headers={"Transfer-Encoding": "chunked"}),
        b'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n["here"]',
        b'HTTP/1.0 200 OK\r\nContent-Length: 8\r\nConnection: close\r\n\r\n["here"]',
    ],
    ids=["plain", "early hints", "gzip", "chunked", "to the end", "old HTTP"],
)
@pytest.mark.parametrize("size", [1, 7, 10_000])
async def test_answers_of_every_form_are_read_in_pieces_of_any_size(
    reply: bytes, size: int
) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for at in range(0, len(reply), size):
            yield reply[at : at + size]
            await asyncio.sleep(0)

    async with Server(lambda _: pieces()) as server:
        assert await ask_hurried(server) == ["here"]
    assert len(server.received) == 1


async def test_over_tls_it_trusts_nobody_unknown() -> None:
    async with Server(as_json(1), tls=True) as server:
        with pytest.raises(TlsFailed):
            await ask_hurried(server)
        access = GatewayAccess(server.url, skip_tls_verify=True)
        async with Gateway(access, is_hurried=True) as gateway:
            assert await gateway.get_json("/") == 1


@pytest.mark.parametrize(
    "first",
    [
        b"",
        b"SSH-2.0-x\r\n",
        as_json(1)[:-1],
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000,
        answer(b"", 204),
        as_json({}, 500),
        as_json({}, 302, {"Location": "/elsewhere"}),
    ],
    ids=["nothing", "no HTTP", "cut off", "endless head", "empty", "failed", "elsewhere"],
)
async def test_where_it_does_not_succeed_httpx_asks_again(first: bytes) -> None:
    async def once() -> AsyncIterator[bytes]:
        yield first

    def reply(request: Received) -> bytes | AsyncIterator[bytes]:
        return once() if len(server.received) == 1 else as_json("again")

    async with Server(reply) as server:
        assert await ask_hurried(server) == "again"
    assert len(server.received) == 2


async def test_a_refusal_is_told_as_ever_and_renews_the_credential() -> None:
    reply = as_json({"message": "no"}, 401, {"X-New-Access-Token": "eyJn.e.w"})
    async with Server(reply) as server:
        with pytest.raises(NotAuthorised):
            await ask_hurried(server)
    assert [request.headers["authorization"] for request in server.received] == [
        f"Bearer {TOKEN}",
        "Bearer eyJn.e.w",
    ]


async def test_a_small_answer_cannot_unpack_into_a_large_one() -> None:
    bomb = gzip.compress(b"x" * 1_000_000)
    async with Server(answer(bomb, headers={"Content-Encoding": "gzip"})) as server:
        with pytest.raises(UnexpectedAnswer, match="larger"):
            await ask_hurried(server, body_limit=10_000)


async def test_a_proxy_is_left_to_httpx(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    async with Server(as_json(["proxy"])) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        async with Gateway(GatewayAccess("http://gateway.invalid"), is_hurried=True) as gateway:
            assert await gateway.get_json("/api/users") == ["proxy"]
