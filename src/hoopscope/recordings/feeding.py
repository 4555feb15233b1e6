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
_CONTROLS = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
_LOOKS = re.compile(rb"\x1b(?:\[[0-9;:]*[mK]|\(B)")

SHOWN = "oe"
"""The kinds of events that appear on a screen."""


class Position(NamedTuple):
    """How far a recording was fed: whole events, and bytes of the next one."""

    event: int
    byte: int = 0


def pieces(payload: bytes, rows: int) -> Iterator[bytes]:
    """A payload in pieces of at most `PIECE` bytes and fewer line breaks than there are rows."""
    most = max(1, rows - 1)
    if len(payload) <= PIECE and payload.count(b"\n") < most:
        yield payload
        return
    start = 0
    while start < len(payload):
        end = min(start + PIECE, len(payload))
        breaks, at = 0, start
        while breaks < most and (at := payload.find(b"\n", at, end) + 1):
            breaks += 1
        if breaks == most:
            end = at
        yield payload[start:end]
        start = end


def slices(
    recording: SharedRecording, event: Entry, plain: bool, start: int = 0
) -> Iterator[tuple[int, bytes]]:
    """What an emulator is fed of an event, from a byte of it on, in slices; each with its end.

    `plain`: a line break alone begins a line. The gateway's own message stands in its own lines.
    """
    _, kind, offset, length = event
    while start < length:
        raw = recording.payload(offset + start, min(SLICE, length - start))
        if not raw:
            return
        start += len(raw)
        content = raw.replace(b"\n", b"\r\n") if plain or kind == "e" else raw
        yield start, b"\r\n" + content + b"\r\n" if kind == "e" else content


def plain_lines(content: bytes) -> bytes | None:
    """Many lines without their colours, where there is nothing else in them; otherwise None."""
    if content.count(b"\n") <= _MANY_LINES:
        return None
    lines = content.replace(b"\r\n", b"\n")
    if b"\x1b" in lines:
        lines = _LOOKS.sub(b"", lines)
    return None if _CONTROLS.search(lines) else lines
