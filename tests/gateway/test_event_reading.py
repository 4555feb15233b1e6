"""Events out of a document that still arrives."""

from __future__ import annotations

import base64
import json
import tracemalloc
from contextlib import closing, suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.errors import UnexpectedAnswer
from hoopscope.gateway.event import Event
from hoopscope.gateway.event_reading import EventReader
from tests.gateway import captures

EVENTS = st.builds(
    Event,
    st.one_of(st.integers(0, 200_000), st.floats(0, 200_000)),
    st.sampled_from("ioehb"),
    st.binary(max_size=200),
)


def read(document: bytes, size: int = 65_536) -> tuple[list[Event], str]:
    """All events of a document that comes in pieces of `size`, and what was found."""
    events: list[Event] = []
    with closing(EventReader("gateway.example")) as reader:
        for start in range(0, len(document), size):
            events += reader.feed(document[start : start + size])
        reader.finish()
    return events, reader.found


def document(stream: Any, **members: Any) -> bytes:
    """A session in JSON with a stream between its other members."""
    before = {"id": "x", "metadata": {"event_stream": [[1, "o", "!"]]}, "script": {"data": '"\n'}}
    return json.dumps({**before, "event_stream": stream, "event_size": 1, **members}).encode()


def triples(events: list[Event]) -> list[list[Any]]:
    return [[at, kind, base64.b64encode(payload).decode()] for at, kind, payload in events]


@given(st.lists(EVENTS, max_size=8), st.integers(1, 300))
def test_any_events_are_read_in_any_pieces(events: list[Event], size: int) -> None:
    assert read(document(triples(events)), size) == (events, "events")


@pytest.mark.parametrize("name", captures.details())
def test_recorded_answers_are_read(name: str) -> None:
    stream = captures.value(name).get("event_stream", "absent")
    if stream and isinstance(stream[0], str) and stream != "absent":
        with pytest.raises(UnexpectedAnswer):
            read(captures.body(name))
        return
    events, found = read(captures.body(name), 97)
    expected = stream if isinstance(stream, list) else []
    assert found == ("events" if isinstance(stream, list) else stream or "null")
    assert [list(event) for event in events] == [
        [at, kind, base64.b64decode(payload)] for at, kind, payload in expected
    ]


def test_events_come_before_the_document_is_over() -> None:
    reader = EventReader("gateway.example")
    assert reader.feed(b'{"event_stream": [[0.5, "o", "YQ=="]') == [Event(0.5, "o", b"a")]
    assert reader.feed(b', [1, "i", "Yg') == []
    assert reader.feed(b'=="]') == [Event(1.0, "i", b"b")]
    reader.close()


def test_events_before_a_bad_one_are_given_first() -> None:
    stream = [[0.5, "o", "YQ=="], [-3, "o", "Yg=="], [1, "o", None], [2, "o", "Yw=="]]
    reader = EventReader("gateway.example")
    assert reader.feed(document(stream)) == [Event(0.5, "o", b"a"), Event(0.0, "o", b"b")]
    with pytest.raises(UnexpectedAnswer, match="Event 3 of the recording has no content"):
        reader.finish()
    reader.close()


def test_a_payload_much_longer_than_a_piece_takes_no_longer_for_it() -> None:
    payload = bytes(range(256)) * 12_000
    whole = document(triples([Event(1.0, "o", payload), Event(2.0, "o", b"end")]))
    # Beginning anew with every piece would read 4 GB here.
    assert read(whole, 2_048)[0] == [Event(1.0, "o", payload), Event(2.0, "o", b"end")]


@pytest.mark.parametrize(
    ("stream", "what"),
    [
        ("text", "is no list"),
        ({"a": 1}, "is no list"),
        ([[0, "o"]], "Event 1 of the recording has no content"),
        ([[0, "o", "YQ=="], [0, "o", None]], "Event 2 of the recording has no content"),
        ([[0, "o", "YQ==", 1]], "more than three"),
        ([["0", "o", "YQ=="]], "no time"),
        ([[-1e9, "o", "YQ=="]], "no time"),
        ([[True, "o", "YQ=="]], "no time"),
        ([[0, "", "YQ=="]], "no kind"),
        ([[0, 1, "YQ=="]], "no kind"),
        ([[0, "o", "Y"]], "no base64"),
        ([[0, "o", "Y Q=="]], "no base64"),
        ([[0, "o", "<script>"]], "no base64"),
        ([[0, "o", {"a": []}]], "no content"),
        ([7], "is no list"),
        (["unable to decode \x1b[31m the stream"], r"words.*unable to decode \\x1b\[31m the"),
    ],
)
def test_what_is_no_recording_is_told(stream: Any, what: str) -> None:
    for size in (1, 65_536):
        with pytest.raises(UnexpectedAnswer, match=what):
            read(document(stream), size)


@given(st.one_of(st.binary(max_size=300), st.text(max_size=100).map(str.encode)), st.data())
def test_any_bytes_give_events_or_an_error_of_ours(noise: bytes, data: st.DataObject) -> None:
    whole = document([[0.25, "o", "YQ=="], [1, "i", "YWJjZGVm"]])
    at = data.draw(st.integers(0, len(whole)))
    past = data.draw(st.integers(at, len(whole)))
    with suppress(UnexpectedAnswer):
        events, _ = read(whole[:at] + noise + whole[past:], data.draw(st.integers(1, 64)))
        assert all(isinstance(event.payload, bytes) for event in events)


@pytest.mark.parametrize(
    "cut", [b"", b"{", b'{"event_stream": [[0.5, "o", "YQ=="], [1', b"<html>login", b"[]"]
)
def test_what_is_cut_off_or_something_else_is_told(cut: bytes) -> None:
    with pytest.raises(UnexpectedAnswer, match=r"breaks off|web page|with nothing"):
        read(cut)


@pytest.mark.parametrize("number", ["1e400", "123456789012345678901234567890", "1e9"])
def test_a_time_that_no_clock_shows_is_told(number: str) -> None:
    with pytest.raises(UnexpectedAnswer):
        read(b'{"event_stream": [[' + number.encode() + b', "o", "YQ=="]]}')


def test_memory_stays_flat() -> None:
    # 8 MB, of which no more than the piece at hand and its events are ever held.
    piece = b",".join([b'[1, "o", "%s"]' % base64.b64encode(bytes(3_000))] * 20)
    reader = EventReader("gateway.example")
    reader.feed(b'{"event_stream": [[0, "i", ""]')
    tracemalloc.start()
    try:
        count = sum(len(reader.feed(b"," + piece)) for _ in range(100))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        reader.close()
    assert count == 2_000
    assert peak < 500_000
