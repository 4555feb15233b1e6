"""The content of an open session: what is stored, and behind it what came live since."""

from __future__ import annotations

from math import inf

from hoopscope.gateway.event import Event, LiveEvent
from hoopscope.recordings.following.gaps import Doubt, Gaps
from hoopscope.recordings.following.matching import ASSUMED, Tail, match, nanoseconds_of
from hoopscope.recordings.following.snapshot import Gap, GapReason
from hoopscope.recordings.following.stored_reading import StoredReading
from hoopscope.recordings.recording import Recording

_SECOND = 1_000_000_000
_BATCH = 256
# The gateway stops storing at 110 MiB of its own log, where an event takes 26 bytes more.
_STORED_AT_MOST = 105 << 20
_OVERHEAD = 26


class JoinedRecording:
    """A recording of which the first events are as stored, and the others came live.

    assumed: when recording began as far as is known, in nanoseconds since 1970; found out by
        matching as soon as events have come both ways.
    """

    def __init__(self, assumed: int | None = None) -> None:
        self.recording = Recording()
        self.generation = 0
        self.same = 0
        self.moved: dict[int, int] = {}
        self._stored = 0
        self._last_stored = 0.0
        self._gaps = Gaps()
        self._doubt: Doubt | None = None
        self._began = assumed
        # Whether that is what was assumed, which is no later than the truth.
        self._is_assumed = assumed is not None
        self._is_known = False
        # When the first of the events came that are not known to be stored (loop's clock).
        self._tail_since = 0.0
        self._reading: StoredReading | None = None
        # Where live events wait while stored ones are added.
        self._waiting: Recording | None = None
        self._waiting_gaps = Gaps()
        self._old: Recording | None = None

    @property
    def stored(self) -> int:
        """How many events, from the first on, are as the gateway has stored them."""
        return len(self.recording) if self._is_adding else self._stored

    @property
    def began(self) -> int | None:
        """When recording began, in nanoseconds since 1970; None while nothing is known."""
        return self._began

    @property
    def is_unsettled(self) -> bool:
        """Whether there is anything that only the stored part can settle."""
        return bool(self._gaps) or self._doubt is not None or len(self.recording) > self._stored

    def gaps(self) -> tuple[Gap, ...]:
        """Where events may be missing."""
        known = Gaps() if self._is_adding else self._gaps
        return known.within(self.recording, self._doubt)

    def doubt(self, reason: GapReason, moment: float) -> None:
        """Before the event that comes next some may be missing, from before a moment (loop's)."""
        if self._doubt is None or self._doubt.reason is not GapReason.WITHHELD:
            self._doubt = Doubt(reason, moment)

    def arrived(self, events: list[LiveEvent], now: float) -> None:
        """Take in what came live since the last time. Raises SpoolFull."""
        events = self._not_stored(events)
        if not events:
            return
        if len(self.recording) == self.stored and self._waiting is None:
            self._tail_since = now
        if self._is_adding and self._waiting is None:
            self._waiting, self._waiting_gaps = Recording(), Gaps()
        target = self.recording if self._waiting is None else self._waiting
        if self._began is None or self._began > events[0].nanoseconds:
            self._began = events[0].nanoseconds - nanoseconds_of(self._last_stored)
            self._is_known = self._is_assumed = False
        began = self._began
        if self._doubt is not None:
            gaps = self._gaps if self._waiting is None else self._waiting_gaps
            gaps.add(len(target), self._doubt)
            self._doubt = None
        target.append(
            Event(max(0, moment - began) / _SECOND, kind, payload)
            for moment, kind, payload in events
        )

    def _not_stored(self, events: list[LiveEvent]) -> list[LiveEvent]:
        """Without those that are stored already, where the line is slower than the store.

        An assumed beginning is never after the true one: what is stored by it, is.
        """
        if self._began is None or not self._stored or not (self._is_known or self._is_assumed):
            return events
        last = self._began + nanoseconds_of(self._last_stored) + ASSUMED
        return [event for event in events if event.nanoseconds > last]

    def read_stored(self) -> StoredReading:
        """Begin a reading of all that is stored; it is told the events, then `settle` is called."""
        self._reading = StoredReading(self.recording, self._stored)
        return self._reading

    def settle(self, reading: StoredReading, *, is_whole: bool, covers: float, now: float) -> None:
        """Make of a reading what it is worth. Raises SpoolFull.

        is_whole: whether it came to its end. covers: a moment of the loop's clock; what happened
            before it had been stored when the reading began.
        """
        self._reading = None
        if reading.differs and not (is_whole and reading.count >= self._stored):
            # Cut off, or the store has less than before: what was seen is kept.
            reading.abandon()
            return
        missing = None if is_whole else Doubt(GapReason.NOT_STORED, now)
        if reading.differs:
            tail = self._tail(self.recording, max(reading.same, self._stored), now)
            self.same, self.moved = reading.same, self._join(reading, tail, self._gaps, now)
            if self._old is not None:
                self._old.close()
            self._old, self.recording = self.recording, reading.recording
            self.generation += 1
        elif reading.adds:
            waiting = Recording() if self._waiting is None else self._waiting
            tail = self._tail(waiting, 0, now)
            self._join(reading, tail, self._waiting_gaps, now, missing)
            waiting.close()
            self._waiting, self._waiting_gaps = None, Gaps()
        else:
            self._is_known |= reading.same > self._stored
            self._stored = max(self._stored, reading.same)
            self._last_stored = self.recording.entry(self._stored - 1)[0] if self._stored else 0.0
            self._gaps.close_below(self._stored)
        if is_whole and not self._is_cut_off():
            self._gaps.close_until(covers)
            if self._doubt is not None and self._doubt.until <= covers:
                self._doubt = None

    def withhold(self) -> None:
        """Nothing that is stored will ever be seen."""
        doubt = Doubt(GapReason.WITHHELD, inf)
        if len(self.recording):
            self._gaps.replace_first(doubt)
        else:
            self._doubt = doubt

    def end(self, *, is_complete: bool) -> None:
        """The session is over; `is_complete` tells whether all that is stored is here."""
        self._doubt = None
        self.recording.is_complete = is_complete

    def close(self) -> None:
        """Give the disk back."""
        for recording in (self.recording, self._waiting, self._old):
            if recording is not None:
                recording.close()

    def _join(
        self,
        reading: StoredReading,
        tail: Tail,
        gaps: Gaps,
        now: float,
        missing: Doubt | None = None,
    ) -> dict[int, int]:
        """Put those events of a tail behind the stored ones that are not among them.

        missing: why stored events may be missing between the two. Gives the numbers that the tail's
        events have now.
        """
        target = reading.recording
        self._last_stored = max(
            (entry[0] for entry in target.entries(len(target) - _BATCH)), default=0.0
        )
        found = match(target, reading.same, tail, is_known=self._is_known)
        self._stored = len(target)
        self._gaps = Gaps()
        if missing is None and not found.is_certain:
            missing = Doubt(GapReason.NOT_STORED, now)
        if missing is not None and found.kept:
            self._gaps.add(self._stored, missing)
        elif missing is not None:
            self._doubt = self._doubt or missing
        for number, doubt in gaps.moved(found.kept, self._stored):
            self._gaps.add(number, doubt)
        shift = tail.began - found.began
        for start in range(0, len(found.kept), _BATCH):
            events = map(tail.recording.event, found.kept[start : start + _BATCH])
            target.append(
                Event(max(0, nanoseconds_of(seconds) + shift) / _SECOND, kind, payload)
                for seconds, kind, payload in events
            )
        if len(tail.recording) > tail.first:
            self._is_assumed &= found.began == self._began
            self._began, self._is_known = found.began, found.is_known
        return found.twins | dict(zip(found.kept, range(self._stored, len(target)), strict=True))

    @property
    def _is_adding(self) -> bool:
        return self._reading is not None and self._reading.adds

    def _tail(self, recording: Recording, first: int, now: float) -> Tail:
        return Tail(recording, first, self._began or 0, now - self._tail_since)

    def _is_cut_off(self) -> bool:
        size = self.recording.payloads.size() + _OVERHEAD * len(self.recording)
        return size > _STORED_AT_MOST
