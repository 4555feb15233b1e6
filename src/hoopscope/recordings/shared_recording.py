"""SharedRecording: a recording of another process, read through its two descriptors."""

from __future__ import annotations

import os
from collections.abc import Iterator

from hoopscope.recordings.entry import ENTRY

Entry = tuple[float, str, int, int]
"""Clock, kind, offset and length of an event."""

_BATCH = 1024
_WINDOW = 1 << 16


class SharedRecording:
    """What a `Recording` holds, as far as it has grown. Reads only."""

    def __init__(self, payloads: int, index: int) -> None:
        self._payloads = payloads
        self._index = index
        self._window = b""
        self._window_at = 0

    def __len__(self) -> int:
        return os.fstat(self._index).st_size // ENTRY.size

    def entries(self, first: int = 0) -> Iterator[Entry]:
        """Events from a number on, to the end that there is."""
        for block in self._blocks(first):
            for _, clock, kind, offset, length in ENTRY.iter_unpack(block):
                yield clock, kind.decode("latin-1"), offset, length

    def events(self, first: int, most: int) -> Iterator[tuple[float, str, int, int, bytes]]:
        """Entries from a number on, each with its payload, or the first `most` bytes of it."""
        window, begins = b"", 0
        for block in self._blocks(first):
            for _, clock, kind, offset, length in ENTRY.iter_unpack(block):
                begin, count = offset - begins, min(most, length)
                if not 0 <= begin <= len(window) - count:
                    window, begins, begin = os.pread(self._payloads, _WINDOW, offset), offset, 0
                content = window[begin : begin + count]
                yield clock, kind.decode("latin-1"), offset, length, content

    def _blocks(self, first: int) -> Iterator[bytes]:
        """Whole entries from a number on, many at once."""
        while block := os.pread(self._index, _BATCH * ENTRY.size, first * ENTRY.size):
            yield block[: len(block) - len(block) % ENTRY.size]
            if len(block) < _BATCH * ENTRY.size:
                return
            first += _BATCH

    def payload(self, offset: int, length: int) -> bytes:
        """Some bytes of the payloads; what follows on them is mostly asked for next."""
        begin = offset - self._window_at
        if not 0 <= begin <= len(self._window) - length:
            if length > _WINDOW:
                return os.pread(self._payloads, length, offset)
            self._window = os.pread(self._payloads, _WINDOW, offset)
            self._window_at, begin = offset, 0
        return self._window[begin : begin + length]
