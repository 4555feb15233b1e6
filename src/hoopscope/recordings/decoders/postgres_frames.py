"""What PostgreSQL clients send, cut into messages."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

from hoopscope.gateway.event import Event
from hoopscope.recordings.typed_lines import Place

SSL, GSS, CANCEL, STARTUP, GARBAGE = "ssl", "gss", "cancel", "startup", "garbage"
"""Messages without a type byte, and what is none."""

_SPECIAL = {80877103: SSL, 80877104: GSS, 80877102: CANCEL, 196608: STARTUP, 196610: STARTUP}
_TYPES = frozenset(b"QPBEDCSHXFpdcf")
_HOW = frozenset("DCSH")
"""Describe, Close, Sync, Flush: how something is done, not what; left out where they are whole."""
_LONGEST = 1 << 28
"""Longer than any message may be here; the length that four letters of a text spell is more."""
_LONGEST_STARTUP = 10_000
_LENGTH = struct.Struct(">I")
_HEADER = struct.Struct(">II")
_MOST_KEPT = 1 << 20
_MOST_FLOWS = 16
_CANDIDATE = re.compile(rb"[QPBEDCSHXFpdcf]\x00[\x00-\x0f]|\x00\x00[\x00-\x27]")


class Message(NamedTuple):
    """A message of a client's.

    type: its type byte as a letter, or one of the words above.
    body: what follows the length; at most 1 MB of it is kept.
    size: how long the body is.
    seconds, places: when and where it was recorded; the places are those of the body.
    first, last: numbers of the events that it is in.
    """

    type: str
    body: bytes
    size: int
    seconds: float
    places: tuple[Place, ...]
    first: int
    last: int


class _Flow:
    """A message that is not whole yet."""

    __slots__ = ("body", "first", "head", "missing", "places", "seconds", "type")

    def __init__(self, seconds: float, number: int) -> None:
        self.seconds = seconds
        self.first = number
        self.head = b""
        self.type = ""
        self.missing = 0
        self.body = bytearray()
        self.places: list[Place] = []


class PostgresFrames:
    """Cuts records into messages: several to a record, or one over several, of any client.

    Clients are mixed, without a sign of which is which: a record goes on with the message that was
    begun last, if what follows in it is a message again; one that is messages from its first byte
    to its last is another client's. What is neither is passed over, and given as garbage.
    """

    def __init__(self) -> None:
        self._flows: list[_Flow] = []

    @property
    def first_undecided(self) -> int | None:
        """The number of the first event with a message that is not whole."""
        return min((flow.first for flow in self._flows), default=None)

    def feed(self, number: int, event: Event) -> Iterator[Message]:
        """The messages that end in this event."""
        payload = event.payload
        at = 0
        if self._flows and _goes_on(self._flows[-1], payload):
            flow = self._flows.pop()
            at = self._go_on(flow, number, payload)
            if flow.missing or not flow.type:
                self._flows.append(flow)
                return
            yield _message(flow, number)
        yield from self._cut(number, event.seconds, payload, at)

    def close(self) -> Iterator[Message]:
        """What is left of messages that never became whole."""
        for flow in self._flows:
            last = flow.places[-1][0] if flow.places else flow.first
            flow.type, flow.missing = GARBAGE, 0
            flow.body[:0] = flow.head
            yield _message(flow, last)
        self._flows.clear()

    def _cut(self, number: int, seconds: float, payload: bytes, at: int) -> Iterator[Message]:
        end = len(payload)
        while at < end:
            header = _header(payload, at)
            if header is None:
                if end - at < 8 and _may_begin(payload[at:]):
                    flow = _Flow(seconds, number)
                    flow.head = payload[at:]
                    self._begin(flow)
                    return
                stop = _next_begin(payload, at + 1)
                places = ((number, at, stop),)
                yield Message(
                    GARBAGE, payload[at : min(stop, at + _MOST_KEPT)], stop - at, seconds, places,
                    number, number,
                )  # fmt: skip
                at = stop
                continue
            type_, start, size = header
            stop = start + size
            if stop > end:
                flow = _Flow(seconds, number)
                flow.type, flow.missing = type_, stop - end
                flow.body += payload[start : start + _MOST_KEPT]
                flow.places.append((number, start, end))
                self._begin(flow)
                return
            if type_ in _HOW:
                at = stop
                continue
            body = payload[start : min(stop, start + _MOST_KEPT)]
            yield Message(type_, body, size, seconds, ((number, start, stop),), number, number)
            at = stop

    def _begin(self, flow: _Flow) -> None:
        self._flows.append(flow)
        if len(self._flows) > _MOST_FLOWS:
            del self._flows[0]

    def _go_on(self, flow: _Flow, number: int, payload: bytes) -> int:
        """Add to a message; how many bytes of the payload belong to it."""
        at = 0
        if not flow.type:
            whole = flow.head + payload[:8]
            header = _header(whole, 0)
            if header is None and len(whole) < 8 and _may_begin(whole):
                flow.head = whole
                return len(payload)
            if header is None:
                # It only looked like the head of a message.
                flow.type, flow.body = GARBAGE, bytearray(flow.head)
                return 0
            flow.type, start, flow.missing = header
            at = max(0, start - len(flow.head))
        taken = payload[at : at + flow.missing]
        if len(flow.body) < _MOST_KEPT:
            flow.body += taken[: _MOST_KEPT - len(flow.body)]
        if len(flow.places) < 4096:
            flow.places.append((number, at, at + len(taken)))
        flow.missing -= len(taken)
        return at + len(taken)


def _message(flow: _Flow, number: int) -> Message:
    size = max(len(flow.body), sum(end - start for _, start, end in flow.places))
    return Message(
        flow.type, bytes(flow.body), size, flow.seconds, tuple(flow.places), flow.first, number
    )


def _header(payload: bytes, at: int) -> tuple[str, int, int] | None:
    """Type, where the body begins and its size; None where there is no message."""
    left = len(payload) - at
    if left >= 5 and payload[at] in _TYPES:
        (size,) = _LENGTH.unpack_from(payload, at + 1)
        if 4 <= size < _LONGEST:
            return chr(payload[at]), at + 5, size - 4
    if left >= 8 and payload[at] == 0:
        size, code = _HEADER.unpack_from(payload, at)
        if 8 <= size <= _LONGEST_STARTUP and code in _SPECIAL:
            return _SPECIAL[code], at + 8, size - 8
    return None


def _may_begin(head: bytes) -> bool:
    """Whether fewer than eight bytes can be the head of a message."""
    if head[0] in _TYPES and len(head) < 5:
        return len(head) == 1 or head[1] < _LONGEST >> 24
    return head[:2] == b"\x00\x00"[: len(head)]


def _goes_on(flow: _Flow, payload: bytes) -> bool:
    """Whether a record goes on with a message, and is not another client's."""
    if not flow.type:
        whole = flow.head + payload[:8]
        if _header(whole, 0) is not None or (len(whole) < 8 and _may_begin(whole)):
            return True
    elif flow.missing <= len(payload):
        rest = payload[flow.missing : flow.missing + 8]
        if not rest or _header(rest, 0) is not None or (len(rest) < 8 and _may_begin(rest)):
            return True
    return not _is_whole(payload)


def _is_whole(payload: bytes) -> bool:
    """Whether a record is messages from its first byte to its last one."""
    at = 0
    while at < len(payload):
        header = _header(payload, at)
        if header is None:
            return False
        at = header[1] + header[2]
    return at == len(payload)


def _next_begin(payload: bytes, at: int) -> int:
    """Where the next message seems to begin, or the end."""
    for match in _CANDIDATE.finditer(payload, at):
        if _header(payload, match.start()) is not None:
            return match.start()
    return len(payload)
