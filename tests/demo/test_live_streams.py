"""Running sessions do something: watched as it happens, stored with a delay, the same for both."""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from hoopscope.demo.database import StoredSession
from hoopscope.demo.live import Life
from hoopscope.demo.scenarios import scenarios
from hoopscope.demo.server import DemoGateway
from hoopscope.demo.times import microseconds, moment_of
from tests.demo.conftest import Asking
from tests.demo.moments import NOW
from tests.demo.test_live import Clock
from tests.demo.test_watching import frames

LIVE = [scenario for scenario in scenarios() if scenario.name.startswith("live ")]


def nanoseconds(text: str) -> int:
    second, _, fraction = text.removesuffix("Z").partition(".")
    whole = datetime.fromisoformat(second).replace(tzinfo=UTC)
    return microseconds(whole) * 1000 + int(fraction.ljust(9, "0"))


def test_what_is_watched_is_what_is_stored() -> None:
    """In real time, twenty times faster than people are; ended while one watches."""
    with DemoGateway(sessions=120, live=False, pace=20) as demo, Asking(demo) as asking:
        session = demo.insert(scenario="live shell", connection="shop-api-prod")
        seen: list[Any] = []
        with asking.watching(session) as told:
            for frame in frames(told):
                if "session_end" in frame:
                    break
                if frame.startswith("event: event"):
                    seen.append(json.loads(frame.partition("data: ")[2]))
                    if len(seen) == 40:
                        now = datetime.now(UTC)
                        demo.change(session, status="done", exit_code=7, end_date=now)
        whole = asking.json(f"/api/sessions/{session}?expand=event_stream")
    began = nanoseconds(whole["start_date"])
    stored = [
        (began + round(moment * 1e9), kind, payload)
        for moment, kind, payload in whole["event_stream"]
    ]
    watched = [(nanoseconds(one["time"]), one["type"], one["payload"]) for one in seen]
    *before, last = stored
    assert [event for event in before if event[0] >= watched[0][0]] == watched
    assert (last[1], b64decode(last[2])) == ("e", b"exit status 7")
    assert whole["event_size"] == len(json.dumps(whole["event_stream"], separators=(",", ":")))


@pytest.mark.parametrize("what", LIVE, ids=lambda what: what.name)
def test_it_is_stored_with_a_delay(changing: Asking, what: Any) -> None:
    streams = {}
    for seconds in (30, 70, 400):
        session = changing.demo.insert(
            NOW - timedelta(seconds=seconds), scenario=what.name, connection=what.on
        )
        found = changing.json(f"/api/sessions/{session}?expand=event_stream")
        assert found["event_size"] == 0
        assert found["metrics"] is None
        streams[seconds] = found["event_stream"]
    assert streams[30] == []
    assert 0 < len(streams[70]) < len(streams[400])
    assert streams[70][-1][0] < 50 < streams[400][-1][0] < 400


def test_databases_publish_answers_without_their_payload() -> None:
    with DemoGateway(sessions=120, pace=60) as demo, Asking(demo) as asking:
        session = demo.insert(scenario="live postgres", connection="orders-staging")
        seen = []
        with asking.watching(session) as told:
            for frame in frames(told):
                if frame.startswith("event: event"):
                    seen.append(json.loads(frame.partition("data: ")[2]))
                if len(seen) == 8:
                    break
    assert {(one["type"], bool(one["payload"])) for one in seen} == {("i", True), ("o", False)}


def streamed(world: Clock, session: StoredSession) -> list[tuple[int, str, bytes]]:
    found = world.renderer.stream(session) or ()
    begun = session.start * 1000
    return [(begun + round(moment * 1e9), kind, payload) for moment, kind, payload in found]


def test_sessions_that_come_and_go_do_what_they_recorded() -> None:
    world = Clock(300, 1, now=microseconds(NOW))
    life = Life(world, Random(3))
    happened: dict[bytes, list[tuple[int, str, bytes]]] = {}
    since = world.now()
    for _ in range(400):
        world.pass_by(0.5)
        for row in world.database.page("status < 2 and start >= ?", (microseconds(NOW),), -1, 0):
            events = world.renderer.happening(row, since * 1000, world.now() * 1000)
            seen = happened.setdefault(row.id, [])
            seen += [(event.moment, event.kind, event.payload) for event in events]
        since = world.now()
        life.step()
    compared = 0
    for id, seen in happened.items():
        session = world.database.one(id)
        assert session
        if session.status == 2 and session.review is None and seen:
            assert moment_of(seen[-1][0] // 1000) <= moment_of(session.finish or 0)
            assert set(seen) <= set(streamed(world, session))
            compared += 1
    assert compared > 10
