"""Recording: all events of a session, on the disk, in the order in which they were stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hoopscope.gateway.event import Event
from hoopscope.recordings.entry import ENTRY
from hoopscope.recordings.spool import Spool

_BATCH = 4096
_BLOCK = 65536
_COPIED = 1 << 20


class Recording:
    """Events with their payloads; one thread appends, any thread reads. Memory stays flat.

    Two nameless files: the payloads, one behind the other in the order of the events, and an index
    of fixed entries (`ENTRY`). Both can be given to another process by descriptor.

    The `clock` of an event is its seconds, but never before an earlier event's, so that time can be
    searched in.
    """

    def __init__(self) -> None:
        self.payloads = Spool()
        self.index = Spool()
        self.is_complete = False
        """Whether all that there will ever be is here."""
        self.failure = ""
        """Why loading ended before that, in words for an operator; "" while it goes on."""
        self._clock = 0.0

    def __len__(self) -> int:
        return self.index.size() // ENTRY.size

    @property
    def duration(self) -> float:
        """The clock of the last event, in seconds; 0 without events."""
        return self.clock(len(self) - 1) if len(self) else 0.0

    def append(self, events: Iterable[Event]) -> None:
        """Add events at the end. Raises SpoolFull."""
        entries = bytearray()
        payloads: list[bytes] = []
        offset = self.payloads.size()
        for seconds, kind, payload in events:
            self._clock = max(self._clock, seconds)
            sign = kind[:1].encode("latin-1", "replace") or b"?"
            entries += ENTRY.pack(seconds, self._clock, sign, offset, len(payload))
            payloads.append(payload)
            offset += len(payload)
        # The index last: an entry is only seen once its payload can be read.
        self.payloads.append(b"".join(payloads))
        self.index.append(entries)

    def begin_as(self, other: Recording, count: int) -> None:
        """Copy the first events of another recording into this one, which is empty."""
        if not count:
            return
        _, clock, _, offset, length = other.entry(count - 1)
        for ours, theirs, end in (
            (self.payloads, other.payloads, offset + length),
            (self.index, other.index, count * ENTRY.size),
        ):
            for start in range(0, end, _COPIED):
                ours.append(theirs.read(start, min(_COPIED, end - start)))
        self._clock = clock

    def entry(self, number: int) -> tuple[float, float, str, int, int]:
        """Seconds, clock, kind, offset and length of an event. Raises IndexError."""
        found = self.index.read(number * ENTRY.size, ENTRY.size) if number >= 0 else b""
        if len(found) < ENTRY.size:
            raise IndexError(number)
        seconds, clock, kind, offset, length = ENTRY.unpack(found)
        return seconds, clock, kind.decode("latin-1"), offset, length

    def event(self, number: int) -> Event:
        """An event by its number, from 0. Raises IndexError."""
        seconds, _, kind, offset, length = self.entry(number)
        return Event(seconds, kind, self.payloads.read(offset, length))

    def clock(self, number: int) -> float:
        """When an event happened, in seconds, never before an earlier one. Raises IndexError."""
        return self.entry(number)[1]

    def entries(
        self, first: int = 0, last: int | None = None
    ) -> Iterator[tuple[float, float, str, int, int]]:
        """Entries as `entry` gives them, from `first` to before `last`, read in batches."""
        end = len(self) if last is None else min(last, len(self))
        for start in range(max(0, first), end, _BATCH):
            count = min(_BATCH, end - start)
            block = self.index.read(start * ENTRY.size, count * ENTRY.size)
            for seconds, clock, kind, offset, length in ENTRY.iter_unpack(block):
                yield seconds, clock, kind.decode("latin-1"), offset, length

    def events(self, first: int = 0, last: int | None = None) -> Iterator[Event]:
        """Events from number `first` to before `last`; without `last` those there are now."""
        block, begins = b"", 0
        for seconds, _, kind, offset, length in self.entries(first, last):
            # Payloads follow on each other: one reading gives many of them.
            if offset + length > begins + len(block):
                block, begins = self.payloads.read(offset, max(length, _BLOCK)), offset
            yield Event(seconds, kind, block[offset - begins : offset - begins + length])

    def number_at(self, clock: float) -> int:
        """How many events have happened by a moment, which is the number of the next one."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self.clock(middle) <= clock:
                low = middle + 1
            else:
                high = middle
        return low

    def number_of(self, offset: int) -> int:
        """The number of the event whose payload holds a byte of `payloads`. Raises IndexError."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            _, _, _, begins, length = self.entry(middle)
            if begins + length <= offset:
                low = middle + 1
            else:
                high = middle
        if low >= len(self):
            raise IndexError(offset)
        return low

    def close(self) -> None:
        """Give the disk back."""
        self.index.close()
        self.payloads.close()
