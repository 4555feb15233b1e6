"""RDP: the handshake, and where and how large the pieces of the picture are; no picture."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hoopscope.gateway.event import Event
from hoopscope.recordings.decoders.raw import raw_record
from hoopscope.recordings.decoders.wording import closing, size_of
from hoopscope.recordings.marked_text import MarkedText
from hoopscope.recordings.record import HEX, Record

_TOGETHER = 1.0
_NUMBERS = re.compile(rb'"(x|y|width|height|bits_per_pixel)":(\d{1,5})')
_HEAD = 300


class RdpDecoder:
    """A record for the handshake; one for all pieces that came within a second."""

    def __init__(self) -> None:
        self._first = self._last = self._count = self._bytes = 0
        self._seconds = 0.0
        self._right = self._bottom = self._depth = 0

    def feed(self, number: int, event: Event) -> Iterator[Record]:
        """The records that are whole now."""
        if event.kind == "b":
            if self._count and event.seconds - self._seconds >= _TOGETHER:
                yield from self.settle()
            self._add(number, event)
            return
        yield from self.settle()
        if event.kind == "e":
            yield closing(number, event)
        elif event.kind == "h":
            title = MarkedText(f"the server's answer, {size_of(len(event.payload))}")
            yield Record(
                event.seconds, event.kind, number, number, "handshake", title, reference=HEX
            )
        elif event.payload:
            yield raw_record(number, event)

    def settle(self) -> Iterator[Record]:
        """The pieces of the picture so far."""
        if not self._count:
            return
        pieces = f"{self._count:,} piece{'s' * (self._count != 1)} of the picture"
        fields = [("size", MarkedText(size_of(self._bytes)))]
        if self._right:
            fields.append(("reach to", MarkedText(f"{self._right} by {self._bottom}")))
        if self._depth:
            fields.append(("bits a pixel", MarkedText(str(self._depth))))
        yield Record(
            self._seconds,
            "b",
            self._first,
            self._last,
            "picture",
            MarkedText(f"{pieces}, {size_of(self._bytes)}"),
            tuple(fields),
        )
        self._count = self._bytes = self._right = self._bottom = self._depth = 0

    def close(self) -> Iterator[Record]:
        """All that is left."""
        return self.settle()

    def _add(self, number: int, event: Event) -> None:
        if not self._count:
            self._first, self._seconds = number, event.seconds
        self._last = number
        self._count += 1
        self._bytes += len(event.payload)
        found = {name: int(value) for name, value in _NUMBERS.findall(event.payload[:_HEAD])}
        self._right = max(self._right, found.get(b"x", 0) + found.get(b"width", 0))
        self._bottom = max(self._bottom, found.get(b"y", 0) + found.get(b"height", 0))
        self._depth = max(self._depth, found.get(b"bits_per_pixel", 0))
