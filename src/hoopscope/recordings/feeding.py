"""How the events of a recording are fed to an emulator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from hoopscope.recordings.shared_recording import Entry, SharedRecording

PIECE = 2048
"""Bytes fed at once, at most: no screen is passed over, and no work takes long."""

SLICE = 4096
"""Bytes of an event after which a seek can begin, if it has more."""

_MANY_LINES = 8
_ESCAPE = 0x1B
_CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\t\n"})
_LOOKS = re.compile(rb"\x1b(?:\[[0-9;:]*[mK]|\(B)")

SHOWN = "oe"
"""The kinds of events that appear on a screen."""


class Position(NamedTuple):
    """How far a recording was fed: whole events, and bytes of the next one."""

    event: int
    byte: int = 0


def pieces(payload: bytes, rows: int, size: int = PIECE) -> Iterator[bytes]:
    """A payload in pieces of at most `size` bytes and fewer line breaks than there are rows."""
    most = max(1, rows - 1)
    start = 0
    while start < len(payload):
        end = min(start + size, len(payload))
        if payload.count(b"\n", start, end) > most:
            end -= len(payload[start:end].split(b"\n", most)[-1])
        yield payload[start:end]
        start = end


def slices(
    recording: SharedRecording, event: Entry, plain: bool, start: int = 0
) -> Iterator[tuple[int, bytes]]:
    """What an emulator is fed of an event, from a byte of it on, in slices; each with its end."""
    _, kind, offset, length = event
    while start < length:
        raw = recording.payload(offset + start, min(SLICE, length - start))
        if not raw:
            return
        start += len(raw)
        yield start, as_fed(raw, kind, plain)


def as_fed(content: bytes, kind: str, plain: bool) -> bytes:
    """What an emulator is fed for some bytes of an event.

    `plain`: a line break alone begins a line. The gateway's own message stands in its own lines.
    """
    if plain or kind == "e":
        content = content.replace(b"\n", b"\r\n")
    return b"\r\n" + content + b"\r\n" if kind == "e" else content


def plain_lines(content: bytes) -> bytes | None:
    """Many lines without their colours, where there is nothing else in them; otherwise None."""
    if content.count(b"\n") <= _MANY_LINES:
        return None
    lines = content.replace(b"\r\n", b"\n")
    if _ESCAPE in lines:
        if lines.find(b"\x1b[K") >= 0:
            return None
        lines = _LOOKS.sub(b"", lines)
    return lines if len(lines.translate(None, _CONTROLS)) == len(lines) else None
