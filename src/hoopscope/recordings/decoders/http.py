"""HTTP: requests and responses, of which several may be under way at the same time."""

from __future__ import annotations

from collections.abc import Iterator

from hoopscope.gateway.event import Event
from hoopscope.recordings.decoders.http_messages import HttpMessage, HttpStream, begins_message
from hoopscope.recordings.decoders.http_pairs import HttpPairs
from hoopscope.recordings.decoders.http_records import (
    piece_record,
    request_record,
    response_record,
)
from hoopscope.recordings.decoders.raw import raw_record
from hoopscope.recordings.decoders.wording import closing
from hoopscope.recordings.record import Record
from hoopscope.recordings.secret_patterns import secrets_in

_MOST_OPEN = 32


class HttpDecoder:
    """A record for each message once it is whole; for each piece of a stream of events.

    Nothing in a recording tells connections apart. A record of the gateway's that begins with the
    first line of a message begins one; any other goes on with the message that is open, and where
    several are, with the one that was fed last, which is said.
    """

    def __init__(self) -> None:
        self._open: dict[str, list[HttpStream]] = {"i": [], "o": []}
        self._pairs = HttpPairs()
        self._upgraded = False

    def feed(self, number: int, event: Event) -> Iterator[Record]:
        """The records that are whole now."""
        streams = self._open.get(event.kind)
        if streams is None:
            yield from self.close()
            yield closing(number, event) if event.kind == "e" else raw_record(number, event)
            return
        if begins_message(event.kind, event.payload):
            without_body = event.kind == "o" and self._pairs.expects_no_body
            stream = HttpStream(event.kind, without_body=without_body)
            streams[:] = [open_one for open_one in streams if open_one.message is not None]
            streams.append(stream)
            if len(streams) > _MOST_OPEN:
                yield from self._left(streams.pop(0), event.kind)
        elif streams:
            # One without a message may hold the first bytes of the next one.
            stream = streams[-1]
            if len(streams) > 1 and stream.message is None:
                streams.pop()
                stream = streams[-1]
            if len(streams) > 1 and stream.message is not None:
                stream.message.is_doubtful = True
        else:
            if event.payload.strip():
                yield raw_record(number, event, "frames" if self._upgraded else "")
            return
        yield from self._fed(stream, number, event)

    def settle(self) -> Iterator[Record]:
        """Messages wait until they are whole."""
        return iter(())

    def close(self) -> Iterator[Record]:
        """All that is left, as far as it has come."""
        for direction, streams in self._open.items():
            for stream in streams:
                yield from self._left(stream, direction)
            streams.clear()

    def _fed(self, stream: HttpStream, number: int, event: Event) -> Iterator[Record]:
        before = stream.message
        for message in stream.feed(number, event):
            if message is not before or not message.is_streamed:
                yield self._record(message, event.kind)
            if message.is_streamed and message is not before:
                stream.pieces.clear()
        message_now = stream.message
        if message_now is not None and message_now.is_streamed and message_now is not before:
            yield self._record(message_now, event.kind)
        if stream.pieces:
            piece = b"".join(stream.pieces)
            stream.pieces.clear()
            yield piece_record(number, event.seconds, piece)
        if stream.is_done:
            self._open[event.kind].remove(stream)
            yield from self._left(stream, event.kind)
            if stream.failed:
                kind = "frames" if self._upgraded else ""
                yield _rest_record(number, event, stream.failed, kind)

    def _left(self, stream: HttpStream, direction: str) -> Iterator[Record]:
        """What there is of a message that is not going to be whole."""
        message = stream.message
        if message is not None and message.has_head and not message.is_streamed:
            yield self._record(message, direction)

    def _record(self, message: HttpMessage, direction: str) -> Record:
        if direction == "i":
            name = self._pairs.asked(message)
            return request_record(message, name)
        self._upgraded |= message.is_upgrade
        return response_record(message, self._pairs.answered())


def _rest_record(number: int, event: Event, rest: bytes, kind: str) -> Record:
    """The record of what is behind a message; of all, where that alone would give away a secret."""
    behind = len(event.payload) - len(rest)
    if not behind or any(secret.end > behind for secret in secrets_in(event.payload)):
        return raw_record(number, event, kind)
    return raw_record(number, event._replace(payload=rest), kind, is_part=True)
