"""Recorded and generated streams for tests."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from pathlib import Path

from hypothesis import strategies as st

from hoopscope.gateway.event import Event
from hoopscope.recordings.decoders import decoder_for
from hoopscope.recordings.kinds import RecordingKind, kind_of
from hoopscope.recordings.record import Record

CAPTURES = Path(__file__).parent.parent / "captures"

BYTES = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [
            b"\r",
            b"GET /a?token=x HTTP/1.1\r\nHost: h\r\nCookie: a=b\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: x\n\n",
            b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
            b"0\r\n\r\n",
            b'{"find": "users", "filter": {"a": 1}, "$db": "shop"}\n',
            b'{"event": "mcp.tool_call", "tool": "read", "fields": {"args_bytes": 2}}\n',
            b'{"hello": 1}\n',
            b"\x00\x00\x00\x08\x04\xd2\x16\x2f",
            b"Q\x00\x00\x00\x0dselect 1\x00",
            b"Q\x00\x00\x01\x0dselect",
            b"P\x00\x00\x00\x10s\x00select $1\x00\x00\x00",
            b"B\x00\x00\x00\x0e\x00\x00\x00\x00\x00\x01\xff\xff\xff\xff",
            b"E\x00\x00\x00\x09\x00\x00\x00\x00\x00",
            b"\x03\x00\x01password: ",
            b"Password: ",
            b"\x1b[?1049h",
            b"\x1b[?1049l",
            b"secret\r",
            b"\xe6\x97",
        ]
    ),
)
EVENTS = st.lists(
    st.builds(Event, st.floats(0, 1e5, allow_subnormal=False), st.sampled_from("iooebhx"), BYTES),
    max_size=25,
)


def captured(name: str) -> tuple[RecordingKind, list[Event]]:
    """A recorded session's kind and events; none where it has no stream."""
    session = json.loads((CAPTURES / name).read_text("utf-8"))
    kind = kind_of(session["type"], session["connection_subtype"], session["verb"])
    stream = session.get("event_stream")
    triples = stream if isinstance(stream, list) else []
    return kind, [Event(at, sign, base64.b64decode(payload)) for at, sign, payload in triples]


def decoded(kind: RecordingKind, events: Iterable[Event]) -> list[Record]:
    """All records of a stream."""
    decoder = decoder_for(kind)
    records: list[Record] = []
    for number, event in enumerate(events):
        records += decoder.feed(number, event)
    return [*records, *decoder.close()]


def frame(letter: bytes, body: bytes) -> bytes:
    """A message of PostgreSQL's."""
    return letter + (len(body) + 4).to_bytes(4, "big") + body
