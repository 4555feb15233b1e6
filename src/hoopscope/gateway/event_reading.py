"""The events in a session's JSON, read while the document still arrives.

Source: gateway behaviour. `event_stream` is one of many members, an array of `[seconds, kind,
base64]`; it is left out where nothing was stored and where the reader may not have it, and holds a
sentence in place of events where the gateway could not encode them.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Generator
from contextlib import suppress
from typing import Any, Literal

import ijson

from hoopscope.gateway.answers import no_json
from hoopscope.gateway.body import PIECE
from hoopscope.gateway.errors import UnexpectedAnswer
from hoopscope.gateway.event import Event

_BASE64 = re.compile(rb"[A-Za-z0-9+/=]+\Z")
_SHOWN = 200
# In seconds; a stream lasts 48 h at most, and this only keeps out what no clock can show.
_LONGEST = 10**9
_TRY_AGAIN = "Try again; if it stays so, look at the proxies between here and the gateway."
_FORMAT = "The gateway may be newer than this program, and record in another form."

Found = Literal["absent", "null", "events"]


class EventReader:
    """Takes the pieces of a document, gives its events. Raises UnexpectedAnswer, nothing else.

    `found` tells, once the document is whole, what there was under `event_stream`.
    """

    def __init__(self, host: str) -> None:
        self.found: Found = "absent"
        self._host = host
        self._events: list[Event] = []
        self._count = 0
        self._failure: UnexpectedAnswer | None = None
        self._begun = b""
        self._is_whole = False
        self._expects_payload = False
        # The parser begins a long string anew with every piece of it, which would be quadratic:
        # it is not given what lies inside of a payload that is longer than a piece.
        self._is_inside = False
        self._beside: list[bytes] = []
        walk = self._walk()
        next(walk)
        self._parser = ijson.basic_parse_coro(walk, use_float=True)

    def feed(self, piece: bytes) -> list[Event]:
        """The events that a further piece of the document completes, those before a bad one too."""
        if self._failure is not None:
            raise self._failure
        if not piece:
            return []
        if len(self._begun) < 1_000:
            self._begun += piece[:1_000]
        if self._is_inside:
            piece = self._past_payload(piece)
        if piece:
            try:
                self._send(piece)
            except UnexpectedAnswer as error:
                if not self._events:
                    raise
                self._failure = error
        events, self._events = self._events, []
        return events

    def finish(self) -> None:
        """Say that the document is over. Raises where it should not be."""
        if self._failure is not None:
            raise self._failure
        try:
            self._parser.close()
        except (ijson.JSONError, ValueError, RuntimeError) as error:
            raise self._damaged() from error
        if not self._is_whole:
            raise self._damaged()

    def close(self) -> None:
        """Read no further, whether or not the document is over."""
        with suppress(ijson.JSONError, ValueError, RuntimeError, StopIteration, UnexpectedAnswer):
            self._parser.close()

    def _past_payload(self, piece: bytes) -> bytes:
        """What of a piece that begins inside of a payload its parser has to see."""
        end = piece.find(b'"')
        inside = piece if end < 0 else piece[:end]
        if not _BASE64.match(inside):
            return piece
        self._beside.append(inside)
        return b"" if end < 0 else piece[end:]

    def _send(self, piece: bytes) -> None:
        try:
            self._parser.send(piece)
        except UnexpectedAnswer:
            raise
        except (ijson.JSONError, ValueError, OverflowError, RecursionError, StopIteration) as error:
            raise self._damaged() from error
        self._is_inside = self._expects_payload and self._ends_inside(piece)

    def _ends_inside(self, piece: bytes) -> bool:
        """Whether a piece that was sent, while a payload was to come, ends in the middle of it."""
        quote = piece.rfind(b'"')
        if quote < 0:
            return self._is_inside
        if quote == len(piece) - 1:
            return piece[:quote].rstrip().endswith(b",")
        return _BASE64.match(piece, quote + 1) is not None

    def _walk(self) -> Generator[None, tuple[str, Any], None]:
        """Follows the parser through the document."""
        event, _ = yield
        if event != "start_map":
            raise self._damaged()
        while True:
            event, key = yield
            if event == "end_map":
                break
            event, _ = yield
            if key != "event_stream":
                yield from _past(event)
            elif event == "null":
                self.found = "null"
            elif event == "start_array":
                self.found = "events"
                yield from self._stream()
            else:
                raise self._unfit("is no list")
        self._is_whole = True
        while True:
            yield

    def _stream(self) -> Generator[None, tuple[str, Any], None]:
        while True:
            event, value = yield
            if event == "end_array":
                return
            if event == "string":
                raise UnexpectedAnswer(
                    f"{self._host} sent words in place of the recording: {value[:_SHOWN]}",
                    "The gateway's own page may offer it as a download.",
                    detail=value,
                )
            if event != "start_array":
                raise self._unfit("is no list")
            event, seconds = yield
            if event != "number" or not -_LONGEST < seconds < _LONGEST:
                raise self._unfit("has no time")
            event, kind = yield
            if event != "string" or not kind:
                raise self._unfit("has no kind")
            self._expects_payload = True
            event, payload = yield
            self._expects_payload = False
            if event != "string":
                raise self._unfit("has no content")
            event, _ = yield
            if event != "end_array":
                raise self._unfit("has more than three parts")
            # A clock that was set back meanwhile counts from before the beginning.
            moment = max(0.0, float(seconds))
            self._events.append(Event(moment, kind, self._decoded(payload)))
            self._count += 1

    def _decoded(self, payload: str) -> bytes:
        try:
            if not self._beside and len(payload) <= PIECE:
                return binascii.a2b_base64(payload, strict_mode=True) if payload else b""
            text = b"".join([payload.encode(), *self._beside])
            self._beside = []
            # In steps, none of which holds the interpreter for a millisecond.
            return b"".join(
                binascii.a2b_base64(text[start : start + PIECE], strict_mode=True)
                for start in range(0, len(text), PIECE)
            )
        except ValueError:
            raise self._unfit("is no base64") from None

    def _unfit(self, what: str) -> UnexpectedAnswer:
        return UnexpectedAnswer(f"Event {self._count + 1} of the recording {what}.", _FORMAT)

    def _damaged(self) -> UnexpectedAnswer:
        if self._begun.lstrip()[:1] == b"{":
            return UnexpectedAnswer(
                f"The answer of {self._host} breaks off in the middle, or is damaged.", _TRY_AGAIN
            )
        return no_json(self._begun.decode("utf-8", "replace"), self._host)


def _past(event: str) -> Generator[None, tuple[str, Any], None]:
    """Goes on to the end of a value that is of no interest."""
    depth = 0
    while True:
        if event in ("start_map", "start_array"):
            depth += 1
        elif event in ("end_map", "end_array"):
            depth -= 1
        if depth == 0:
            return
        event, _ = yield
