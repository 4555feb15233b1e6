"""What is known of an open session at one moment: its recording, its gaps, how the line stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from hoopscope.recordings.recording import Recording


class LiveState(Enum):
    """How an open session is followed."""

    CONNECTING = "connecting"
    LIVE = "live"
    STORED_ONLY = "stored only"
    """Nothing arrives live, as behind several replicas: followed by what is stored, up to 50 s
    behind and read about once a minute."""
    LOST = "lost"
    """The line is lost, and tried again."""
    ENDED = "ended"
    FAILED = "failed"
    """Given up: not allowed, no room on the disk, or the gateway does not know the session."""


class GapReason(Enum):
    """Why events may be missing."""

    NOT_STORED = "not stored yet"
    """They happened before one began to watch, and the gateway has not stored them yet."""
    LINE_LOST = "the line was lost"
    TOO_FAST = "came too fast"
    """The gateway drops events for a reader who is more than 32 behind, and does not say so."""
    WITHHELD = "withheld"
    """They happened before one began to watch, and what is stored is not for this reader."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where events may be missing, until the stored part covers it.

    first, last: the numbers of the events before each of which some may be missing; `last` is the
        number that the next event will have where the gap is still open.
    begins, ends: seconds, of the last event before the gap and of the event `last`; `ends` is None
        while the gap is open.
    """

    first: int
    last: int
    begins: float
    ends: float | None
    reason: GapReason

    @property
    def length(self) -> float | None:
        """In seconds; None while the gap is open."""
        return None if self.ends is None else max(0.0, self.ends - self.begins)


@dataclass(frozen=True, slots=True)
class LiveSnapshot:
    """One moment of following; safe to keep and to read from any thread.

    recording: all that is known, in order. It grows at its end; where the stored part corrects what
        is before that, another one takes its place and `generation` is one more. The one before
        stays readable until the one after.
    same: how many events, from the first on, are those that the recording before had; moved: the
        numbers that its others have now, as far as they are still there.
    stored: how many events, from the first on, are as the gateway has stored them.
    began: when recording began, in nanoseconds since 1970, from which its seconds count: assumed
        until events have come both ways; None while nothing is known.
    is_joined: whether what is stored was read to its end at least once.
    since: when the state began, in seconds since 1970.
    why: what went wrong, in words for an operator; "" while nothing does.
    is_withheld: whether this reader may watch, but not read what is stored.
    """

    recording: Recording
    generation: int
    same: int
    moved: Mapping[int, int]
    stored: int
    gaps: tuple[Gap, ...]
    state: LiveState
    since: float
    why: str = ""
    began: int | None = None
    is_joined: bool = False
    is_withheld: bool = False
