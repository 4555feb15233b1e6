"""How bytes of one line are shown: as harmless signs, each of which knows where it came from."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from hoopscope.recordings.ansi_text import NO_STYLE, SEQUENCE, AnsiStyle, styled
from hoopscope.recordings.overprinting import MOVE, Cell, moved, write
from hoopscope.untrusted import cell_width, harmless

TAB = 8


class Way(Enum):
    """What is done with what a terminal would obey."""

    PLAIN = "plain"
    """All of it is shown as escapes; only a carriage return before the line feed is left out."""
    COOKED = "cooked"
    """Colours are understood, overprinted lines show their last state, other sequences nothing."""
    RAW = "raw"
    """All of it is shown as escapes."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Signs of a line, or of a stretch of a long one.

    Attributes:
        text: harmless, one line.
        places: for each sign the offset of the bytes that it stands for, and the end's.
        columns: for each sign the cell of the line that it begins at, and the end's.
        styles: (first sign, sign after the last, style), in order; unstyled signs are in none.
        style: what a following stretch begins with.
        is_ordered: whether the places only grow; in an overprinted line they may not.
    """

    text: str
    places: Sequence[int]
    columns: Sequence[int]
    styles: Sequence[tuple[int, int, AnsiStyle]] = ()
    style: AnsiStyle = NO_STYLE
    is_ordered: bool = True

    def signs_of(self, begins: int, ends: int) -> tuple[int, int]:
        """The signs that stand for bytes from one offset to before another; may be none."""
        count = len(self.text)
        if not self.is_ordered:
            found = [sign for sign in range(count) if begins <= self.places[sign] < ends]
            return (found[0], found[-1] + 1) if found else (0, 0)
        first = bisect_left(self.places, begins, 0, count)
        return first, bisect_left(self.places, ends, first, count)

    def signs_in(self, column: int, width: int) -> tuple[int, int]:
        """The signs that begin in some cells."""
        count = len(self.text)
        first = bisect_left(self.columns, column, 0, count)
        return first, bisect_left(self.columns, column + width, first, count)


_OVERPRINTS = re.compile("[\r\b]|\x1b\\[[0-9]*[KGCD]")
_KINDS = (
    ("ascii", "[ -~]+"),
    ("sequence", SEQUENCE),
    ("two", "[\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482]+"),
    ("three", "[\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff\u2500-\u25fc]+"),
    ("wide", "[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]+"),
    ("tab", "\t"),
    ("other", "(?s:.)"),
)
_BYTES_AND_CELLS = {"ascii": (1, 1), "two": (2, 1), "three": (3, 1), "wide": (3, 2)}
_COOKED = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS))
_UNCOOKED = re.compile(
    "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS if kind != "sequence")
)


_COMMON = re.compile("[" + "".join(dict(_KINDS)[kind][1:-2] for kind in _BYTES_AND_CELLS) + "]*")
_WIDE = re.compile(dict(_KINDS)["wide"])


def common_width(content: bytes) -> int | None:
    """The cells of bytes that hold nothing but common signs; None for others. It is quick."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if not _COMMON.fullmatch(text) or not text.isprintable():
        return None
    return 2 * len(text) - len(_WIDE.sub("", text))


def shown(content: bytes, at: int, way: Way, style: AnsiStyle = NO_STYLE) -> Shown:
    """A whole line, without its line feed.

    Args:
        content: any bytes; what is no UTF-8 is shown as escapes.
        at: their offset.
        way: what is done with what a terminal would obey.
        style: what is in force when the line begins.
    """
    if way is not Way.RAW and content.endswith(b"\r"):
        content = content.rstrip(b"\r") if way is Way.COOKED else content[:-1]
    return _shown(content, at, way, 0, style, overprint=True)


def shown_stretch(content: bytes, at: int, way: Way, column: int, style: AnsiStyle) -> Shown:
    """A stretch of a line that begins at a cell of it; nothing in it is printed over."""
    return _shown(content, at, way, column, style, overprint=False)


def _shown(
    content: bytes, at: int, way: Way, column: int, style: AnsiStyle, *, overprint: bool
) -> Shown:
    text = content.decode("utf-8", "surrogateescape")
    if text.isascii() and text.isprintable():
        size = len(text)
        styles = ((0, size, style),) if size and style != NO_STYLE else ()
        places, columns = range(at, at + size + 1), range(column, column + size + 1)
        return Shown(text, places, columns, styles, style)
    signs = _Signs(at, column, style)
    if way is not Way.COOKED:
        signs.append(text, _UNCOOKED)
    elif overprint and _OVERPRINTS.search(text):
        signs.overprint(text)
    else:
        signs.append(text, _COOKED)
    return signs.shown()


