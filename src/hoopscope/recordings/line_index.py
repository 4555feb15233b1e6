"""LineIndex: where the lines of a text of any size begin, at the price of a few bytes a block."""

from __future__ import annotations

import threading
from array import array
from bisect import bisect_left

from hoopscope.recordings.byte_source import ByteSource

BLOCK = 65_536
"""Bytes for which the number of line feeds before them is remembered."""

_STEP = 4_096
_SPANS_KEPT = 1_024
_FEED = b"\n"


class LineIndex:
    """Lines of a ByteSource by number, from 0, and back; it grows with its source.

    Any thread may grow it and ask. A line ends with its line feed; what follows
    the last one is a line only if there is something.
    """

    def __init__(self, source: ByteSource) -> None:
        self.source = source
        self._before = array("Q", [0])  # line feeds before each block
        self._feeds = 0
        self._size = 0
        self._is_open = False
        self._spans: dict[int, tuple[int, int]] = {}  # of lines that have ended
        self._growing = threading.Lock()
        self._held: tuple[int, bytes] = (-1, b"")

    @property
    def size(self) -> int:
        """How many bytes have been looked through."""
        return self._size

    @property
    def is_level(self) -> bool:
        """Whether all that the source has now is indexed."""
        return self._size >= self.source.size()

    def __len__(self) -> int:
        """How many lines are known."""
        return self._feeds + self._is_open

    def grow(self, blocks: int = 16) -> bool:
        """Look through at most so many blocks more; whether there are still others."""
        with self._growing:
            size = self.source.size()
            for _ in range(blocks):
                at = self._size
                read = self.source.read(at, min(BLOCK - at % BLOCK, size - at))
                if not read:
                    return False
                self._size = at + len(read)
                self._feeds += read.count(_FEED)
                self._is_open = not read.endswith(_FEED)
                if self._size % BLOCK == 0:
                    self._before.append(self._feeds)
            return self._size < size

    def span(self, line: int) -> tuple[int, int]:
        """Where a line begins, and where it ends before its line feed. Raises IndexError."""
        if not 0 <= line < len(self):
            raise IndexError(line)
        known = self._spans.get(line)
        if known is not None:
            return known
        before = self._spans.get(line - 1)
        begins = (self._feed(line) if before is None else before[1]) + 1 if line else 0
        if line >= self._feeds:  # not ended yet
            return begins, self._size
        block = begins // BLOCK
        ends = self._block(block).find(_FEED, begins - block * BLOCK)
        found = begins, block * BLOCK + ends if ends >= 0 else self._feed(line + 1)
        if len(self._spans) >= _SPANS_KEPT:
            self._spans.clear()
        self._spans[line] = found
        return found

    def line_at(self, offset: int) -> int:
        """The number of the line that a byte belongs to; the last one for what is beyond."""
        offset = max(0, min(offset, self._size))
        block = min(offset // BLOCK, len(self._before) - 1)
        before = self._block(block)[: offset - block * BLOCK].count(_FEED)
        return max(0, min(self._before[block] + before, len(self) - 1))

    def _feed(self, number: int) -> int:
        """The offset of a line feed, counted from 1."""
        block = bisect_left(self._before, number) - 1
        content = self._block(block)
        left = number - self._before[block]
        at = 0
        while (count := content.count(_FEED, at, at + _STEP)) < left:
            if at > len(content):  # the source has been closed meanwhile
                return self._size
            left -= count
            at += _STEP
        at -= 1
        for _ in range(left):
            at = content.find(_FEED, at + 1)
        return block * BLOCK + at

    def _block(self, number: int) -> bytes:
        """The bytes of a block as far as they are indexed; the last one asked for is held."""
        held, content = self._held
        size = min(BLOCK, self._size - number * BLOCK)
        if held != number or len(content) < size:
            content = self.source.read(number * BLOCK, size)
            self._held = (number, content)
        return content
