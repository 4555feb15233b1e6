"""Watching a live session: server-sent events, nothing from before, nothing for slow readers."""

from __future__ import annotations

import asyncio
import json
from base64 import b64decode
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from hoopscope.demo.broker import Broker, LiveEvent
from hoopscope.demo.server import DemoGateway
from tests.demo.captured import FOLDER, captured
from tests.demo.conftest import Asking
from tests.demo.moments import NOW


@pytest.fixture(scope="module")
def watching() -> Iterator[Asking]:
    with DemoGateway(sessions=80, now=NOW, keepalive=0.2) as demo, Asking(demo) as found:
        yield found


def frames(response: httpx.Response) -> Iterator[str]:
    text = ""
    for piece in response.iter_text():
        text += piece
        while "\n\n" in text:
            frame, _, text = text.partition("\n\n")
            yield frame


def test_what_happens_from_now_on(watching: Asking) -> None:
    demo = watching.demo
    session = demo.open(start=NOW - timedelta(minutes=1))
    demo.emit(session, "o", b"before anybody looked\r\n")
    with watching.watching(session) as told:
        recorded = captured("sse-live.headers")
        for name in set(recorded) - {"Date", "Server"}:
            assert told.headers[name] == recorded[name]
        following = frames(told)
        assert next(following) == ": connected"
        demo.emit(session, "i", b"ls\r")
        demo.emit(session, "o", b"\x1b[1mls\x1b[0m\r\n")
        first, second = next(following), next(following)
        assert first.startswith('event: event\ndata: {"time":"2026-11-24T14:30:12.345678')
        assert list(json.loads(first.partition("data: ")[2])) == ["time", "type", "payload"]
        assert b64decode(json.loads(second.partition("data: ")[2])["payload"]).startswith(
            b"\x1b[1m"
        )
        assert next(following) == ": keepalive"
        demo.change(session, status="done", end_date=NOW, exit_code=0)
        while (frame := next(following)) == ": keepalive":
            pass
        assert frame == "event: session_end\ndata: {}"
        assert list(following) == []


def test_what_is_over_says_so_at_once(watching: Asking) -> None:
    session = watching.demo.insert(NOW - timedelta(minutes=1))
    answer = watching.response(f"/api/sessions/{session}/stream")
    assert answer.text == (FOLDER / "sse-finished.txt").read_text()
    assert answer.headers["cache-control"] == "no-cache"


def test_what_is_stored_comes_later(watching: Asking) -> None:
    demo = watching.demo
    session = demo.open(start=NOW - timedelta(minutes=1))
    path = f"/api/sessions/{session}?expand=event_stream"
    demo.emit(session, "i", b"ls\r")
    assert watching.json(path)["event_stream"] == []
    demo.flush(session)
    demo.emit(session, "o", b"ls\r\n")
    found = watching.json(path)
    ((moment, kind, payload),) = found["event_stream"]
    assert (kind, b64decode(payload), found["event_size"]) == ("i", b"ls\r", 0)
    assert 59 < moment < 61
    demo.change(session, status="done", end_date=NOW, exit_code=0)
    found = watching.json(path)
    assert len(found["event_stream"]) == 2
    assert found["event_size"] == len(json.dumps(found["event_stream"], separators=(",", ":")))


def test_who_may_watch(watching: Asking) -> None:
    unknown = "00000000-0000-4000-8000-000000000000"
    assert watching.refusal(f"/api/sessions/{unknown}/stream") == (404, captured("sse-unknown"))
    assert watching.refusal("/api/sessions/nope/stream") == (500, captured("sse-malformed"))
    session = watching.demo.open(start=NOW - timedelta(minutes=1))
    refusal = watching.refusal(f"/api/sessions/{session}/stream", "ingrid@tidewater.example")
    assert refusal == (403, captured("sse-forbidden"))


async def test_a_reader_who_is_too_far_behind_loses_events() -> None:
    broker = Broker()
    slow = broker.watch(b"a")
    quick = broker.watch(b"a")
    seen = []
    for number in range(50):
        broker.publish(b"a", LiveEvent(number, "o", b""))
        event = await asyncio.wait_for(quick.next(), 1)
        assert event
        seen.append(event.moment)
    broker.end(b"a")
    assert seen == list(range(50))
    assert await quick.next() is None
    late = []
    while (event := await slow.next()) is not None:
        late.append(event.moment)
    assert late == list(range(32))
