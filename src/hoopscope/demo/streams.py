"""The stream of one session in the forms that `event_stream` asks for."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from typing import Any

from hoopscope.demo.outputs import go_json
from hoopscope.demo.query import Refused
from hoopscope.demo.recorded.stored import stored_json
from hoopscope.demo.recorded.tape import Event

_UNREADABLE = (
    "An internal error occurred: unable to decode the event stream due to invalid characters.\n"
    "Please download the session as an alternative."
)
_PLACE = b'"event_stream":null'


def with_stream(session: dict[str, Any], events: Iterable[Event], variant: str) -> Iterator[bytes]:
    """A session's JSON with its stream: triples, or outputs only as one string.

    Raises:
        Refused: 422 for a form that the gateway does not know.
    """
    if variant == "" or (variant == "raw-queries" and session["connection_subtype"] != "postgres"):
        return _around(session, stored_json(events))
    if variant == "raw-queries":
        queries = [
            (moment, kind, query)
            for moment, kind, payload in events
            if kind == "i" and (query := _first_query(payload))
        ]
        session["event_size"] = sum(len(query) for _, _, query in queries)
        return _around(session, stored_json(queries) if queries else [b"null"])
    if variant not in ("base64", "utf8"):
        raise Refused(422, "event_stream attribute has an unknown type format")
    outputs = b"".join(payload for _, kind, payload in events if kind in "oe")
    if variant == "base64":
        text = b64encode(outputs).decode()
        session["event_size"] = len(text)
    else:
        text = outputs.decode("utf-8", "surrogateescape")
        session["event_size"] = len(text)
        text = text if _clean(text) else _UNREADABLE
    return _around(session, [json.dumps([text], ensure_ascii=False).encode()])


def _around(session: dict[str, Any], stream: Iterable[bytes]) -> Iterator[bytes]:
    """The session's fields in the gateway's order: its stream comes before its size."""
    found: dict[str, Any] = {}
    for name, value in session.items():
        if name == "event_size":
            found["event_stream"] = None
        found[name] = value
    before, _, behind = go_json(found).partition(_PLACE)
    yield before + b'"event_stream":'
    yield from stream
    yield behind


def _clean(text: str) -> bool:
    """Whether the gateway's way to quote a text is JSON too.

    It writes what cannot be printed as `\\a`, `\\v`, `\\x1b` or `\\U000e0001`: JSON knows none
    of these.
    """
    return not any(
        (letter < " " and letter not in "\b\f\n\r\t")
        or letter == "\x7f"
        or "\ud800" <= letter <= "\udfff"
        or (letter > "\uffff" and not letter.isprintable())
        for letter in set(text)
    )


def _first_query(payload: bytes) -> bytes:
    """The statement in a record's first message; of no other message anything is seen."""
    if payload[:1] == b"Q":
        return payload[5 : int.from_bytes(payload[1:5], "big")]
    if payload[:1] != b"P" or len(payload) < 6:
        return b""
    _, named, rest = payload[5:].partition(b"\0")
    query, ended, _ = rest.partition(b"\0")
    return query if named and ended else b""
