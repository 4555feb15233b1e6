"""Requests as they go over the wire, against real servers on loopback."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Callable
from contextlib import suppress

import pytest

import hoopscope
from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.client import Gateway
from hoopscope.gateway.errors import (
    GatewayError,
    InvalidAddress,
    InvalidCredential,
    NotFound,
    UnexpectedAnswer,
)
from tests.gateway.servers import (
    SERVER_KEY,
    TOKEN,
    Received,
    Server,
    answer,
    as_json,
    ask,
    dripping,
)


async def test_a_request_says_who_asks_and_what_for() -> None:
    async with Server(as_json([])) as server:
        assert await ask(server) == []
    [request] = server.received
    assert (request.method, request.target) == ("GET", "/api/users")
    assert request.headers["user-agent"] == f"hoopscope/{hoopscope.__version__}"
    assert request.headers["accept"] == "application/json"
    assert request.headers["accept-encoding"] == "gzip"
    assert "user-client" not in request.headers
    assert "cookie" not in request.headers


@pytest.mark.parametrize(
    ("credential", "sent"),
    [
        (TOKEN, {"authorization": f"Bearer {TOKEN}"}),
        (SERVER_KEY, {"api-key": SERVER_KEY}),
        ("", {}),
    ],
)
async def test_a_credential_goes_in_its_own_header_only(
    credential: str, sent: dict[str, str]
) -> None:
    async with Server(as_json([])) as server:
        await ask(server, credential)
    headers = server.received[0].headers
    assert {k: v for k, v in headers.items() if k in ("authorization", "api-key")} == sent


async def test_a_path_prefix_is_kept() -> None:
    async with (
        Server(as_json([])) as server,
        Gateway(GatewayAccess(server.url + "/hoop/api/", TOKEN)) as gateway,
    ):
        await gateway.get_json("/api/users", [("a b", "c&d")])
    assert server.received[0].target == "/hoop/api/users?a+b=c%26d"


async def test_connections_are_used_again() -> None:
    ports: set[object] = set()

    async with Server(as_json([])) as server, Gateway(GatewayAccess(server.url)) as gateway:
        for _ in range(3):
            await gateway.get_json("/api/users")
            ports.add(len(server._connections))
    assert ports == {1}


async def test_many_requests_at_once() -> None:
    async with (
        Server(lambda request: as_json(request.path)) as server,
        Gateway(GatewayAccess(server.url)) as gateway,
    ):
        paths = [f"/api/{number}" for number in range(20)]
        assert await asyncio.gather(*map(gateway.get_json, paths)) == paths


@pytest.mark.parametrize("status", [200, 403, 404])
async def test_a_renewed_token_is_used_from_then_on(status: int) -> None:
    def renewing(request: Received) -> bytes:
        fresh = {"X-New-Access-Token": "eyJn.e.w"} if len(server.received) == 1 else {}
        return as_json([], status, fresh)

    told: list[str] = []
    async with Server(renewing) as server:
        access = GatewayAccess(server.url, TOKEN)
        async with Gateway(access, on_credential_renewed=told.append) as gateway:
            for _ in range(2):
                with suppress(GatewayError):
                    await gateway.get_json("/api/users")
    assert [request.headers["authorization"] for request in server.received] == [
        f"Bearer {TOKEN}",
        "Bearer eyJn.e.w",
    ]
    assert told == ["eyJn.e.w"]


async def test_a_compressed_answer_is_read() -> None:
    packed = gzip.compress(json.dumps(["here"]).encode())
    async with Server(answer(packed, headers={"Content-Encoding": "gzip"})) as server:
        assert await ask(server) == ["here"]


async def test_chunked_answers_are_read() -> None:
    async with Server(
        answer(b'4\r\n["a"\r\n1\r\n]\r\n0\r\n\r\n', headers={"Transfer-Encoding": "chunked"})
    ) as server:
        assert await ask(server) == ["a"]


@pytest.mark.parametrize(
    ("pack", "headers"), [(bytes, {}), (gzip.compress, {"Content-Encoding": "gzip"})]
)
async def test_a_body_over_the_limit_is_not_read(
    pack: Callable[[bytes], bytes], headers: dict[str, str]
) -> None:
    async with Server(answer(pack(b" " * 200_000 + b"[]"), headers=headers)) as server:
        with pytest.raises(UnexpectedAnswer, match="larger than 100000 bytes"):
            await ask(server, body_limit=100_000)
        assert await ask(server, body_limit=200_002) == []
    assert len(server.received) == 2


async def test_an_endless_body_is_cut_off_at_the_limit() -> None:
    start = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
    async with Server(lambda _: dripping(start, b" " * 50_000, 0)) as server:
        with pytest.raises(UnexpectedAnswer, match="larger"):
            await ask(server, body_limit=1_000_000)
        await asyncio.wait_for(server.gone.wait(), 5)


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("<!doctype html><html></html>", "web page"),
        ('{"data": [{"id": ', "breaks off"),
        ('{"kind": "Status", "items": []}', "not as a hoop gateway"),
        ("", "with nothing"),
    ],
)
async def test_a_200_that_is_no_gateway_s(body: str, what: str) -> None:
    async with (
        Server(answer(body, headers={"Content-Type": "text/html"})) as server,
        Gateway(GatewayAccess(server.url)) as gateway,
    ):
        with pytest.raises(UnexpectedAnswer, match=what):
            await gateway.users()
    assert len(server.received) == 1


async def test_a_host_that_no_name_can_be_is_told() -> None:
    async with Gateway(GatewayAccess("https://\u0660\u2488.example", TOKEN)) as gateway:
        with pytest.raises(InvalidAddress, match="cannot be read"):
            await gateway.get_json("/api/users")


async def test_nothing_is_sent_with_a_credential_that_has_a_line_break() -> None:
    async with Server(as_json([])) as server:
        with pytest.raises(InvalidCredential):
            await ask(server, "eyJ\r\nX-Evil: 1")
    assert server.received == []


async def test_nothing_is_sent_for_an_id_that_is_no_uuid() -> None:
    async with Server(as_json({})) as server, Gateway(GatewayAccess(server.url)) as gateway:
        for wrong in ("nope", "", "../users", "74efe044-b0a5-4451-93f1-bd7fa0f3a364\n", "{x}"):
            with pytest.raises(NotFound, match="UUID"):
                await gateway.session(wrong)
    assert server.received == []
