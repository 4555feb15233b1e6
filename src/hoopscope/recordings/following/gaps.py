"""Gaps: the places of a recording where events may be missing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hoopscope.recordings.following.snapshot import Gap, GapReason
from hoopscope.recordings.recording import Recording


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why events may be missing; what is missing happened before `until`, by the loop's clock."""

    reason: GapReason
    until: float


@dataclass(frozen=True, slots=True)
class _Range:
    first: int
    last: int
    doubt: Doubt


class Gaps:
    """Numbers of events right before which others may be missing, in ranges that grow upwards."""

    def __init__(self) -> None:
        self._ranges: list[_Range] = []

    def __bool__(self) -> bool:
        return bool(self._ranges)

    def add(self, number: int, doubt: Doubt) -> None:
        """Some may be missing before event `number`, which no gap lies behind."""
        last = self._ranges[-1] if self._ranges else None
        if last is not None and last.last >= number - 1 and last.doubt.reason is doubt.reason:
            self._ranges[-1] = replace(last, last=number, doubt=doubt)
        elif last is None or last.last < number:
            self._ranges.append(_Range(number, number, doubt))

    def replace_first(self, doubt: Doubt) -> None:
        """Say anew why some may be missing before the first of all events."""
        self._ranges = [each for each in self._ranges if each.first > 0]
        self._ranges.insert(0, _Range(0, 0, doubt))

    def close_until(self, moment: float) -> None:
        """All that happened before a moment of the loop's clock is here."""
        self._ranges = [each for each in self._ranges if each.doubt.until > moment]

    def close_below(self, number: int) -> None:
        """Nothing is missing before any event below `number`; before that itself there may be."""
        self._ranges = [
            replace(each, first=max(each.first, number))
            for each in self._ranges
            if each.last >= number
        ]

    def moved(self, kept: Sequence[int], to: int) -> Iterator[tuple[int, Doubt]]:
        """The doubts about those events that are kept, which get new numbers from `to` on.

        `kept` are numbers in order.
        """
        for each in self._ranges:
            first, end = bisect_left(kept, each.first), bisect_right(kept, each.last)
            yield from ((to + place, each.doubt) for place in range(first, end))

    def within(self, recording: Recording, pending: Doubt | None) -> tuple[Gap, ...]:
        """The gaps with their times; `pending` is about the event that comes next."""
        gaps = [
            Gap(
                each.first,
                each.last,
                recording.entry(each.first - 1)[0] if each.first else 0.0,
                recording.entry(each.last)[0],
                each.doubt.reason,
            )
            for each in self._ranges
        ]
        if pending is not None:
            end = len(recording)
            begins = recording.entry(end - 1)[0] if end else 0.0
            gaps.append(Gap(end, end, begins, None, pending.reason))
        return tuple(gaps)
