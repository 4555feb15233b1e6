"""TextLines: the lines of a text of any size as they are shown, those in sight and no other."""

from __future__ import annotations

from collections import OrderedDict
from typing import TypeVar

from hoopscope.recordings.ansi_text import AnsiStyle, style_after
from hoopscope.recordings.byte_source import ByteSource
from hoopscope.recordings.line_index import LineIndex
from hoopscope.recordings.long_line import LongLine
from hoopscope.recordings.shown_text import Shown, Way, shown

T = TypeVar("T")

LONG = 8_192
"""Bytes from which on a line is not decoded as a whole any more."""

_OVERPRINTED = 2_048
_LOOK_BACK = 2_048
_LINES_KEPT = 160
_LONG_LINES_KEPT = 64


class TextLines:
    """Lines by number, in one way of showing them.

    Args:
        source: the text.
        way: what is done with what a terminal would obey.
    """

    def __init__(self, source: ByteSource, way: Way) -> None:
        self.source = source
        self.index = LineIndex(source)
        self.way = way
        self._last = 0
        self._shown: OrderedDict[int, Shown] = OrderedDict()
        self._long: OrderedDict[int, LongLine] = OrderedDict()

    def __len__(self) -> int:
        """How many lines are known."""
        return len(self.index)

    def show_in(self, way: Way) -> None:
        """Show the same text in another way."""
        self.way = way
        self._shown.clear()
        self._long.clear()

    def grow(self, blocks: int = 16) -> bool:
        """Index more of the source, in any thread; whether there is still more. See LineIndex."""
        return self.index.grow(blocks)

    def take_in(self) -> int:
        """Take over what was indexed since; gives the first line that may be another now."""
        line, count = self._last, len(self.index)
        self._last = max(0, count - 1)
        if line < count:
            self._shown.pop(line, None)
            long = self._long.get(line)
            if long is not None:
                long.extend(self._end_of(line))
        return line

    def long_line(self, line: int) -> LongLine | None:
        """The cells of a line that is too long to be decoded as a whole. Raises IndexError."""
        known = self._long.get(line)
        if known is not None or line in self._shown:
            return known
        begins, ends = self.index.span(line)
        if ends - begins <= LONG or self._overprinted_from(begins, ends) is not None:
            return None
        ends = self._end_of(line)
        found = LongLine(self.source, begins, ends, self.way, self._style_at(begins))
        found.learn()
        _keep(self._long, line, found, _LONG_LINES_KEPT)
        return found

    def piece(self, line: int, column: int, width: int) -> Shown:
        """The signs in some cells of a line, and perhaps more at both sides. Raises IndexError."""
        known = self._shown.get(line)
        if known is not None:
            return known
        long = self.long_line(line)
        return long.piece(column, width) if long is not None else self._whole(line)

    def width(self, line: int) -> int:
        """The cells of a line, as far as they are known. Raises IndexError."""
        long = self.long_line(line)
        return long.width if long is not None else self._whole(line).columns[-1]

    def column_of(self, line: int, offset: int) -> int:
        """The cell of a line that shows a byte. Raises IndexError."""
        long = self.long_line(line)
        if long is not None:
            return long.column_of(offset)
        whole = self._whole(line)
        return whole.columns[whole.signs_of(offset, offset + 1)[0]]

    def _end_of(self, line: int) -> int:
        """The end of a long line, without a carriage return that is not to be shown."""
        ends = self.index.span(line)[1]
        if self.way is Way.RAW or self.source.read(ends - 1, 1) != b"\r":
            return ends
        return ends - 1

    def _whole(self, line: int) -> Shown:
        known = self._shown.get(line)
        if known is None:
            begins, ends = self.index.span(line)
            style = self._style_at(begins)
            # Of what was printed over again and again only the last state is of interest.
            begins = self._overprinted_from(begins, ends) or begins
            known = shown(self.source.read(begins, ends - begins), begins, self.way, style)
            _keep(self._shown, line, known, _LINES_KEPT)
        return known

    def _overprinted_from(self, begins: int, ends: int) -> int | None:
        """Where the last state of a long line that was printed over begins."""
        if self.way is not Way.COOKED or ends - begins <= _OVERPRINTED:
            return None
        tail = self.source.read(ends - _OVERPRINTED, _OVERPRINTED).rstrip(b"\r")
        at = tail.find(b"\r")
        return None if at < 0 else ends - _OVERPRINTED + at + 1

    def _style_at(self, offset: int) -> AnsiStyle:
        """The style in force, as far as the bytes just before tell."""
        if self.way is not Way.COOKED:
            return AnsiStyle()
        begins = max(0, offset - _LOOK_BACK)
        return style_after(self.source.read(begins, offset - begins))


def _keep(kept: OrderedDict[int, T], line: int, value: T, at_most: int) -> None:
    kept[line] = value
    if len(kept) > at_most:
        kept.popitem(last=False)
