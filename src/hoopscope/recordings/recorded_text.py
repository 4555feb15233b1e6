"""RecordedText: the payloads of some kinds of events as one text."""

from __future__ import annotations

from array import array
from bisect import bisect_right

from hoopscope.recordings.recording import Recording

OUTPUT = "oe"
"""What a session printed, and the gateway's closing message."""

EVERYTHING = "ioe"
"""What went in and what came out."""


class RecordedText:
    """A ByteSource of the payloads of certain kinds, without copying them.

    Takes in what the recording has gained when `grow` is called, from one thread; reads from any.
    """

    def __init__(self, recording: Recording, kinds: str = OUTPUT) -> None:
        self.recording = recording
        self.kinds = kinds
        # Pieces that follow on each other: where each begins here, and there.
        self._here = array("Q")
        self._there = array("Q")
        self._size = 0
        self._taken = 0
        self.grow()

    def grow(self) -> bool:
        """Take in events that came since; whether there is more text now."""
        before, size = self._size, self._size
        for _, _, kind, offset, length in self.recording.entries(self._taken):
            self._taken += 1
            if not length or kind not in self.kinds:
                continue
            if not self._here or self._there[-1] + (size - self._here[-1]) != offset:
                self._there.append(offset)
                self._here.append(size)
            size += length
        self._size = size
        return size > before

    def size(self) -> int:
        """How many bytes there are."""
        return self._size

    def read(self, offset: int, count: int) -> bytes:
        """At most `count` bytes from `offset` on."""
        end = min(offset + count, self._size)
        parts = []
        piece = bisect_right(self._here, offset) - 1
        while offset < end:
            here = self._here[piece]
            following = self._here[piece + 1] if piece + 1 < len(self._here) else self._size
            length = min(end, following) - offset
            parts.append(self.recording.payloads.read(self._there[piece] + offset - here, length))
            offset += length
            piece += 1
        return b"".join(parts)

    def event_at(self, offset: int) -> int:
        """The number of the event that a byte of this text came with. Raises IndexError."""
        piece = bisect_right(self._here, offset) - 1
        if piece < 0 or not 0 <= offset < self._size:
            raise IndexError(offset)
        return self.recording.number_of(self._there[piece] + offset - self._here[piece])
