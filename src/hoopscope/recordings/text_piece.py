"""TextPiece: some bytes of a text, looked through as if escape sequences were not there."""

from __future__ import annotations

from array import array
from bisect import bisect_right

from hoopscope.recordings.ansi_text import BYTE_SEQUENCE
from hoopscope.recordings.search_pattern import Places


class TextPiece:
    """Bytes, and where they are in their text.

    Attributes:
        content: what is looked through.
        begins, ends: the part of it in which matches may begin.

    Args:
        content: bytes of a text.
        at: their offset.
        begins, ends: the part of them in which matches may begin.
        skips_sequences: leave escape sequences out of what is looked through.
    """

    def __init__(
        self, content: bytes, at: int, begins: int, ends: int, *, skips_sequences: bool
    ) -> None:
        self._at = at
        # After so many bytes of what is left, so many in all have been left out.
        self._kept = array("L", [0])
        self._left_out = array("L", [0])
        self.content = content
        if skips_sequences and b"\x1b" in content:
            self._leave_out(content)
        self.begins, self.ends = self.inner(at + begins), self.inner(at + ends)

    def inner(self, offset: int) -> int:
        """Where a byte of the text is in `content`; that of one left out is the next one's."""
        wanted = offset - self._at
        entry = bisect_right(
            range(len(self._kept)), wanted, key=lambda n: self._kept[n] + self._left_out[n]
        )
        inner = wanted - self._left_out[entry - 1] if entry else wanted
        return min(inner, self._kept[entry]) if entry < len(self._kept) else inner

    def outer(self, places: Places) -> Places:
        """Where a match in `content` is in the text."""
        begins, ends = places
        return self._outer(begins), self._outer(ends - 1) + 1

    def _outer(self, inner: int) -> int:
        entry = bisect_right(self._kept, inner) - 1
        return self._at + inner + self._left_out[entry]

    def _leave_out(self, content: bytes) -> None:
        parts: list[bytes] = []
        at = kept = 0
        for found in BYTE_SEQUENCE.finditer(content):
            begins, ends = found.span()
            parts.append(content[at:begins])
            kept += begins - at
            at = ends
            self._kept.append(kept)
            self._left_out.append(at - kept)
        parts.append(content[at:])
        self.content = b"".join(parts)
