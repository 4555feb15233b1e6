"""Live events and their stored twins, of a real gateway and made-up ones."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from hoopscope.gateway.event import Event
from hoopscope.gateway.moments import microseconds, nanoseconds
from hoopscope.recordings.following.matching import Match, Tail, match
from hoopscope.recordings.recording import Recording
from tests.gateway import captures

BEGAN = 1_795_435_076_526_966_566


@pytest.fixture
def closing() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def recording(closing: ExitStack, events: list[Event]) -> Recording:
    made = Recording()
    closing.callback(made.close)
    made.append(events)
    return made


def tail(closing: ExitStack, live: list[tuple[int, str, bytes]], began: int) -> Tail:
    events = [Event((moment - began) / 1e9, kind, payload) for moment, kind, payload in live]
    return Tail(recording(closing, events), 0, began, age=10.0)


def test_a_recorded_session_s_beginning_is_found_to_the_nanosecond(closing: ExitStack) -> None:
    session = captures.value("detail-exec-async-check")
    stored = recording(
        closing,
        [Event(at, kind, base64.b64decode(load)) for at, kind, load in session["event_stream"]],
    )
    text = (captures.FOLDER / "sse-until-end.txt").read_text()
    sent = [json.loads(line[6:]) for line in text.splitlines() if line.startswith('data: {"')]
    live = [
        (nanoseconds(each["time"]), each["type"], base64.b64decode(each["payload"]))
        for each in sent
    ]
    # An exec begins to record a little after its start.
    assumed = microseconds(session["start_date"]) * 1_000
    for began in (assumed, live[0][0]):
        found = match(stored, 0, tail(closing, live, began), is_known=False)
        assert found == Match(BEGAN, True, [], {0: 3, 1: 4, 2: 5, 3: 6})


def test_what_is_not_stored_yet_is_kept(closing: ExitStack) -> None:
    stored = recording(closing, [Event(0.5, "o", b"a"), Event(0.7, "o", b"b")])
    live = [(BEGAN + at, "o", load) for at, load in ((700_000_000, b"b"), (800_000_000, b"b"))]
    found = match(stored, 0, tail(closing, live, BEGAN), is_known=True)
    assert found == Match(BEGAN, True, [1], {0: 1})


def test_one_equal_alone_may_be_another_and_is_not_given_twice(closing: ExitStack) -> None:
    stored = recording(closing, [Event(1.0, "i", b"l"), Event(2.0, "i", b"s")])
    found = match(stored, 0, tail(closing, [(BEGAN, "i", b"s")], BEGAN), is_known=False)
    assert (found.kept, found.is_certain, found.is_known) == ([], False, False)


def test_what_has_no_equal_is_certainly_new(closing: ExitStack) -> None:
    stored = recording(closing, [Event(1.0, "i", b"l"), Event(2.0, "i", b"s")])
    found = match(stored, 0, tail(closing, [(BEGAN, "o", b"s")], BEGAN), is_known=False)
    assert (found.kept, found.is_certain) == ([0], True)
    # And comes after all that is stored, whatever was assumed.
    assert BEGAN - found.began > 2_000_000_000
