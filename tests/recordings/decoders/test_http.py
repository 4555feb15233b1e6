"""HTTP and MCP: messages, bodies, pairs, secrets."""

from __future__ import annotations

import gzip
import itertools
import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.event import Event
from hoopscope.recordings.kinds import RecordingKind
from hoopscope.recordings.record import Record
from tests.recordings.streams import decoded


def request(line: str = "GET /a", body: bytes = b"", *headers: str) -> Event:
    head = "\r\n".join([f"{line} HTTP/1.1", "Host: h", *headers])
    if body:
        head += f"\r\nContent-Length: {len(body)}"
    return Event(1.0, "i", head.encode() + b"\r\n\r\n" + body)


def response(body: bytes = b"", *headers: str, status: str = "200 OK") -> Event:
    head = "\r\n".join([f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}"])
    return Event(2.0, "o", head.encode() + b"\r\n\r\n" + body)


def records_of(*events: Event, kind: RecordingKind = RecordingKind.HTTP) -> list[Record]:
    return decoded(kind, events)


def field(record: Record, name: str) -> str:
    return next((text.masked() for word, text in record.fields if word == name), "")


def test_a_request_and_its_response() -> None:
    body = json.dumps({"password": "x1", "rows": [1]}).encode()
    asked, answered = records_of(
        request("POST /login?token=abc&a=1", body, "Authorization: Bearer secret", "Cookie: s=1"),
        response(b"[1]", "Content-Type: application/json", "Set-Cookie: s=2", status="201 Created"),
    )
    assert asked.title.masked() == "POST /login?token=********&a=1"
    assert field(asked, "Authorization") == field(asked, "Cookie") == "********"
    assert field(asked, "Host") == "h"
    assert '"password": "********"' in asked.body.masked()
    assert '"password": "x1"' in asked.body.text
    assert answered.title.text == "201 Created, application/json, 3 bytes, to #1"
    assert field(answered, "Set-Cookie") == "********"
    assert (answered.body.text, answered.language) == ("[1]", "json")


def test_what_is_behind_a_message_is_told_apart_from_it() -> None:
    body = b'{"jsonrpc":"2.0","id":1,"method":"tools/list","tok":"s3"}'
    whole = request("POST /mcp", body, "Authorization: Bearer s1")
    short = whole._replace(payload=whole.payload.replace(b"Length: 57", b"Length: 55"))
    for kind in (RecordingKind.HTTP, RecordingKind.MCP):
        asked, rest = records_of(short, kind=kind)
        assert (asked.kind, len(asked.body.text)) == ("request", 55)
        assert (rest.kind, rest.title.text, rest.body.text) == ("text", '"}', '"}')
    behind = b'{"token":"s3"}'
    lone = Event(1.0, "i", b"POST /a HTTP/1.1\r\nContent-Length: 4\r\n\r\n" + behind)
    whole_again = records_of(lone)[1]
    assert (whole_again.has_secrets, whole_again.body.text) == (True, "")


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (gzip.compress(b"hello"), "gzip"),
        (zlib.compress(b"hello"), "deflate"),
        (zlib.compress(b"hello", wbits=-15), "deflate"),
    ],
    ids=["gzip", "zlib", "deflate"],
)
def test_packed_bodies(packed: bytes, encoding: str) -> None:
    (record,) = records_of(response(packed, f"Content-Encoding: {encoding}"))
    assert record.body.text == "hello"


def test_a_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(bytes(50_000_000).replace(b"\0", b"a"))
    (record,) = records_of(response(bomb, "Content-Encoding: gzip"))
    assert len(record.body.text) == 1 << 20
    assert "first 1,048,576 bytes of what was packed" in field(record, "body")


def test_several_under_way_are_not_paired() -> None:
    records = records_of(
        request("GET /1"), request("GET /2"), response(), response(), request("GET /3"), response()
    )
    answers = [field(record, "answers") for record in records if record.direction == "o"]
    assert answers == [
        "one of #1, #2: several were under way, nothing tells which",
        "probably #2; several were under way before",
        "#3",
    ]


