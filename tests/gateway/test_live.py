"""Live streams as they come over the wire."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hoopscope.demo.server import DemoGateway
from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.client import Gateway
from hoopscope.gateway.errors import (
    Forbidden,
    GatewayError,
    TimedOut,
    UnexpectedAnswer,
    Unreachable,
)
from hoopscope.gateway.event import LiveEvent
from hoopscope.gateway.live import live_events
from hoopscope.gateway.moments import nanoseconds
from tests.gateway import captures
from tests.gateway.servers import TOKEN, Answer, Server, answer, as_json

ID = "74efe044-b0a5-4451-93f1-bd7fa0f3a364"
HEADERS = {"Content-Type": "text/event-stream"}


def sent(**content: Any) -> str:
    return f"event: event\ndata: {json.dumps(content)}\n\n"


async def followed(handler: Answer | bytes) -> list[LiveEvent]:
    async with (
        Server(handler) as server,
        Gateway(GatewayAccess(server.url, TOKEN)) as gateway,
        gateway.live_events(ID) as events,
    ):
        return [event async for event in events]


async def test_a_recorded_stream_is_followed_to_its_end() -> None:
    body = (captures.FOLDER / "sse-until-end.txt").read_bytes()
    events = await followed(answer(body, headers=HEADERS))
    assert [event.payload for event in events] == [b"line 3\n", b"line 4\n", b"line 5\n", b"bad\n"]
    assert {event.kind for event in events} == {"o"}
    assert events[1].nanoseconds - events[0].nanoseconds == 1_002_728_416


async def test_a_session_that_is_over_ends_at_once() -> None:
    body = (captures.FOLDER / "sse-finished.txt").read_bytes()
    assert await followed(answer(body, headers=HEADERS)) == []


async def test_a_line_that_breaks_off_is_told() -> None:
    body = ": connected\n\n" + sent(time="2026-11-23T11:57:58.5Z", type="o", payload="YQ==")
    with pytest.raises(Unreachable, match="ended the live stream"):
        await followed(answer(body, headers=HEADERS))


async def test_silence_longer_than_keepalives_allow_is_told() -> None:
    async def lively() -> AsyncIterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n: connected\n\n"
        for _ in range(4):
            await asyncio.sleep(0.05)
            yield b": keepalive\n\n"
        yield sent(time="2026-11-23T11:57:58Z", type="i", payload="").encode()
        await asyncio.sleep(3_600)

    async with (
        Server(lambda _: lively()) as server,
        Gateway(GatewayAccess(server.url)) as gateway,
        live_events(gateway._connected(), ID, deadline=5, silence=0.1) as events,
    ):
        assert await anext(events) == LiveEvent(1_795_435_078_000_000_000, "i", b"")
        with pytest.raises(TimedOut, match="sign of life"):
            await anext(events)


@pytest.mark.parametrize(
    "body",
    [
        "event: event\ndata: {\n\n",
        "event: event\ndata: []\n\n",
        "event: event\ndata: null\n\n",
        sent(type="o", payload="YQ=="),
        sent(time="noon", type="o", payload="YQ=="),
        sent(time=1, type="o", payload="YQ=="),
        sent(time="2026-11-23T11:57:58Z", type="o", payload="Y"),
        sent(time="2026-11-23T11:57:58Z", type="o", payload=["YQ=="]),
    ],
)
async def test_what_is_no_event_is_told(body: str) -> None:
    with pytest.raises(UnexpectedAnswer, match="cannot be read"):
        await followed(answer(body, headers=HEADERS))


async def test_an_answer_that_is_no_live_stream_is_told() -> None:
    with pytest.raises(UnexpectedAnswer, match="no live stream"):
        await followed(as_json({}))


async def test_refusals_come_before_the_stream() -> None:
    with pytest.raises(Forbidden):
        await followed(as_json({"message": "user is not allowed"}, 403))


async def test_the_embedded_gateway_is_followed() -> None:
    now = datetime.now(UTC)
    with DemoGateway(sessions=20) as demo:
        session = demo.open(start=now - timedelta(minutes=1))
        async with (
            Gateway(GatewayAccess(demo.url, demo.token)) as gateway,
            gateway.live_events(session) as events,
        ):
            demo.emit(session, "i", b"ls\r")
            demo.emit(session, "o", bytes(range(256)))
            assert [(await anext(events))[1:], (await anext(events))[1:]] == [
                ("i", b"ls\r"),
                ("o", bytes(range(256))),
            ]
            await asyncio.to_thread(
                demo.change, session, status="done", end_date=datetime.now(UTC), exit_code=0
            )
            assert [event async for event in events] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01T00:00:01.5Z", 1_500_000_000),
        ("1970-01-01T00:00:00.000000001Z", 1),
        ("1970-01-01T01:00:00.123456789+01:00", 123_456_789),
        ("1969-12-31T23:59:59.999999999Z", -1),
    ],
)
def test_nanoseconds_are_exact(text: str, expected: int) -> None:
    assert nanoseconds(text) == expected


def link(server: Server, name: str = "download") -> dict[str, str]:
    address = f"https://gateway.example/api/sessions/{ID}/{name}?token=SECRET&extension=csv"
    return {"download_url": address, "expire_at": "2026-11-23T12:01:36Z"}


async def test_a_file_is_fetched_from_the_address_that_we_know() -> None:
    content = base64.b64encode(bytes(50_000))
    async with (
        Server(
            lambda request: (
                answer(content) if "/download" in request.path else as_json(link(server))
            )
        ) as server,
        Gateway(GatewayAccess(server.url + "/hoop", TOKEN)) as gateway,
        aclosing(gateway.download(ID, "csv", ["i", "o"], newline=True)) as pieces,
    ):
        assert b"".join([piece async for piece in pieces]) == content
    asked, fetched = server.received
    assert asked.path == f"/hoop/api/sessions/{ID}"
    assert asked.parameters == [("extension", "csv"), ("events", "i,o"), ("newline", "1")]
    assert fetched.target == f"/hoop/api/sessions/{ID}/download?token=SECRET&extension=csv"
    assert "authorization" not in fetched.headers
    assert "api-key" not in fetched.headers


@pytest.mark.parametrize("status", [401, 404, 410])
async def test_a_link_that_does_not_open_says_so_and_is_not_tried_again(
    status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    async with (
        Server(
            lambda request: (
                as_json({"message": "gone"}, status)
                if "/download" in request.path
                else as_json(link(server))
            )
        ) as server,
        Gateway(GatewayAccess(server.url, TOKEN)) as gateway,
    ):
        with pytest.raises(GatewayError, match="link does not open") as caught:
            await anext(gateway.download(ID, "csv"))
    assert len(server.received) == 2
    assert "SECRET" not in caplog.text + repr(caught.value) + repr(vars(caught.value))


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/elsewhere?token=x",
        f"https://gateway.example/api/sessions/{ID[:-1]}0/download?token=x",
        f"https://gateway.example/api/sessions/{ID}",
        "https://[broken",
        7,
    ],
)
async def test_a_link_to_somewhere_else_is_not_followed(url: object) -> None:
    async with (
        Server(as_json({"download_url": url})) as server,
        Gateway(GatewayAccess(server.url, TOKEN)) as gateway,
    ):
        with pytest.raises(UnexpectedAnswer):
            await anext(gateway.download(ID, "csv"))
    assert len(server.received) == 1


async def test_files_of_the_embedded_gateway() -> None:
    with DemoGateway(sessions=20) as demo:
        session = demo.insert(datetime.now(UTC) - timedelta(minutes=1), scenario="ok")
        async with Gateway(GatewayAccess(demo.url, demo.token)) as gateway:
            script = b"".join([piece async for piece in gateway.download(session, "script")])
            assert script.decode() == (await gateway.session(session)).raw["script"]["data"]
            text = b"".join([piece async for piece in gateway.download(session, "txt")])
            output = b"".join([piece async for piece in gateway.recorded_output(session)])
            assert text == output != b""
