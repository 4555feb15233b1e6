"""Small pieces of bytes as larger ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_BATCH = 1 << 16


def in_batches(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of about 64 KiB: many small ones cost more than they hold."""
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _BATCH:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)
