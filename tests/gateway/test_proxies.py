"""Proxies of the environment: asked for what is elsewhere, never for what runs on this machine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.client import Gateway
from hoopscope.gateway.errors import Unreachable
from hoopscope.gateway.event import LiveEvent
from hoopscope.gateway.proxies import has_proxy
from tests.gateway.servers import Server, answer, as_json, ask


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


async def test_it_is_not_asked_for_what_runs_here(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Server(as_json(["here"])) as server, Server(as_json(["proxy"])) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("ALL_PROXY", proxy.url)
        assert await ask(server) == ["here"]
    assert proxy.received == []


async def test_it_is_asked_for_what_is_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Server(as_json(["proxy"])) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        async with Gateway(GatewayAccess("http://gateway.invalid")) as gateway:
            assert await gateway.get_json("/api/users") == ["proxy"]
    assert proxy.received[0].target == "http://gateway.invalid/api/users"


async def test_what_is_read_as_it_arrives_comes_through_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
        while True:
            yield (
                b'event: event\ndata: {"time":"1970-01-01T00:00:00Z","type":"o","payload":""}\n\n'
            )
            await asyncio.sleep(0.001)

    async with Server(lambda _: endless()) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        async with Gateway(GatewayAccess("http://gateway.invalid")) as gateway:
            async with gateway.live_events("74efe044-b0a5-4451-93f1-bd7fa0f3a364") as events:
                assert await anext(events) == LiveEvent(0, "o", b"")
            # Who leaves ends the request.
            await asyncio.wait_for(proxy.gone.wait(), 5)


@pytest.mark.usefixtures("no_waiting")
async def test_one_that_refuses_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Server(answer("", 407, {"Connection": "close"})) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        async with Gateway(GatewayAccess("https://gateway.invalid")) as gateway:
            with pytest.raises(Unreachable, match="proxy did not let") as caught:
                await gateway.get_json("/api/users")
    assert proxy.received[0].method == "CONNECT"
    assert "HTTPS_PROXY" in caught.value.advice


@pytest.mark.parametrize("named", ["gopher://proxy.invalid", "socks5://proxy.invalid"])
async def test_one_that_cannot_be_used_is_told(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    monkeypatch.setenv("ALL_PROXY", named)
    async with Gateway(GatewayAccess("http://gateway.invalid")) as gateway:
        with pytest.raises(Unreachable, match="cannot be used"):
            await gateway.get_json("/api/users")


@pytest.mark.parametrize(
    ("environment", "url", "found"),
    [
        ({}, "https://gateway.example", False),
        ({"HTTPS_PROXY": "http://p:1"}, "https://gateway.example", True),
        ({"HTTPS_PROXY": "http://p:1"}, "http://gateway.example", False),
        ({"ALL_PROXY": "http://p:1"}, "http://gateway.example", True),
        ({"ALL_PROXY": "http://p:1", "NO_PROXY": ".example"}, "http://gateway.example", False),
        ({"ALL_PROXY": "http://p:1", "NO_PROXY": "*"}, "http://gateway.example", False),
        ({"ALL_PROXY": "http://p:1"}, "http://localhost:8009", False),
        ({"ALL_PROXY": "http://p:1"}, "http://127.0.0.9:8009", False),
        ({"ALL_PROXY": "http://p:1"}, "http://[::1]:8009", False),
    ],
)
def test_whether_there_is_one(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], url: str, found: bool
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert has_proxy(url) is found
