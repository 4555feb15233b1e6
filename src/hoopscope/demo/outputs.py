"""A session's events as one text, as `result/stream` and the downloads have them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hoopscope.demo.recorded.tape import Event
from hoopscope.demo.times import text_of

_KINDS = ("i", "o", "e")
_SECOND = 1_000_000
# as the gateway's encoder: these may stand nowhere else than inside strings
_ESCAPED = (
    ("<", "\\u003c"),
    (">", "\\u003e"),
    ("&", "\\u0026"),
    ("\u2028", "\\u2028"),
    ("\u2029", "\\u2029"),
)
_BROKEN = dict.fromkeys(range(0xDC80, 0xDD00), "\\ufffd")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events, and what stands around each; `extension` decides on JSON and CSV."""

    newline: bool
    event_time: bool
    kinds: tuple[str, ...]
    extension: str = ""

    @classmethod
    def of(cls, given: dict[str, bytes]) -> Wanted:
        """What a request asks for: switches count as set only when they are `1`."""
        asked = given.get("events", b"").decode("utf-8", "replace").split(",")
        return cls(
            newline=given.get("newline") == b"1",
            event_time=given.get("event-time") == b"1",
            kinds=tuple(kind for kind in _KINDS if kind in asked) or ("o", "e"),
            extension=given.get("extension", b"").decode("utf-8", "replace"),
        )


def output(events: Iterable[Event], start: int, wanted: Wanted) -> Iterator[bytes]:
    """The text, event by event; `start` is the session's, in microseconds since 1970.

    Times are cut to whole seconds twice: the event's, and the sum of both.
    """
    chosen = (event for event in events if event[1] in wanted.kinds)
    if wanted.extension.endswith("json"):
        yield from _json(chosen, start)
        return
    commas = wanted.extension.endswith("csv")
    for moment, _, payload in chosen:
        text = payload.replace(b"\t", b",") if commas else payload
        before = f"{_time(start, moment)} ".encode() if wanted.event_time else b""
        yield before + text + (b"\n" if wanted.newline else b"")


def _time(start: int, moment: float) -> str:
    return text_of((start + int(moment) * _SECOND) // _SECOND * _SECOND)


def _json(events: Iterable[Event], start: int) -> Iterator[bytes]:
    before = b"["
    for moment, kind, payload in events:
        found = {
            "stream": payload.decode("utf-8", "surrogateescape"),
            "time": _time(start, moment),
            "type": kind,
        }
        yield before + go_json(found)
        before = b","
    yield b"null" if before == b"[" else b"]"


def go_json(value: object) -> bytes:
    """JSON as the gateway writes it: bytes that are no UTF-8 (surrogates here) are U+FFFD each."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for letter, escaped in _ESCAPED:
        if letter in text:
            text = text.replace(letter, escaped)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.translate(_BROKEN).encode("utf-8", "surrogatepass")
