"""Recordings as they come over the wire, against real servers on loopback."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator

import pytest

from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.client import Gateway
from hoopscope.gateway.errors import (
    InvalidSessionId,
    NotFound,
    NothingRecorded,
    RecordingWithheld,
    TimedOut,
    UnexpectedAnswer,
    Unreachable,
)
from hoopscope.gateway.event import Event
from tests.gateway.servers import TOKEN, Answer, Received, Server, answer, as_json, silent

ID = "74efe044-b0a5-4451-93f1-bd7fa0f3a364"
SESSION = {"id": ID, "event_stream": [[0, "i", "bHM="], [0.5, "o", "YQ=="]]}
EVENTS = [Event(0.0, "i", b"ls"), Event(0.5, "o", b"a")]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"


async def events_of(handler: Answer | bytes, deadline: float = 30.0) -> list[Event]:
    async with (
        Server(handler) as server,
        Gateway(GatewayAccess(server.url, TOKEN), deadline=deadline) as gateway,
    ):
        return [event async for batch in gateway.recorded_events(ID) for event in batch]


async def output_of(handler: Answer | bytes) -> bytes:
    async with Server(handler) as server, Gateway(GatewayAccess(server.url, TOKEN)) as gateway:
        return b"".join([piece async for piece in gateway.recorded_output(ID, ["o"])])


async def test_what_was_recorded_is_asked_for_without_the_script() -> None:
    async with (
        Server(as_json(SESSION)) as server,
        Gateway(GatewayAccess(server.url, TOKEN)) as gateway,
    ):
        batches = [batch async for batch in gateway.recorded_events(ID.upper())]
    assert [event for batch in batches for event in batch] == EVENTS
    [request] = server.received
    assert request.path == f"/api/sessions/{ID}"
    assert request.parameters == [("expand", "event_stream")]
    assert request.headers["authorization"] == f"Bearer {TOKEN}"


async def test_events_come_while_the_gateway_still_sends() -> None:
    is_seen = asyncio.Event()

    async def slow(_: Received) -> AsyncIterator[bytes]:
        document = json.dumps(SESSION).encode()
        yield HEAD + document[: document.index(b"YQ==")]
        await is_seen.wait()
        yield document[document.index(b"YQ==") :]

    async with (
        Server(lambda request: slow(request)) as server,
        Gateway(GatewayAccess(server.url)) as gateway,
    ):
        batches = gateway.recorded_events(ID)
        assert await asyncio.wait_for(anext(batches), 5) == EVENTS[:1]
        is_seen.set()
        assert await anext(batches) == EVENTS[1:]


async def test_a_compressed_recording_is_read() -> None:
    packed = gzip.compress(json.dumps(SESSION).encode())
    assert await events_of(answer(packed, headers={"Content-Encoding": "gzip"})) == EVENTS


async def test_a_recording_of_any_size_is_read_past_the_limit_of_other_answers() -> None:
    session = {"event_stream": [[0, "o", "YWFh" * 400]] * 200}
    async with (
        Server(as_json(session)) as server,
        Gateway(GatewayAccess(server.url), body_limit=1_000) as gateway,
    ):
        assert sum([len(batch) async for batch in gateway.recorded_events(ID)]) == 200


@pytest.mark.parametrize("stream", [{"event_stream": None}, {}], ids=["null", "absent"])
async def test_nothing_recorded_and_nothing_for_this_reader_are_told_apart(
    stream: dict[str, None],
) -> None:
    def gateway(forbidden: bool) -> Answer:
        def answered(request: Received) -> bytes:
            if request.path.endswith("/result/stream"):
                refused = {"message": "user is not allowed to stream this session"}
                return as_json(refused, 403) if forbidden else answer()
            return as_json({"id": ID, **stream})

        return answered

    with pytest.raises(NothingRecorded):
        await events_of(gateway(forbidden=False))
    with pytest.raises(RecordingWithheld, match="withholds"):
        await events_of(gateway(forbidden=True))


async def test_a_live_session_that_was_never_stored_has_no_events_yet() -> None:
    assert await events_of(as_json({"event_stream": []})) == []


@pytest.mark.usefixtures("no_waiting")
async def test_a_failure_before_the_first_byte_is_tried_again() -> None:
    tries = iter([as_json({}, 500), answer("", 503), as_json(SESSION)])
    assert await events_of(lambda _: next(tries)) == EVENTS


@pytest.mark.usefixtures("no_waiting")
async def test_a_failure_after_the_first_byte_is_not() -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"
        yield json.dumps(SESSION).encode()[:-10]

    got: list[Event] = []
    async with (
        Server(lambda _: broken()) as server,
        Gateway(GatewayAccess(server.url)) as gateway,
    ):
        batches = gateway.recorded_events(ID)
        got += await anext(batches)
        with pytest.raises(Unreachable):
            await anext(batches)
    assert got == EVENTS[:1]
    assert len(server.received) == 1


async def test_silence_is_cut_off_and_a_slow_gateway_is_not() -> None:
    async def slow(drops: int) -> AsyncIterator[bytes]:
        document = json.dumps(SESSION).encode()
        yield HEAD
        for number in range(drops):
            await asyncio.sleep(0.1)
            yield document[number * 20 : number * 20 + 20]
        await asyncio.sleep(0 if drops > 3 else 3_600)

    # 0.2 s is what the gateway may be silent for, though not for the answer as a whole.
    assert await events_of(lambda _: slow(6), deadline=0.1) == EVENTS
    with pytest.raises(TimedOut):
        await events_of(lambda _: slow(2), deadline=0.1)
    with pytest.raises(TimedOut):
        await events_of(lambda _: silent(), deadline=0.1)


async def test_the_connection_is_given_up_with_a_stream_that_nobody_reads_on() -> None:
    async def endless(_: Received) -> AsyncIterator[bytes]:
        yield HEAD + b'{"event_stream": ['
        while True:
            yield b'[0, "o", "YQ=="],'
            await asyncio.sleep(0.001)

    async with (
        Server(lambda request: endless(request)) as server,
        Gateway(GatewayAccess(server.url)) as gateway,
    ):
        batches = gateway.recorded_events(ID)
        await anext(batches)
        await batches.aclose()
        await asyncio.wait_for(server.gone.wait(), 5)


async def test_output_is_given_as_it_is() -> None:
    content = b"bad \xff\xfe\x1b[0m\r\n" * 10_000
    assert await output_of(answer(content)) == content
    assert await output_of(answer()) == b""


async def test_output_is_asked_for_by_kind() -> None:
    async with Server(answer("x")) as server, Gateway(GatewayAccess(server.url)) as gateway:
        stream = gateway.recorded_output(ID, ["i", "o"], newline=True, event_time=True)
        assert [piece async for piece in stream] == [b"x"]
    [request] = server.received
    assert request.path == f"/api/sessions/{ID}/result/stream"
    assert request.parameters == [("events", "i,o"), ("newline", "1"), ("event-time", "1")]


@pytest.mark.parametrize(
    ("handler", "error"),
    [
        (
            as_json({"message": "user is not allowed to stream this session"}, 403),
            RecordingWithheld,
        ),
        (as_json({"message": "not found"}, 404), NotFound),
        (answer("<html>", 404), UnexpectedAnswer),
    ],
)
async def test_refusals_of_output_are_told(handler: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        await output_of(handler)


async def test_nothing_is_sent_for_an_id_that_is_no_uuid() -> None:
    async with Server(as_json({})) as server, Gateway(GatewayAccess(server.url)) as gateway:
        for stream in (gateway.recorded_events("../x"), gateway.recorded_output("")):
            with pytest.raises(InvalidSessionId):
                await anext(stream)
    assert server.received == []