class _Signs:
    """Signs as they come together."""

    def __init__(self, at: int, column: int, style: AnsiStyle) -> None:
        self._texts: list[str] = []
        self._places: list[int] = []
        self._columns: list[int] = []
        self._styles: list[tuple[int, int, AnsiStyle]] = []
        self._at = at
        self._column = column
        self._style = style
        self._cluster = ""  # the last sign and its marks, to which other marks may be added
        self._is_ordered = True

    def append(self, text: str, pattern: re.Pattern[str]) -> None:
        """Add a text, run after run."""
        for kind, run in _runs(text, pattern):
            sizes = _BYTES_AND_CELLS.get(kind)
            if kind == "sequence":
                self._at += len(run.encode("utf-8", "surrogateescape"))
                if run.startswith("\x1b[") and run.endswith("m"):
                    self._style = styled(self._style, run[2:-1])
            elif sizes and (kind == "ascii" or run.isprintable()):
                size, cells = sizes
                count = len(run)
                self._add(
                    run,
                    range(self._at, self._at + count * size, size),
                    range(self._column, self._column + count * cells, cells),
                )
                self._at += count * size
                self._column += count * cells
                self._cluster = run[-1]
            elif kind == "tab":
                count = TAB - self._column % TAB
                self._repeat(" " * count, 1)
            else:
                for character in run:
                    self._append_uncommon(character)

    def overprint(self, text: str) -> None:
        """Add a whole line that goes back over itself: what was written last to a cell is seen."""
        self._is_ordered = False
        cells: list[Cell] = []
        cursor = 0
        for kind, run in _runs(text, _COOKED):
            move = MOVE.fullmatch(run) if kind == "sequence" else None
            if move:
                cursor = moved(cells, cursor, move[2], int(move[1][:6] or -1))
                self._at += len(run)
            elif run in ("\r", "\b", "\t"):
                back, on = max(0, cursor - 1), cursor + TAB - cursor % TAB
                cursor = {"\r": 0, "\b": back, "\t": on}[run]
                self._at += 1
            else:
                part = _Signs(self._at, cursor, self._style)
                part.append(run, _COOKED)
                cursor = write(list(part.cells()), cells, cursor)
                self._at, self._style = part._at, part._style
        while cells and cells[-1][0] == " " and cells[-1][2] == NO_STYLE:
            cells.pop()
        for column, (sign, place, style) in enumerate(cells):
            if sign:
                self._styled(len(self._places), len(self._places) + len(sign), style)
                self._texts.append(sign)
                self._places += [place] * len(sign)
                self._columns += [column] * len(sign)
        self._column = len(cells)

    def shown(self) -> Shown:
        """What came together."""
        return Shown(
            "".join(self._texts),
            array("Q", [*self._places, self._at]),
            array("Q", [*self._columns, self._column]),
            self._styles,
            self._style,
            self._is_ordered,
        )

    def cells(self) -> Iterator[Cell]:
        """A sign with its marks for each cell, with its place and its style."""
        text = "".join(self._texts)
        style_of = {
            sign: style for first, last, style in self._styles for sign in range(first, last)
        }
        begins = 0
        for end in range(1, len(text) + 1):
            column = self._columns[begins]
            following = self._columns[end] if end < len(text) else self._column
            if following == column:
                continue
            place, style = self._places[begins], style_of.get(begins, NO_STYLE)
            yield text[begins:end], place, style
            for _ in range(following - column - 1):
                yield "", place, style
            begins = end

    def _append_uncommon(self, character: str) -> None:
        codepoint = ord(character)
        if 0xDC80 <= codepoint <= 0xDCFF:  # a byte that is no UTF-8
            self._repeat(f"\\x{codepoint - 0xDC00:02x}", 1)
            return
        size = len(character.encode("utf-8", "surrogatepass"))
        sign = harmless(self._cluster + character)[len(self._cluster) :]
        cluster = self._cluster + character if sign == character else ""
        self._repeat(sign, size)
        self._cluster = cluster

    def _repeat(self, sign: str, size: int) -> None:
        """Signs that all stand for the same `size` bytes."""
        self._cluster = ""
        column = self._column
        if sign.isascii():
            columns: Sequence[int] = range(column, column + len(sign))
            self._column += len(sign)
        else:
            width = cell_width(sign)
            # A mark is in the cell of what it is on.
            columns = [column] if width or not self._columns else [self._columns[-1]]
            self._column += width
        self._add(sign, [self._at] * len(sign), columns)
        self._at += size

    def _add(self, run: str, places: Sequence[int], columns: Sequence[int]) -> None:
        first = len(self._places)
        self._styled(first, first + len(run), self._style)
        self._texts.append(run)
        self._places.extend(places)
        self._columns.extend(columns)

    def _styled(self, first: int, last: int, style: AnsiStyle) -> None:
        if style == NO_STYLE:
            return
        styles = self._styles
        if styles and styles[-1][1:] == (first, style):
            styles[-1] = (styles[-1][0], last, style)
        else:
            styles.append((first, last, style))


def _runs(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    for found in pattern.finditer(text):
        yield found.lastgroup or "", found.group()
