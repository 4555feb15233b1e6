"""One reading of the stored part of an open session, held against what is known of it so far."""

from __future__ import annotations

from collections.abc import Sequence

from hoopscope.gateway.event import Event
from hoopscope.recordings.following.matching import ASSUMED, nanoseconds_of
from hoopscope.recordings.recording import Recording

# The gateway cuts what raw protocols send to this when it stores it.
_CUT = 5_000


class StoredReading:
    """Takes stored events in their order, from the first on.

    While they are the events that are held, nothing is written. Where more are stored than held,
    they are added to what is held (`adds`: live events have to wait meanwhile). Where they differ,
    they go into a recording of their own, which begins with a copy of what was the same.
    """

    def __init__(self, held: Recording, confirmed: int) -> None:
        self.recording = held
        self.count = 0
        """How many events are stored, as far as they have been read."""
        self.same = 0
        """How many events, from the first on, were held already."""
        # Where nothing is held yet, what is stored comes first.
        self.adds = not len(held)
        self._held = held
        self._confirmed = confirmed

    @property
    def differs(self) -> bool:
        """Whether the stored events are in a recording of their own."""
        return self.recording is not self._held

    def take(self, events: Sequence[Event]) -> None:
        """Go on with the next events. Raises SpoolFull."""
        place = 0
        if not self.adds and not self.differs:
            place = self._compared(events)
        if place < len(events):
            self.recording.append(events[place:])
        self.count += len(events)

    def abandon(self) -> None:
        """Give up a recording that was begun and is not wanted."""
        if self.differs:
            self.recording.close()

    def _compared(self, events: Sequence[Event]) -> int:
        """How many of these events are the ones that are held."""
        entries = self._held.entries(self.same, self.same + len(events))
        for place, event in enumerate(events):
            entry = next(entries, None)
            if entry is None:
                self.adds = True
                return place
            if not self._is_same(event, entry):
                self.recording = Recording()
                self.recording.begin_as(self._held, self.same)
                return place
            self.same += 1
        return len(events)

    def _is_same(self, event: Event, entry: tuple[float, float, str, int, int]) -> bool:
        seconds, _, kind, offset, length = entry
        if kind != event.kind[:1]:
            return False
        size = len(event.payload)
        if length != size and not (size == _CUT < length):
            return False
        if abs(nanoseconds_of(seconds) - nanoseconds_of(event.seconds)) > ASSUMED:
            return False
        # What was held against the store before is not read again.
        is_confirmed = self.same < self._confirmed
        return is_confirmed or self._held.payloads.read(offset, size) == event.payload
