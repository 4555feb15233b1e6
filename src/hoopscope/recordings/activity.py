"""Activity: how much a recording shows over its time, roughly."""

from __future__ import annotations

from collections.abc import Sequence

BUCKETS = 512


class Activity:
    """Bytes for each stretch of time; stretches double when there would be too many."""

    def __init__(self) -> None:
        self.seconds = 0.25
        """The length of a stretch."""
        self.amounts: list[int] = []
        self._last_ends = 0.0

    def add(self, clock: float, amount: int) -> None:
        """So many bytes at a moment, which is no earlier than the one before."""
        if clock < self._last_ends:
            self.amounts[-1] += amount
            return
        while clock >= self.seconds * BUCKETS:
            pairs = zip(self.amounts[::2], [*self.amounts[1::2], 0], strict=False)
            self.amounts = [first + second for first, second in pairs]
            self.seconds *= 2
        bucket = int(clock / self.seconds)
        if bucket >= len(self.amounts):
            self.amounts += [0] * (bucket + 1 - len(self.amounts))
        self.amounts[bucket] += amount
        self._last_ends = (bucket + 1) * self.seconds


def resampled(amounts: Sequence[int], seconds: float, duration: float, columns: int) -> list[float]:
    """Amounts for each of so many columns that share a duration among them."""
    found = [0.0] * columns
    if not columns or duration <= 0:
        return found
    width = duration / columns
    for number, amount in enumerate(amounts):
        start, end = number * seconds, min((number + 1) * seconds, duration)
        first = min(int(start / width), columns - 1)
        last = max(first, min(int(end / width - 1e-9), columns - 1))
        for column in range(first, last + 1):
            found[column] += amount / (last + 1 - first)
    return found
