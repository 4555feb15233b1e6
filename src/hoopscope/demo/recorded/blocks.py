"""Large recordings: blocks of one size that are made when they are read, never before."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hoopscope.demo.recorded.tape import Event, at, encoded_size, time_size


class Blocks:
    """`count` outputs of `width` bytes each, after some first events and before some last ones.

    Its size is known without making a single block: `make` has to keep to the width.
    """

    def __init__(
        self,
        make: Callable[[int], bytes],
        count: int,
        width: int,
        *,
        first: tuple[tuple[str, bytes], ...] = (),
        last: tuple[tuple[str, bytes], ...] = (),
    ) -> None:
        self._make = make
        self._count = count
        self._width = width
        self._first = first
        self._last = last

    def events(self, lasting: int) -> Iterator[Event]:
        step = self._step(lasting)
        for number, (kind, payload) in enumerate(self._first):
            yield at((number + 1) * step), kind, payload
        begin = len(self._first) + 1
        for number in range(self._count):
            block = self._make(number)
            assert len(block) == self._width, (number, len(block), self._width)
            yield at((begin + number) * step), "o", block
        begin += self._count
        for number, (kind, payload) in enumerate(self._last):
            yield at((begin + number) * step), kind, payload

    def size(self, lasting: int) -> int:
        step = self._step(lasting)
        found = self._count * encoded_size(self._width)
        found += sum(encoded_size(len(payload)) for _, payload in self._first + self._last)
        count = self._count + len(self._first) + len(self._last)
        found += count * time_size(0)
        limit = 10_000_000_000
        while limit <= count * step:
            found += count - (limit - 1) // step
            limit *= 10
        return found

    def _step(self, lasting: int) -> int:
        """Nanoseconds from one event to the next."""
        count = self._count + len(self._first) + len(self._last)
        return max(200_000, lasting * 49 // 50 // (count + 1))
