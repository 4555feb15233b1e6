"""The size of a recorded terminal, which is not recorded: concluded from what was."""

from __future__ import annotations

from typing import NamedTuple

from hoopscope.recordings.shared_recording import SharedRecording

KNOWN, ESTIMATED, ASSUMED, SET = "known", "estimated", "assumed", "set"


class TerminalSize(NamedTuple):
    """Columns and rows, and how far they can be relied on.

    certainty: KNOWN where the terminal or a program said so, ESTIMATED from what programs did,
        ASSUMED where nothing tells, SET by the operator.
    """

    columns: int
    rows: int
    certainty: str


def estimated_size(recording: SharedRecording) -> TerminalSize:
    """The size that a recording's terminal most likely had."""
    return TerminalSize(80, 24, ASSUMED)
