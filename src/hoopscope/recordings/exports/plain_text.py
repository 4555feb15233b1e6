"""`txt`: what a session printed, as text; on request with times and with what went in.

Where no text is stored, it is what the decoder made of the messages that are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from hoopscope.recordings.exports import ExportOptions, NothingToExport
from hoopscope.recordings.exports.batches import in_batches
from hoopscope.recordings.exports.escapes import PlainText, ShownText
from hoopscope.recordings.exports.material import Material
from hoopscope.recordings.exports.text_pieces import TextPieces, direction_of
from hoopscope.recordings.kinds import PRINTING, RecordingKind
from hoopscope.untrusted import harmless

_WORDS = {"i": "in ", "o": "out", "e": "end"}
"""What stands before a line: what went in, what came out, the gateway's closing message."""


class _Cleaner(Protocol):
    def feed(self, text: str) -> str: ...

    def end(self) -> str: ...


def chunks(material: Material, options: ExportOptions) -> Iterator[bytes]:
    """The text in UTF-8; bytes that are none are shown as `\\xff`, or stay as they are where raw.

    Raises:
        NothingToExport: nothing of this kind of session is stored at all.
    """
    if material.kind is RecordingKind.NONE:
        raise NothingToExport(material.kind.facts.stored)
    if material.kind not in PRINTING and options.escapes != "raw":
        return _decoded(material, options)
    if options.times or options.with_input:
        return _in_lines(material, options)
    if options.escapes == "raw":
        return _as_stored(material, options)
    return _as_text(material, options)


def _as_stored(material: Material, options: ExportOptions) -> Iterator[bytes]:
    for _, kind, payload in material.events(with_secrets=options.with_secrets):
        if kind in "oe":
            yield payload


def _as_text(material: Material, options: ExportOptions) -> Iterator[bytes]:
    pieces, cleaner = TextPieces("backslashreplace"), _cleaner(options)
    # Events are small: many at once cost less than one by one.
    for batch in in_batches(_as_stored(material, options)):
        yield cleaner.feed(pieces.feed("o", batch)).encode()
    for _, text in pieces.end():
        yield cleaner.feed(text).encode()
    yield cleaner.end().encode()


def _in_lines(material: Material, options: ExportOptions) -> Iterator[bytes]:
    """Each line behind the moment of its first byte, and behind its direction."""
    raw = options.escapes == "raw"
    errors = "surrogateescape" if raw else "backslashreplace"
    pieces = TextPieces(errors)
    lines = _Lines(material, options)
    wanted = "ioe" if options.with_input else "oe"
    seconds = 0.0
    for seconds, kind, payload in material.events(with_secrets=options.with_secrets):
        if kind in wanted and (text := pieces.feed(kind, payload)):
            yield lines.add(seconds, kind, text).encode("utf-8", errors)
    for kind, text in pieces.end():
        yield lines.add(seconds, kind, text).encode("utf-8", errors)
    yield lines.end(seconds).encode("utf-8", errors)


def _decoded(material: Material, options: ExportOptions) -> Iterator[bytes]:
    """A line for each record, what it holds indented below it."""
    from hoopscope.recordings.exports.decoded import Decoded

    decoded = Decoded(material, with_secrets=options.with_secrets)
    for record in decoded.records():
        moment = material.moment(record.moment) if options.times == "utc" else None
        title = decoded.shown(record.title)
        lines = [f"{name}: {decoded.shown(value)}" for name, value in record.fields]
        if (text := decoded.text(record)) != title:
            lines += text.split("\n")
        yield f"{moment or f'{record.moment:12.6f}'}  {record.kind}  {harmless(title)}\n".encode()
        for line in lines:
            yield f"    {harmless(line.expandtabs())}\n".encode()


class _Lines:
    """Puts what stands before a line before each; another direction begins another line."""

    def __init__(self, material: Material, options: ExportOptions) -> None:
        self._material = material
        self._options = options
        self._kind = ""
        self._at_start = True
        self._cleaners: dict[str, _Cleaner] = {}
        # Directions whose last line has not ended.
        self._broken_off: set[str] = set()

    def add(self, seconds: float, kind: str, text: str) -> str:
        """What an event adds."""
        if self._options.escapes != "raw":
            direction = direction_of(kind)
            if direction not in self._cleaners:
                self._cleaners[direction] = _cleaner(self._options)
            text = self._cleaners[direction].feed(text)
        return self._written(seconds, kind, text)

    def end(self, seconds: float) -> str:
        """What was held back, and the end of the last line."""
        rest = "".join(
            self._written(seconds, kind, cleaner.end()) for kind, cleaner in self._cleaners.items()
        )
        return rest if self._at_start and not rest else rest + ("" if self._at_start else "\n")

    def _written(self, seconds: float, kind: str, text: str) -> str:
        direction = direction_of(kind)
        if kind != self._kind and direction in self._broken_off and self._options.escapes != "raw":
            # The line that this ends was ended here already, when the direction changed.
            text = text.removeprefix("\n")
        if not text:
            return ""
        self._broken_off.discard(direction)
        if text[-1] != "\n":
            self._broken_off.add(direction)
        begun = "" if self._at_start or kind == self._kind else "\n"
        before = self._before(seconds, kind)
        if begun or self._at_start:
            begun += before
        self._kind = kind
        self._at_start = text[-1] == "\n"
        body = text.removesuffix("\n").replace("\n", "\n" + before)
        return begun + body + ("\n" if self._at_start else "")

    def _before(self, seconds: float, kind: str) -> str:
        parts = []
        if self._options.times:
            moment = self._material.moment(seconds) if self._options.times == "utc" else None
            parts.append(moment or f"{seconds:12.6f}")
        if self._options.with_input:
            parts.append(_WORDS.get(kind, kind))
        return "  ".join(parts) + "  "


def _cleaner(options: ExportOptions) -> _Cleaner:
    return PlainText() if options.escapes == "plain" else ShownText()
