"""Which live events are stored by now: the same moments, counted from another beginning.

Source: gateway behaviour. A stored event has the very time, to the nanosecond, that its live twin
had, less the moment when recording began, which is told nowhere. What is stored is a beginning of
all that happened: where a live event is stored, so are all that happened before it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from hoopscope.recordings.recording import Recording

# In nanoseconds: what two ways through floating point may differ by, within the 48 h of a stream.
_EXACT = 4
ASSUMED = 1_100
"""In nanoseconds: what an assumed beginning, which is cut to microseconds, may be off by."""
# So many twins are no chance: of a flood of equal events, two can lie as two others did.
_PROOF = 3
_SECOND = 1_000_000_000
_FIRST = 4
# In seconds: how long an event may take from where it happens to where it is shown.
_DELAY = 60.0
_CHECKED = 64
_MOST_CANDIDATES = 2_000


@dataclass(frozen=True, slots=True)
class Tail:
    """Live events in a recording, from number `first` on.

    began: what their seconds count from, in nanoseconds since 1970.
    age: how many seconds ago the first of them came, at least.
    """

    recording: Recording
    first: int
    began: int
    age: float

    def moments(self, count: int | None = None) -> Iterator[tuple[int, str]]:
        """When each happened, in nanoseconds since 1970, and its kind."""
        last = None if count is None else self.first + count
        for seconds, _, kind, _, _ in self.recording.entries(self.first, last):
            yield self.began + nanoseconds_of(seconds), kind

    def numbers(self) -> list[int]:
        """The numbers of all of them."""
        return list(range(self.first, len(self.recording)))


@dataclass(frozen=True, slots=True)
class Match:
    """What became of a tail.

    began: when recording began, in nanoseconds since 1970. is_known: whether that was found out,
        and not only assumed.
    kept: the numbers of the live events that are not stored yet.
    twins: the numbers of those that are, with the numbers that they have as stored ones.
    is_certain: whether only stored ones are left out of them. One or two equals may have been
        others, that were stored before: then they are left out, and may be missing.
    """

    began: int
    is_known: bool
    kept: list[int]
    twins: dict[int, int]
    is_certain: bool = True


def match(stored: Recording, first: int, tail: Tail, *, is_known: bool) -> Match:
    """Find the live events of a tail among the stored ones, from number `first` on.

    is_known: whether `tail.began` is known to be right already.
    """
    if len(tail.recording) <= tail.first:
        return Match(tail.began, is_known, [], {})
    window = _Window(stored, first, tail)
    assumed = window.judged(tail, tail.began, ASSUMED)
    if assumed.strangers == 0 and (is_known or assumed.twins):
        began = assumed.began if assumed.twins else tail.began
        return Match(began, True, *window.parted(tail, began))
    found = window.beginnings(tail)
    if found and found[0].twins >= _PROOF:
        return Match(found[0].began, True, *window.parted(tail, found[0].began))
    left, twins = window.parted(tail, found[0].began) if found else (tail.numbers(), {})
    return Match(_after(stored, tail), False, left, twins, is_certain=not found)


def nanoseconds_of(seconds: float) -> int:
    """Whole nanoseconds of a stored event's time."""
    return round(seconds * _SECOND)


def _after(stored: Recording, tail: Tail) -> int:
    """A beginning by which a tail comes after all that is stored, the assumed one if it will do."""
    earliest = min(moment for moment, _ in tail.moments(_CHECKED))
    last = stored.entry(len(stored) - 1)[0] if len(stored) else 0.0
    return min(tail.began, earliest - nanoseconds_of(last) - 1)


class _Judgement(NamedTuple):
    """twins: live events that are stored, by this beginning; strangers: those that would have to be
    and are not.
    """

    began: int
    twins: int
    strangers: int


class _Window:
    """The stored events that can be twins of a tail's: the last ones, of no more time than since
    the first of the tail happened.
    """

    def __init__(self, stored: Recording, first: int, tail: Tail) -> None:
        self._stored = stored
        begin = max(first, stored.number_at(stored.duration - tail.age - _DELAY))
        found = sorted(
            (nanoseconds_of(seconds), kind, number)
            for number, (seconds, _, kind, _, _) in enumerate(stored.entries(begin), begin)
        )
        self._moments = [moment for moment, _, _ in found]
        self._kinds = [kind for _, kind, _ in found]
        self._numbers = [number for _, _, number in found]

    def beginnings(self, tail: Tail) -> list[_Judgement]:
        """Moments at which recording may have begun, the likeliest first.

        If any of the tail is stored, its first events are: their equals are the candidates.
        """
        candidates: dict[int, int] = {}
        for place, (moment, kind) in enumerate(tail.moments(_FIRST)):
            payload = tail.recording.event(tail.first + place).payload
            for at in range(len(self._moments) - 1, -1, -1):
                if len(candidates) >= _MOST_CANDIDATES:
                    break
                if self._kinds[at] == kind and self._is_equal(self._numbers[at], payload):
                    began = moment - self._moments[at]
                    candidates.setdefault(began // _EXACT, began)
        judged = [self.judged(tail, began, _EXACT) for began in candidates.values()]
        return sorted(
            (each for each in judged if each.twins > 2 * each.strangers),
            # Of equals, that by which least was stored since that never came live.
            key=lambda each: (3 * each.strangers - each.twins, each.began),
        )

    def judged(self, tail: Tail, began: int, tolerance: int) -> _Judgement:
        """What the first events of a tail say of a beginning that may be off by so much."""
        twins = strangers = 0
        exact = began
        used: set[int] = set()
        for moment, kind in tail.moments(_CHECKED):
            twin = self._twin(moment - began, kind, used, tolerance)
            if twin is not None:
                if not twins:
                    exact = moment - self._moments[twin]
                used.add(twin)
                twins += 1
            elif self._moments and moment - began < self._moments[-1] - tolerance:
                strangers += 1
        return _Judgement(exact, twins, strangers)

    def parted(self, tail: Tail, began: int) -> tuple[list[int], dict[int, int]]:
        """The numbers of the events of a tail that have no twin; the others with their twins'."""
        used: set[int] = set()
        left = []
        twins = {}
        for number, (moment, kind) in enumerate(tail.moments(), tail.first):
            twin = self._twin(moment - began, kind, used, _EXACT)
            if twin is None:
                left.append(number)
            else:
                used.add(twin)
                twins[number] = self._numbers[twin]
        return left, twins

    def _twin(self, moment: int, kind: str, used: set[int], tolerance: int) -> int | None:
        at = bisect_left(self._moments, moment - tolerance)
        while at < len(self._moments) and self._moments[at] <= moment + tolerance:
            if self._kinds[at] == kind and at not in used:
                return at
            at += 1
        return None

    def _is_equal(self, number: int, payload: bytes) -> bool:
        _, _, _, offset, length = self._stored.entry(number)
        return length == len(payload) and self._stored.payloads.read(offset, length) == payload
