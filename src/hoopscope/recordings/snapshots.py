"""Snapshots: states of an emulator that a seek can begin at, within a limit."""

from __future__ import annotations

import zlib
from bisect import bisect_right

from hoopscope.recordings.feeding import Position

MAX_SNAPSHOT = 1 << 20
MAX_TOTAL = 32 << 20


class Snapshots:
    """States by their position, compressed. Without room for more, every second one is dropped."""

    def __init__(self) -> None:
        self._offered = 0
        self._every = 1
        self._positions: list[Position] = []
        self._states: list[bytes] = []
        self.size = 0
        """Bytes taken."""

    def __len__(self) -> int:
        return len(self._positions)

    def add(self, position: Position, state: bytes) -> None:
        """Keep a state behind those there are, if it and their number are not too large."""
        self._offered += 1
        if (self._offered - 1) % self._every:
            return
        packed = zlib.compress(state, 1)
        if len(packed) > MAX_SNAPSHOT or (self._positions and position <= self._positions[-1]):
            return
        self._positions.append(position)
        self._states.append(packed)
        self.size += len(packed)
        while self.size > MAX_TOTAL and len(self._states) > 2:
            del self._positions[1::2], self._states[1::2]
            self._every *= 2
            self.size = sum(map(len, self._states))

    def before(self, position: Position) -> tuple[Position, bytes] | None:
        """The nearest state at a position or before it."""
        at = bisect_right(self._positions, position) - 1
        return (self._positions[at], zlib.decompress(self._states[at])) if at >= 0 else None
