"""The size of a recorded terminal, which is not recorded: concluded from what was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hoopscope.recordings import size_evidence
from hoopscope.recordings.emulator import MAX_COLUMNS, MAX_ROWS
from hoopscope.recordings.feeding import SHOWN
from hoopscope.recordings.shared_recording import SharedRecording

KNOWN, ESTIMATED, PARTLY, ASSUMED, SET = (
    "known",
    "estimated",
    "partly estimated",
    "assumed",
    "set",
)

_USUAL_COLUMNS, _USUAL_ROWS = 80, 24
_COMMON_COLUMNS = (80, 100, 120, 132, 160, 180, 200, 240, 300, 400)

_WINDOWS = 16
_FIRST_BYTES, _WINDOW_BYTES = 1 << 18, 1 << 15


class TerminalSize(NamedTuple):
    """Columns and rows, and how far they can be relied on.

    certainty: KNOWN where the terminal or a program said so, ESTIMATED from what programs did,
        PARTLY where only one of the two could be, ASSUMED where nothing tells, SET by the operator.
    """

    columns: int
    rows: int
    certainty: str


def estimated_size(recording: SharedRecording) -> TerminalSize:
    """The size that a recording's terminal most likely had; looks at parts of a long one."""
    typed, printed = bytearray(), bytearray()
    for kind, payload in _sampled(recording):
        (typed if kind == "i" else printed).extend(payload)
    return size_from(bytes(typed), bytes(printed))


def size_from(typed: bytes, printed: bytes) -> TerminalSize:
    """The size that goes with what went into a terminal and what came out."""
    if (told := size_evidence.told(typed, printed)) is not None and _can_be(*told):
        return TerminalSize(*told, KNOWN)
    rows = size_evidence.rows(printed)
    columns, least = size_evidence.columns(printed)
    rows = rows if rows and 1 < rows <= MAX_ROWS else 0
    columns = columns if columns and 20 <= columns <= MAX_COLUMNS else 0
    certainty = {0: ASSUMED, 1: PARTLY, 2: ESTIMATED}[bool(rows) + bool(columns)]
    if not columns:
        # Windows are wider than they are high; one too narrow would break every line.
        least = max(least, rows * 3)
        columns = next((each for each in _COMMON_COLUMNS if each >= least), _USUAL_COLUMNS)
    return TerminalSize(columns, rows or max(_USUAL_ROWS, round(columns / 3.5)), certainty)


def _can_be(columns: int, rows: int) -> bool:
    return 1 < columns <= MAX_COLUMNS and 1 < rows <= MAX_ROWS


def _sampled(recording: SharedRecording) -> Iterator[tuple[str, bytes]]:
    """The begin of a recording and windows on the rest."""
    stride = max(1, len(recording) // _WINDOWS)
    done = 0
    for window in range(_WINDOWS):
        left = _WINDOW_BYTES if window else _FIRST_BYTES
        number = max(done, window * stride)
        for _, kind, offset, length in recording.entries(number):
            number += 1
            if kind == "i" or kind in SHOWN:
                yield kind, recording.payload(offset, min(length, left))
                left -= length
            if left <= 0:
                break
        done = number
