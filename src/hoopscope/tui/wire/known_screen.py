"""KnownScreen: what the terminal shows, as far as that is known, and what has to be sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from hoopscope.tui.wire.difference import Writing
from hoopscope.tui.wire.frame import UNKNOWN, Chunk, ChunkReader, Row, read_frame
from hoopscope.tui.wire.pens import NotUnderstood, Pens

_PLAIN_PEN = "\x1b[m"
_CLEAR = "\x1b[H\x1b[J"
_ROWS_WORTH_SCROLLING = 4


class PaintedRow(NamedTuple):
    """A row as a frame wants it.

    chunks: what is painted there.
    row: what it shows then.
    spans: (first column, column after the last) of each chunk, as Textual takes them to be.
    is_sure: whether every terminal shows its signs in as many cells.
    """

    chunks: list[Chunk]
    row: Row
    spans: list[tuple[int, int]]
    is_sure: bool

    @property
    def is_covered(self) -> bool:
        """Whether no cell of the row is left as it was."""
        reached = 0
        for start, end in self.spans:
            if start > reached:
                return False
            reached = max(reached, end)
        return reached >= len(self.row.signs)


class Shown(NamedTuple):
    """All rows, and the chunks of those that are not sure, as they were painted last."""

    rows: list[Row]
    unsure: dict[int, list[Chunk]]

    @classmethod
    def filled(cls, sign: str, width: int, height: int) -> Shown:
        """A screen of nothing but one sign."""
        return cls([Row.filled(sign, width)] * height, {})


class KnownScreen:
    """Turns frames into what has to be sent for them.

    What a row shows is known cell by cell. From a chunk on whose signs terminals may not agree
    how wide they are, nothing of the row is known: it is sent as Textual painted it, unless that
    is just how it was painted the last time.

    Args:
        width: columns of the terminal.
        height: its rows.
        can_scroll: tells whether the terminal can scroll a part of itself; asked when it matters.
    """

    def __init__(self, width: int, height: int, can_scroll: Callable[[], bool]) -> None:
        self.size = (width, height)
        self._can_scroll = can_scroll
        self._pens = Pens()
        self._reader = ChunkReader(self._pens)
        self._shown = Shown.filled(UNKNOWN, width, height)
        self._cursor: tuple[int, int] | None = None
        self.is_new = True
        """Whether it has never been painted whole."""

    def show(self, written: str) -> str:
        """What shows a frame; "" where the screen shows it already.

        Raises:
            NotUnderstood: it is no frame, or does not fit here.
        """
        chunks, cursor = read_frame(written)
        self._check(*cursor)
        painted = self._painted(chunks)
        ways = [self._anew(painted) if self.is_new else self._changed(painted)]
        if not self.is_new and self._is_worth_scrolling(painted):
            ways += self._scrolled(painted)
        for writing, _ in ways:
            writing.finish(cursor)
        writing, self._shown = min(ways, key=lambda way: len(way[0].text.encode()))
        self._cursor = writing.cursor
        self.is_new = self.is_new and not self._is_whole(painted)
        return writing.text

    def _check(self, row: int, column: int) -> None:
        width, height = self.size
        if not (0 <= row < height and 0 <= column < width):
            raise NotUnderstood("outside of the screen")

    def _painted(self, chunks: list[Chunk]) -> dict[int, PaintedRow]:
        width, _ = self.size
        painted: dict[int, PaintedRow] = {}
        for chunk in chunks:
            at, column, text = chunk
            self._check(at, column)
            before = painted.get(at) or PaintedRow([], self._shown.rows[at], [], True)
            cells = self._reader.read(text)
            end = column + cells.width
            is_sure = bool(cells.signs) and end <= width
            if is_sure:
                row = before.row.patched(column, cells.signs, cells.pens)
            else:
                # A combining sign at its beginning changes the cell before.
                row = before.row.forgotten_from(max(0, column - 1))
            painted[at] = PaintedRow(
                [*before.chunks, chunk],
                row,
                [*before.spans, (column, end)],
                before.is_sure and is_sure,
            )
        return painted

    def _is_whole(self, painted: Mapping[int, PaintedRow]) -> bool:
        return len(painted) == self.size[1] and all(row.is_covered for row in painted.values())

    def _anew(self, painted: Mapping[int, PaintedRow]) -> tuple[Writing, Shown]:
        """Nothing is known: a screen that is painted whole is cleared first."""
        writing = self._writing()
        writing.control(_PLAIN_PEN)
        shown = self._shown
        if self._is_whole(painted):
            writing.control(_CLEAR)
            writing.cursor = (0, 0)
            shown = Shown.filled(" ", *self.size)
        return writing, _paint(writing, shown, painted)

    def _changed(self, painted: Mapping[int, PaintedRow]) -> tuple[Writing, Shown]:
        writing = self._writing()
        return writing, _paint(writing, self._shown, painted)

    def _is_worth_scrolling(self, painted: Mapping[int, PaintedRow]) -> bool:
        rows = self._shown.rows
        changed = sum(rows[at] != painted_row.row for at, painted_row in painted.items())
        return changed >= _ROWS_WORTH_SCROLLING and self._can_scroll()

    def _scrolled(self, painted: Mapping[int, PaintedRow]) -> list[tuple[Writing, Shown]]:
        """The way by scrolling a part of the screen first, if there is one."""
        from hoopscope.tui.wire import scrolling

        shift = scrolling.find_shift(self._shown.rows, painted)
        if shift is None:
            return []
        writing = self._writing()
        writing.control(shift.sequence)
        shown = Shown(
            shift.applied(self._shown.rows),
            {at: was for at, was in self._shown.unsure.items() if not shift.moves(at)},
        )
        wanted = {**scrolling.rows_to_restore(self._shown.rows, shift), **painted}
        return [(writing, _paint(writing, shown, wanted))]

    def _writing(self) -> Writing:
        return Writing(self._pens, self.size[0], self._cursor)


def _paint(writing: Writing, shown: Shown, painted: Mapping[int, PaintedRow]) -> Shown:
    """Write what makes the screen as wanted; gives what it shows then."""
    rows, unsure = list(shown.rows), dict(shown.unsure)
    for at in sorted(painted):
        wanted = painted[at]
        if wanted.is_sure:
            writing.patch(at, rows[at], wanted.row)
            unsure.pop(at, None)
        elif unsure.get(at) != wanted.chunks:
            for chunk in wanted.chunks:
                writing.write_unsure(*chunk)
            unsure[at] = wanted.chunks
        rows[at] = wanted.row
    return Shown(rows, unsure)
