"""HTTP messages out of bytes that come in pieces, one message behind the other."""

from __future__ import annotations

import re
from typing import Any

import httptools

from hoopscope.gateway.event import Event

_MOST_BODY = 1 << 20
_MOST_HEADERS = 200
_MOST_HEAD = 262_144
_LONGEST_VALUE = 16_384

_REQUEST = re.compile(
    rb"(?:GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS|CONNECT|TRACE|PROPFIND|PROPPATCH|MKCOL|COPY|MOVE"
    rb"|LOCK|UNLOCK|SEARCH|REPORT|PURGE|LINK|UNLINK) [^\x00-\x20\x7f]{1,65536} HTTP/\d"
)
_RESPONSE = re.compile(rb"HTTP/\d(?:\.\d)? \d{3}[ \r\n]")


def begins_message(direction: str, payload: bytes) -> bool:
    """Whether bytes begin with the first line of a request (`i`) or of a response (`o`)."""
    return bool((_REQUEST if direction == "i" else _RESPONSE).match(payload))


class HttpMessage:
    """A request or a response as far as it has come.

    target: of a request; status, reason: of a response.
    body: as it was sent, its first MB; `size` is how much there was.
    is_doubtful: whether some of it may belong to another message.
    """

    __slots__ = (
        "body", "first", "has_head", "headers", "is_doubtful", "is_streamed", "is_upgrade",
        "is_whole", "last", "method", "reason", "seconds", "size", "status", "target",
    )  # fmt: skip

    def __init__(self, number: int, seconds: float) -> None:
        self.first = self.last = number
        self.seconds = seconds
        self.method = ""
        self.target = b""
        self.status = 0
        self.reason = b""
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = bytearray()
        self.size = 0
        self.has_head = self.is_whole = self.is_upgrade = False
        self.is_streamed = self.is_doubtful = False

    def header(self, name: bytes) -> str:
        """A header's first value, lower-case; "" where it is not there."""
        for known, value in self.headers:
            if known.lower() == name:
                return value.decode("latin-1").strip().lower()
        return ""


class HttpStream:
    """One client's or one server's bytes of one connection, until a message is whole.

    Args:
        direction: `i` for requests, `o` for responses.
        without_body: whether the response has none, since it answers a HEAD.
    """

    def __init__(self, direction: str, *, without_body: bool = False) -> None:
        self._is_request = direction == "i"
        self._without_body = without_body
        self._parser: Any = (
            httptools.HttpRequestParser(self)
            if self._is_request
            else httptools.HttpResponseParser(self)
        )
        self._number = 0
        self._seconds = 0.0
        self._head = 0
        self._whole: list[HttpMessage] = []
        self.message: HttpMessage | None = None
        """The message that is not whole yet."""
        self.pieces: list[bytes] = []
        """What has come of the body of a streamed response since it was last taken."""
        self.failed: bytes | None = None
        """Bytes that are no HTTP, after which nothing can be read any more."""

    def feed(self, number: int, event: Event) -> list[HttpMessage]:
        """The messages that are whole now."""
        self._number, self._seconds = number, event.seconds
        if self.message is not None:
            self.message.last = number
        try:
            self._parser.feed_data(event.payload)
        except (httptools.HttpParserUpgrade, httptools.HttpParserError):
            # An upgrade of a response is an error to this parser; where it is, nobody says.
            self.failed = self._behind_message(event.payload)
        if self.message is not None and not self.message.has_head:
            self._head += len(event.payload)
            if self._head > _MOST_HEAD:
                self.failed = event.payload
        whole, self._whole = self._whole, []
        return whole

    def _behind_message(self, payload: bytes) -> bytes:
        """What is behind the message that this payload is begun by and ended; else all of it."""
        # What cannot be read may have begun a message, but has no head.
        begun = self.message
        if not self._whole or (begun is not None and begun.has_head):
            return payload
        last = self._whole[-1]
        behind = payload.partition(b"\r\n\r\n")[2]
        if last.is_upgrade:
            return behind
        is_here = len(self._whole) == 1 and last.first == last.last
        if not is_here or last.header(b"transfer-encoding"):
            return payload
        return behind[last.size :]

    def on_message_begin(self) -> None:
        """A parser's call: a message begins."""
        self.message = HttpMessage(self._number, self._seconds)

    def on_url(self, url: bytes) -> None:
        """A parser's call: a piece of the target."""
        if self.message is not None and len(self.message.target) < 65536:
            self.message.target += url

    def on_status(self, status: bytes) -> None:
        """A parser's call: a piece of the words behind the status."""
        if self.message is not None and len(self.message.reason) < 1024:
            self.message.reason += status

    def on_header(self, name: bytes, value: bytes) -> None:
        """A parser's call: a header."""
        message = self.message
        if message is not None and len(message.headers) < _MOST_HEADERS:
            message.headers.append((name, (value or b"")[:_LONGEST_VALUE]))

    def on_headers_complete(self) -> None:
        """A parser's call: the head is whole."""
        message = self.message
        if message is None:
            return
        message.has_head = True
        self._head = 0
        if self._is_request:
            message.method = self._parser.get_method().decode("latin-1")
        else:
            message.status = self._parser.get_status_code()
            message.is_upgrade = message.status == 101
            message.is_streamed = message.header(b"content-type").startswith("text/event-stream")

    def on_body(self, body: bytes) -> None:
        """A parser's call: a piece of the body."""
        message = self.message
        if message is None:
            return
        message.size += len(body)
        if message.is_streamed:
            self.pieces.append(body)
        elif len(message.body) < _MOST_BODY:
            message.body += body[: _MOST_BODY - len(message.body)]

    def on_message_complete(self) -> None:
        """A parser's call: the message is whole."""
        if self.message is not None:
            self.message.is_whole = True
        self._end()

    @property
    def is_done(self) -> bool:
        """Whether nothing more can come of it."""
        if self.failed is not None:
            return True
        return self._without_body and self.message is not None and self.message.has_head

    def _end(self) -> None:
        if self.message is not None:
            self.message.is_upgrade |= self._is_request and bool(self.message.header(b"upgrade"))
            self._whole.append(self.message)
            self.message = None
