"""Appearances: each line that ever showed on a screen, and with which event it first did."""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterator

from hoopscope.recordings.any_case import AnyCase

_BLOCK = 1 << 18
MAX_OPEN = 32 << 20
"""Bytes that are kept as they are: to compress them takes longer than to read them."""

MAX_TOTAL = 40 << 20
"""Compressed bytes that are kept behind those; what shows after that is not found."""


class NewLines:
    """Lines, each ended by a line break, and with which event they came."""

    def __init__(self) -> None:
        self.text = b""
        self._parts: list[bytes] = []
        self._events = array("I")
        self._ends = array("I")

    def add(self, lines: bytes, event: int) -> None:
        """Add lines behind those there are."""
        self._parts.append(lines)
        self._events.append(event)
        self._ends.append(len(self) + len(lines))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def joined(self) -> bytes:
        """All lines."""
        self.text = b"".join((self.text, *self._parts))
        self._parts = []
        return self.text

    def place(self, offset: int) -> tuple[int, int]:
        """The event that a byte came with, and where what came with it ends."""
        at = bisect_right(self._ends, offset)
        return self._events[at], self._ends[at]

    def packed(self) -> bytes:
        """Compressed, for `unpacked`."""
        numbers = self._events.tobytes() + self._ends.tobytes()
        head = len(self._events).to_bytes(4, "little")
        return zlib.compress(head + numbers + self.joined(), 1)

    @classmethod
    def unpacked(cls, packed: bytes) -> NewLines:
        """What `packed` was given of."""
        content = zlib.decompress(packed)
        lines, count = cls(), int.from_bytes(content[:4], "little")
        width = lines._events.itemsize * count
        lines._events.frombytes(content[4 : 4 + width])
        lines._ends.frombytes(content[4 + width : 4 + 2 * width])
        lines.text = content[4 + 2 * width :]
        return lines


class Appearances:
    """A log of new lines, in blocks, compressed if there are many, that can be searched.

    A line is new where it was not told of in this block, nor on the screen when that began.
    """

    def __init__(self) -> None:
        self.block = NewLines()
        """What is not sealed yet."""
        self.size = 0
        """Compressed bytes."""
        self.is_full = False
        self._open: list[NewLines] = []
        self._open_size = 0
        self._blocks: list[bytes] = []
        self._seen: set[bytes] = {b""}
        self._text: bytes | None = None

    def note(self, text: bytes, event: int) -> None:
        """Tell what the screen says after an event."""
        if text != self._text:
            self._text = text
            self.note_part(text, event)

    def note_part(self, text: bytes, event: int) -> None:
        """Tell what some rows say after an event that changed no others."""
        seen = self._seen
        if new := [line for line in text.split(b"\n") if line not in seen]:
            seen.update(new)
            new.append(b"")
            self.block.add(b"\n".join(new), event)

    def add(self, lines: bytes, event: int) -> None:
        """Tell of lines that passed over the screen with an event, each with its line break."""
        self.block.add(lines, event)

    @property
    def is_block_full(self) -> bool:
        """Whether it is time to `seal`."""
        return len(self.block) >= _BLOCK

    def seal(self, text: bytes) -> None:
        """Put away what came since. What a screen says that was told of is not new after that."""
        if self._open_size + len(self.block) <= MAX_OPEN:
            self.block.joined()
            self._open.append(self.block)
            self._open_size += len(self.block)
        else:
            self._pack(self.block)
        self.block = NewLines()
        self._seen = {b"", *text.split(b"\n")}
        self._text = text

    def _pack(self, block: NewLines) -> None:
        packed = block.packed()
        self.is_full = self.is_full or self.size + len(packed) > MAX_TOTAL
        if not self.is_full:
            self._blocks.append(packed)
            self.size += len(packed)

    def find(self, text: str) -> Iterator[int]:
        """Events with which a text appeared, in order; capitals count only if it has any."""
        any_case = AnyCase(text) if text == text.lower() else None
        wanted = any_case.wanted if any_case else text.encode("utf-8", "replace")
        for block in self._all():
            content: bytes | None = block.joined()
            if any_case and content is not None:
                content = any_case.lowered(content)
            if content is not None:
                yield from _events_with(wanted, content, block)

    def _all(self) -> Iterator[NewLines]:
        yield from self._open
        for packed in self._blocks:
            yield NewLines.unpacked(packed)
        yield self.block


def _events_with(wanted: bytes, content: bytes, block: NewLines) -> Iterator[int]:
    before = b""
    at = content.find(wanted)
    while at >= 0:
        event, end = block.place(at)
        found = content[content.rfind(b"\n", 0, at) + 1 : content.find(b"\n", at)]
        # A line that is being typed is new with each key: it counts once.
        if not (before and found.startswith(before)):
            yield event
        before = found
        at = content.find(wanted, end)
