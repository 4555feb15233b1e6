"""Looking for something in a text of any size, piece by piece, in whatever thread."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable

from hoopscope.recordings.byte_source import ByteSource
from hoopscope.recordings.search_pattern import Places, SearchPattern
from hoopscope.recordings.text_piece import TextPiece

PIECE = 262_144
"""Bytes looked through at a time, more or less: pieces end where lines do, if lines do."""

_OVERLAP = 4_096
"""Bytes that a match in a line longer than a piece can be long."""

_CONTEXT = 256
"""Bytes that are looked at before and after a piece, for patterns that ask what is there."""


class TextSearch:
    """The matches of a pattern in a text.

    Args:
        source: the text, which may be growing.
        pattern: what is looked for.
        skips_sequences: look as if escape sequences were not there, as they are not on the screen.
    """

    def __init__(
        self, source: ByteSource, pattern: SearchPattern, *, skips_sequences: bool = False
    ) -> None:
        self.source = source
        self.pattern = pattern
        self._skips = skips_sequences
        self._before = array("Q", [0])  # matches before each piece that has been counted
        self._counted = 0
        self._in_last = 0
        self._counting = threading.Lock()

    @property
    def count(self) -> int:
        """How many matches have been counted."""
        return self._before[-1] + self._in_last

    @property
    def is_counted(self) -> bool:
        """Whether all of the text has been looked through."""
        return self._counted >= self.source.size()

    def count_on(self, pieces: int = 4) -> bool:
        """Count in some pieces more; whether there are others. Raises PatternTooSlow."""
        with self._counting:
            for _ in range(pieces):
                if self.is_counted:
                    return False
                size = self.source.size()
                number = len(self._before) - 1
                piece = self._piece(number)
                self._in_last = self.pattern.count(piece.content, piece.begins, piece.ends)
                if (number + 1) * PIECE < size:
                    self._before.append(self.count)
                    self._in_last = 0
                    self._counted = (number + 1) * PIECE
                else:
                    self._counted = size
            return not self.is_counted

    def number_of(self, match: Places) -> int | None:
        """Which of all matches one is, from 1; None as long as those before are not counted.

        Raises PatternTooSlow.
        """
        number = self._number_at(match[0])
        if number >= len(self._before):
            return None
        piece = self._piece(number)
        ends = min(piece.ends, piece.inner(match[0]))
        return self._before[number] + self.pattern.count(piece.content, piece.begins, ends) + 1

    def next_from(self, offset: int, *, go_on: Callable[[], bool] = lambda: True) -> Places | None:
        """The first match that begins at an offset or after it. Raises PatternTooSlow.

        Args:
            go_on: asked before each piece; nothing is found once it says no.
        """
        number, size = self._number_at(offset), self.source.size()
        while number * PIECE < size and go_on():
            piece = self._piece(number)
            begins = max(piece.begins, piece.inner(offset))
            for found in self.pattern.matches(piece.content, begins, piece.ends):
                return piece.outer(found)
            number += 1
        return None

    def last_before(
        self, offset: int, *, go_on: Callable[[], bool] = lambda: True
    ) -> Places | None:
        """The last match that begins before an offset. Raises PatternTooSlow."""
        offset = min(offset, self.source.size())
        number = self._number_at(offset)
        while number >= 0 and go_on():
            piece = self._piece(number)
            ends = min(piece.ends, piece.inner(offset))
            found = self.pattern.last(piece.content, piece.begins, ends)
            if found is not None:
                return piece.outer(found)
            number -= 1
        return None

    def within(self, begins: int, ends: int, line: tuple[int, int]) -> list[Places]:
        """The matches that can be seen in a part of a line. Raises PatternTooSlow."""
        at = max(line[0], begins - _CONTEXT)
        content = self.source.read(at, min(line[1], ends + _CONTEXT) - at)
        piece = TextPiece(content, at, 0, len(content), skips_sequences=self._skips)
        places = self.pattern.matches(piece.content)
        return [piece.outer(place) for place in places]

    def _number_at(self, offset: int) -> int:
        """The piece in which a match that begins at an offset is looked for."""
        number = offset // PIECE
        return number - 1 if number and offset < self._begin(number, b"", 0) else number

    def _piece(self, number: int) -> TextPiece:
        at = max(0, number * PIECE - _CONTEXT)
        content = self.source.read(at, (number + 1) * PIECE + _OVERLAP - at)
        begins = self._begin(number, content, at)
        ends = self._begin(number + 1, content, at)
        if ends > at + len(content):
            content += self.source.read(at + len(content), ends - at - len(content))
        return TextPiece(content, at, begins - at, ends - at, skips_sequences=self._skips)

    def _begin(self, number: int, content: bytes, at: int) -> int:
        """Where a piece begins: with a line, or in the midst of one that is very long.

        Args:
            content: what is read already.
            at: its offset.
        """
        hard = number * PIECE
        if number == 0:
            return 0
        start, end = hard - 1, hard + PIECE - 1
        if content:
            feed = content.find(b"\n", start - at, end - at)
            if feed >= 0:
                return at + feed + 1
            start = max(start, at + len(content))
        while start < end and (more := self.source.read(start, min(_OVERLAP, end - start))):
            feed = more.find(b"\n")
            if feed >= 0:
                return start + feed + 1
            start += len(more)
        return min(hard, self.source.size())
