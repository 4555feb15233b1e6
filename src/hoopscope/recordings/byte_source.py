"""ByteSource: bytes of any number, read in pieces, which may still be growing."""

from __future__ import annotations

from typing import Protocol


class ByteSource(Protocol):
    """What a pager, a search or an export reads from. Safe to use from any thread."""

    def size(self) -> int:
        """How many bytes there are at this moment; never fewer than before."""
        ...

    def read(self, offset: int, count: int) -> bytes:
        """At most `count` bytes from `offset` on; fewer only where there are no more yet."""
        ...


class HeldBytes:
    """Bytes in memory, for what is small."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def size(self) -> int:
        """How many bytes there are."""
        return len(self._content)

    def read(self, offset: int, count: int) -> bytes:
        """At most `count` bytes from `offset` on."""
        return self._content[offset : offset + count]
