"""A recording as it was made: events at the pace of people and programs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from random import Random
from typing import Protocol

Event = tuple[float, str, bytes]  # seconds, kind, payload

SECOND = 1_000_000_000
_WHOLE_DIGITS = tuple(10**digits * SECOND for digits in range(1, 7))
# a triple less its time and payload, and the comma behind it
_AROUND = len('[,"o",""]') + 1


class Recording(Protocol):
    """What was recorded, whoever's session it is; the session says how long it lasted."""

    def events(self, lasting: int) -> Iterator[Event]:
        """The events of a session that lasted so many nanoseconds."""

    def size(self, lasting: int) -> int:
        """Bytes that those events take as JSON, each with a comma behind it."""


def encoded_size(payload: int) -> int:
    """Bytes of a triple that a payload of so many bytes makes, less its time."""
    return 4 * ((payload + 2) // 3) + _AROUND


def at(moment: int) -> float:
    """Seconds of nanoseconds; nine digits behind the point, the last one is never zero."""
    return (moment // 10 * 10 + 1 + moment // 10 % 9) / SECOND


def time_size(moment: int) -> int:
    """Bytes that `at` takes as JSON."""
    return len(str(moment // SECOND)) + 10


class Tape:
    """Records events one after the other, and plays them back.

    A session that lasted longer than the tape gets idle time wherever somebody `rest`ed; a
    shorter one is played faster.
    """

    def __init__(self, random: Random) -> None:
        self.random = random
        self._chance = random.random
        self._now = 0
        self._moments: list[int] = []
        self._events: list[tuple[str, bytes]] = []
        self._rests: list[int] = []
        self._payloads = 0  # bytes of all triples, less their times

    @property
    def seconds(self) -> float:
        """How long it is by now."""
        return self._now / SECOND

    def wait(self, low: float, high: float) -> None:
        self._now += int((low + self._chance() * (high - low)) * SECOND)

    def rest(self, low: float = 0.6, high: float = 3.0) -> None:
        """Somebody thinks, or fetches a coffee."""
        self._rests.append(len(self._events))
        self.wait(low, high)

    def i(self, payload: str | bytes) -> None:
        self.add("i", payload)

    def o(self, payload: str | bytes) -> None:
        self.add("o", payload)

    def add(self, kind: str, payload: str | bytes) -> None:
        self._now += 200_000 + int(self._chance() * 3_800_000)
        self._moments.append(self._now)
        data = payload.encode() if isinstance(payload, str) else payload
        self._events.append((kind, data))
        self._payloads += encoded_size(len(data))

    def events(self, lasting: int) -> Iterator[Event]:
        for number, (kind, payload) in enumerate(self._events):
            yield at(self._played(number, lasting)), kind, payload

    def size(self, lasting: int) -> int:
        return self._payloads + self._times_size(lasting)

    def _times_size(self, lasting: int) -> int:
        count = len(self._events)
        found = 11 * count
        numbers = range(count)
        for limit in _WHOLE_DIGITS:
            below = bisect_left(numbers, limit, key=lambda number: self._played(number, lasting))
            if below == count:
                break
            found += count - below
        return found

    def _played(self, number: int, lasting: int) -> int:
        """When an event is, in nanoseconds, in a session that lasted so long."""
        moment = self._moments[number]
        if lasting < self._now:
            return 1_000_000 + moment * max(0, lasting - 2_000_000) // self._now
        if not self._rests:
            return moment
        rested = bisect_left(self._rests, number + 1)
        return moment + (lasting - self._now) * rested // (len(self._rests) + 1)