def test_bodies_over_several_records_and_messages_between() -> None:
    whole = response(b"x" * 100)
    head, tail = whole.payload[:60], whole.payload[60:]
    records = records_of(
        request("GET /1"),
        request("GET /2"),
        Event(2, "o", head),
        response(b"ab"),
        Event(3, "o", tail),
    )
    bodies = [record.body.text for record in records if record.direction == "o"]
    assert sorted(bodies) == ["ab", "x" * 100]
    assert [record.kind for record in records].count("response") == 2


def test_streams_of_events_and_upgrades() -> None:
    head = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    piece = b"data: token one\n\n"
    chunk = b"%x\r\n%s\r\n" % (len(piece), piece)
    records = records_of(
        request(), Event(2, "o", head), Event(3, "o", chunk), Event(4, "o", chunk + b"0\r\n\r\n")
    )
    assert [record.kind for record in records] == ["request", "response", "event", "event"]
    assert records[2].title.text == "data: token one"
    upgrade = Event(2, "o", b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n")
    records = records_of(
        request(), upgrade, Event(3, "o", b"\x81\x05hello"), Event(4, "i", b"\x81\x85")
    )
    assert [record.kind for record in records] == ["request", "response", "frames", "frames"]


def test_what_never_became_whole_is_said() -> None:
    event = request("POST /a", b"x" * 50)
    (record,) = records_of(event._replace(payload=event.payload[:-10]))
    assert field(record, "note") == "is not whole: more was announced than recorded"


@given(st.lists(st.integers(1, 400), max_size=8))
def test_messages_may_be_cut_anywhere(cuts: list[int]) -> None:
    stream = b"".join(
        request(f"POST /{number}", b"b" * number, "X-A: b").payload for number in (3, 1, 50)
    )
    places = [0, *sorted({cut for cut in cuts if cut < len(stream)}), len(stream)]
    events = [Event(1, "i", stream[a:b]) for a, b in itertools.pairwise(places)]
    records = records_of(*events)
    if not any(stream[at:].startswith(b"POST") for at in places[1:-1]) and (
        len(places) == 2 or places[1] > 30
    ):
        assert [record.title.text for record in records] == ["POST /3", "POST /1", "POST /50"]


def test_mcp_calls_and_verdicts() -> None:
    params = {"name": "read_file", "arguments": {"path": "/x", "api_key": "k1"}}
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
    verdict = {
        "event": "mcp.tool_denied", "user": "ana", "backend": "fs", "tool": "read_file",
        "rule": "policy", "reason": "not allowed",
    }  # fmt: skip
    resolved = {"event": "mcp.approval_resolved", "tool": "x", "fields": {"approved": False}}
    records = records_of(
        request("POST /mcp", json.dumps(call).encode(), "Content-Type: application/json"),
        Event(2, "o", json.dumps(verdict).encode() + b"\n"),
        Event(2, "o", b"\n"),
        Event(3, "o", json.dumps(resolved).encode() + b"\n"),
        response(b'{"jsonrpc":"2.0","id":1,"error":{"code":-32001,"message":"no"}}'),
        kind=RecordingKind.MCP,
    )
    assert [(record.kind, record.tone) for record in records] == [
        ("tool call", ""), ("tool denied", "blocked"), ("approval resolved", "blocked"),
        ("response", "failure"),
    ]  # fmt: skip
    assert records[0].title.masked() == (
        'POST /mcp  read_file {"path": "/x", "api_key": "********"}'
    )
    assert '"api_key": "********"' in records[0].body.masked()
    assert records[1].title.text == "read_file: not allowed  on fs"
    assert field(records[1], "user") == "ana"
    assert records[3].title.text == "200 OK, error -32001: no, 63 bytes, to #1"
