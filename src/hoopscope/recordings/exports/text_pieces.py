"""TextPieces: bytes that arrive in events, as text, each direction on its own."""

from __future__ import annotations

import codecs
from collections.abc import Iterator


class TextPieces:
    """Decodes UTF-8 as it comes; a character that is cut in two is given with its second part.

    What went in and what came out are two streams, however their events alternate. `errors` is
    what becomes of bytes that are no UTF-8, as `bytes.decode` has it.
    """

    def __init__(self, errors: str) -> None:
        self._make = codecs.getincrementaldecoder("utf-8")
        self._errors = errors
        self._decoders: dict[str, codecs.IncrementalDecoder] = {}

    def feed(self, kind: str, payload: bytes) -> str:
        """The text that an event makes whole."""
        direction = direction_of(kind)
        decoder = self._decoders.get(direction)
        if decoder is None:
            if payload.isascii():
                return payload.decode("ascii")
            decoder = self._decoders[direction] = self._make(self._errors)
        return decoder.decode(payload)

    def end(self) -> Iterator[tuple[str, str]]:
        """By direction, what was still waiting for its second part."""
        for direction, decoder in self._decoders.items():
            if text := decoder.decode(b"", True):
                yield direction, text


def direction_of(kind: str) -> str:
    """`i` for what went in, `o` for what came out, the gateway's closing message included."""
    return "i" if kind == "i" else "o"
