"""LongLine: a line of megabytes, of which only the cells in sight are ever decoded."""

from __future__ import annotations

import re
import threading
from array import array
from bisect import bisect_right

from hoopscope.recordings.ansi_text import NO_STYLE, AnsiStyle
from hoopscope.recordings.byte_source import ByteSource
from hoopscope.recordings.shown_text import Shown, Way, common_width, shown_stretch

_STRETCH = 2_048
"""Bytes of a stretch that has to be decoded; plain ASCII comes in larger ones."""

_PLAIN_STRETCH = 65_536
_NOT_PLAIN = re.compile(b"[^ -~]")
_LONGEST_SEQUENCE = 256


class LongLine:
    """Cells of one line, by number. It learns of them from the left, when asked to.

    Remembers where its stretches begin: a few bytes for each. In one of plain ASCII every cell is
    a byte and nothing has to be decoded.
    """

    def __init__(
        self, source: ByteSource, begins: int, ends: int, way: Way, style: AnsiStyle = NO_STYLE
    ) -> None:
        self._source = source
        self._way = way
        self._ends = ends
        self._offsets = array("Q", [begins])
        self._columns = array("Q", [0])
        self._is_plain = bytearray()  # of each stretch that is known
        self._styles = [style]
        self._learning = threading.Lock()

    @property
    def width(self) -> int:
        """How many cells are known."""
        return self._columns[-1]

    @property
    def is_known(self) -> bool:
        """Whether all cells are."""
        return self._offsets[-1] >= self._ends

    def learn(self, stretches: int = 16) -> bool:
        """Look through at most so many stretches more; whether there are still others."""
        with self._learning:
            for _ in range(stretches):
                if self.is_known:
                    return False
                self._learn_one()
            return not self.is_known

    def extend(self, ends: int) -> None:
        """The line has become longer; what its end was shown as may have been cut in two."""
        with self._learning:
            self._ends = ends
            if self._is_plain:
                self._is_plain.pop()
                self._columns.pop()
                self._offsets.pop()
                self._styles.pop()

    def piece(self, column: int, width: int) -> Shown:
        """The signs in some cells, and perhaps more at both sides; only known ones."""
        number = max(0, bisect_right(self._columns, column) - 1)
        end = column + width
        parts: list[Shown] = []
        while number < len(self._is_plain) and self._columns[number] < end:
            parts.append(self._stretch(number, column, end))
            number += 1
        if not parts:
            return Shown("", [self._offsets[-1]], [self._columns[-1]])
        return parts[0] if len(parts) == 1 else _joined(parts)

    def column_of(self, offset: int) -> int:
        """The cell that shows a byte; the last known one for what is beyond."""
        number = min(bisect_right(self._offsets, offset), len(self._is_plain)) - 1
        if number < 0:
            return 0
        if self._is_plain[number]:
            return self._columns[number] + offset - self._offsets[number]
        part = self._stretch(number, 0, 0)
        return part.columns[part.signs_of(offset, offset + 1)[0]]

    def _stretch(self, number: int, column: int, end: int) -> Shown:
        at, first = self._offsets[number], self._columns[number]
        size = self._offsets[number + 1] - at
        style = self._styles[number]
        if self._is_plain[number]:
            skipped = max(0, column - first)
            size = max(0, min(size, end - first) - skipped)
            at, first = at + skipped, first + skipped
        return shown_stretch(self._source.read(at, size), at, self._way, first, style)

    def _learn_one(self) -> None:
        at, column, style = self._offsets[-1], self._columns[-1], self._styles[-1]
        content = self._source.read(at, min(_PLAIN_STRETCH, self._ends - at))
        if not content:
            self._ends = at
            return
        unlike = _NOT_PLAIN.search(content)
        plain = len(content) if unlike is None else unlike.start()
        is_plain = plain >= _STRETCH or plain == len(content)
        if is_plain:
            column += plain
            at += plain
        else:
            part = content[:_STRETCH]
            if len(part) < len(content):
                part = part[: _good_end(part)]
            width = common_width(part)
            if width is None:
                stretch = shown_stretch(part, at, self._way, column, style)
                width, style = stretch.columns[-1] - column, stretch.style
            at += len(part)
            column += width
        self._styles.append(style)
        self._offsets.append(at)
        self._columns.append(column)
        self._is_plain.append(is_plain)  # the last: others may be reading


def _good_end(content: bytes) -> int:
    """Where bytes can be cut without cutting a character or a sequence in two."""
    end = len(content)
    escape = content.rfind(b"\x1b", end - _LONGEST_SEQUENCE)
    if escape > 0:
        end = escape
    for back in range(1, min(4, end)):
        if content[end - back] & 0xC0 == 0xC0:
            return end - back
    return end


def _joined(parts: list[Shown]) -> Shown:
    text = "".join(part.text for part in parts)
    places: list[int] = []
    columns: list[int] = []
    styles: list[tuple[int, int, AnsiStyle]] = []
    for part in parts:
        first = len(places)
        places += part.places[:-1]
        columns += part.columns[:-1]
        styles += [(first + begins, first + ends, style) for begins, ends, style in part.styles]
    last = parts[-1]
    return Shown(text, [*places, last.places[-1]], [*columns, last.columns[-1]], styles, last.style)
