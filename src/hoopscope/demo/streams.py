"""The stream of one session in the forms that `event_stream` asks for."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from hoopscope.demo.query import Refused
from hoopscope.demo.recordings import Event, triples

_UNREADABLE = (
    "An internal error occurred: unable to decode the event stream due to invalid characters.\n"
    "Please download the session as an alternative."
)


def stream_variant(found: dict[str, Any], events: tuple[Event, ...], variant: str) -> None:
    """Put the stream into a session's JSON: triples, or outputs only as one string.

    Raises:
        Refused: 422 for a form that the gateway does not know.
    """
    outputs = b"".join(payload for _, kind, payload in events if kind != "i")
    if variant == "":
        found["event_stream"] = triples(events)
    elif variant == "base64":
        found["event_stream"] = [b64encode(outputs).decode()]
        found["event_size"] = len(found["event_stream"][0])
    elif variant == "utf8":
        found["event_stream"] = [_clean(outputs)]
        found["event_size"] = len(outputs)
    elif variant == "raw-queries":
        _raw_queries(found, events)
    else:
        raise Refused(422, "event_stream attribute has an unknown type format")


def _clean(outputs: bytes) -> str:
    """The text, or the gateway's sentence in place of what is not clean text."""
    try:
        text = outputs.decode()
    except UnicodeDecodeError:
        return _UNREADABLE
    return (
        _UNREADABLE if any(ord(letter) < 32 and letter not in "\t\n\r" for letter in text) else text
    )


def _raw_queries(found: dict[str, Any], events: tuple[Event, ...]) -> None:
    """The statements of a Postgres connect; nothing for its execs; elsewhere the triples."""
    if found["connection_subtype"] != "postgres":
        found["event_stream"] = triples(events)
    elif found["verb"] == "exec":
        found["event_stream"] = None
        found["event_size"] = 0
    else:
        found["event_stream"] = triples(
            tuple((moment, kind, text[5:-1]) for moment, kind, text in events if text[:1] == b"Q")
        )
