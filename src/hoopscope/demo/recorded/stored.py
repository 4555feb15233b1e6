"""A session's stream as the gateway stores it: what was recorded, and the gateway's last word."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hoopscope.demo.recorded.tape import Event, Recording, at, encoded_size, time_size


@dataclass(frozen=True, slots=True)
class Stored:
    """The events of a session that lasted `lasting` nanoseconds; can be read again and again."""

    recording: Recording | None
    lasting: int
    closing: bytes = b""

    def __iter__(self) -> Iterator[Event]:
        if self.recording is not None:
            yield from self.recording.events(self.lasting)
        if self.closing:
            yield at(self.lasting), "e", self.closing

    @property
    def size(self) -> int:
        """`event_size`: bytes of all triples as JSON; 0 where nothing was recorded."""
        found = 0 if self.recording is None else self.recording.size(self.lasting)
        if self.closing:
            found += encoded_size(len(self.closing)) + time_size(self.lasting)
        return found + 1 if found else 0


def triple(event: Event) -> bytes:
    """An event as it is stored."""
    moment, kind, payload = event
    return b'[%b,"%b","%b"]' % (repr(moment).encode(), kind.encode(), b64encode(payload))


def stored_json(events: Iterable[Event]) -> Iterator[bytes]:
    """A stream as its JSON, piece by piece."""
    before = b"["
    for event in events:
        yield before + triple(event)
        before = b","
    yield b"[]" if before == b"[" else b"]"


def stored_size(events: Iterable[Event]) -> int:
    """`event_size` of events at hand."""
    size = sum(len(triple(event)) + 1 for event in events)
    return size + 1 if size else 0
