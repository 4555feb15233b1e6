"""Playhead: where a replay is, and when what comes next is due."""

from __future__ import annotations

from hoopscope.recordings.feeding import SHOWN
from hoopscope.recordings.recording import Recording

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
IDLE_SECONDS = 2.0

_LONGEST_STRIDE = 1.0
_MOST_AT_ONCE = 1000
"""Events that are looked at one by one, at most: whoever asks is waiting."""


class Playhead:
    """A moment and a number of events; moves when it is told that time has passed.

    Args:
        recording: what is played; may grow.
        idle: seconds that are played of any silence; the rest is cut. 0 plays all of it.
    """

    def __init__(
        self, recording: Recording, *, speed: float = 1.0, idle: float = IDLE_SECONDS
    ) -> None:
        self.recording = recording
        self.speed = speed
        self.idle = idle
        self.clock = 0.0
        """Seconds into the recording."""
        self.event = 0
        """How many events have happened."""
        self.cut = 0.0
        """Seconds of silence that the last movement left out."""

    @property
    def is_at_end(self) -> bool:
        """Whether all there is has happened."""
        return self.event >= len(self.recording)

    def advance(self, seconds: float) -> None:
        """So much time has passed for whoever watches; a stall does not make up for itself."""
        self.cut = 0.0
        budget = min(seconds, _LONGEST_STRIDE) * self.speed
        for _ in range(_MOST_AT_ONCE):
            if self.is_at_end:
                return
            due = self.recording.clock(self.event)
            wait = self._wait(due)
            if budget < wait:
                self.clock += budget
                return
            budget -= wait
            self.cut += due - self.clock - wait
            if not self.idle or budget <= self.idle:
                # No silence within the rest can be longer than the rest.
                self.event = self.recording.number_at(due + budget)
                self.clock = min(due + budget, self.recording.duration)
                return
            self.clock, self.event = due, self.recording.number_at(due)

    def until_next(self) -> float:
        """Seconds until the next event, for whoever watches; 0 at the end."""
        if self.is_at_end:
            return 0.0
        return self._wait(self.recording.clock(self.event)) / self.speed

    def go_to_event(self, event: int) -> None:
        """To the moment at which so many events have happened."""
        self.event = max(0, min(event, len(self.recording)))
        self.clock = self.recording.clock(self.event - 1) if self.event else 0.0
        self.cut = 0.0

    def go_to_clock(self, clock: float) -> None:
        """To a moment."""
        self.clock = max(0.0, min(clock, self.recording.duration))
        self.event = self.recording.number_at(self.clock)
        self.cut = 0.0

    def step(self, direction: int) -> None:
        """To the screen before or behind; events that show nothing are passed over."""
        event = self.event
        while event + min(direction, 0) >= 0 and event + max(direction, 0) <= len(self.recording):
            event += direction
            _, _, kind, _, length = self.recording.entry(event - (direction > 0))
            if kind in SHOWN and length:
                break
        self.go_to_event(event)

    def faster(self, direction: int) -> None:
        """The next speed up or down, if there is one."""
        others = [each for each in SPEEDS if (each - self.speed) * direction > 0]
        if others:
            self.speed = min(others) if direction > 0 else max(others)

    def _wait(self, due: float) -> float:
        """Seconds of the recording until it goes on, without the silence that is cut."""
        last = self.recording.clock(self.event - 1) if self.event else 0.0
        if self.idle and due - last > self.idle:
            return max(0.0, min(due, last + self.idle) - self.clock)
        return max(0.0, due - self.clock)
