"""What makes one row of a terminal another, in the fewest bytes from where the cursor stands."""

from __future__ import annotations

from itertools import compress
from operator import ne, or_

from hoopscope.tui.wire.frame import UNKNOWN, Row
from hoopscope.tui.wire.pens import PLAIN, Pens

_FEW_BLANKS = 3
"""As many blanks cost no more than erasing them."""

_SHORT_GAP = 4
"""As many cells cost no more to write again than to pass over."""


class Writing:
    """Collects what is sent; knows where that leaves the cursor and the pen.

    Moves and erasures are those that xterm, the Linux console, tmux, screen and a VT100 share.

    Args:
        pens: what the signs of pens stand for.
        width: columns of the terminal.
        cursor: where it stands, (row, column), None when that is not known.
    """

    def __init__(self, pens: Pens, width: int, cursor: tuple[int, int] | None) -> None:
        self._pens = pens
        self._width = width
        self._parts: list[str] = []
        self._pen = PLAIN
        self.cursor = cursor

    @property
    def text(self) -> str:
        """Everything so far."""
        return "".join(self._parts)

    def control(self, sequence: str) -> None:
        """Send a sequence that may leave the cursor anywhere; it finds the plain pen."""
        self._take(PLAIN)
        self._parts.append(sequence)
        self.cursor = None

    def move(self, row: int, column: int) -> None:
        """Bring the cursor to a cell."""
        if self.cursor != (row, column):
            self._parts.append(_shortest_move(self.cursor, row, column, self._width))
            self.cursor = (row, column)

    def write(self, row: int, column: int, signs: str, pens: str) -> None:
        """Show signs from a cell on, all in one row."""
        self.move(row, column)
        rest, at = pens, 0
        while rest:
            pen = rest[0]
            after = rest.lstrip(pen)
            end = at + len(rest) - len(after)
            run = signs[at:end]
            if not self._shows_alike(run, pen):
                self._take(pen)
            self._parts.append(run)
            rest, at = after, end
        self.cursor = (row, column + len(signs))

    def write_unsure(self, row: int, column: int, text: str) -> None:
        """Show a chunk as it came, from and to the plain pen; where it ends nobody knows."""
        self._take(PLAIN)
        self.move(row, column)
        self._parts.append(text)
        self.cursor = None

    def patch(self, row: int, old: Row, new: Row) -> None:
        """Make a row that shows `old` show `new`."""
        if old == new:
            return
        others = map(ne, old.signs, new.signs), map(ne, old.pens, new.pens)
        differing = list(compress(range(self._width), map(or_, *others)))
        end = max(len(new.signs.rstrip(" ")), len(new.pens.rstrip(PLAIN)))
        first = last = -1
        for at in differing:
            if at >= end:
                break
            if first >= 0 and at > last + 1 and not self._joins(new, last, at):
                self.write(row, first, new.signs[first : last + 1], new.pens[first : last + 1])
                first = -1
            first, last = (at if first < 0 else first), at
        if first >= 0:
            self.write(row, first, new.signs[first : last + 1], new.pens[first : last + 1])
        blanked = [at for at in differing if at >= end]
        if blanked and UNKNOWN in old.signs:
            # Where half of a wide sign would be erased terminals differ.
            count = blanked[-1] + 1 - blanked[0]
            self.write(row, blanked[0], " " * count, PLAIN * count)
        elif blanked:
            self._blank(row, end, blanked[0], blanked[-1])

    def finish(self, cursor: tuple[int, int]) -> None:
        """Leave a plain pen, and the cursor where it belongs."""
        self._take(PLAIN)
        self.move(*cursor)

    def _blank(self, row: int, end: int, first: int, last: int) -> None:
        """Blank the cells from `first` to `last`; all others from `end` on are blank already."""
        here = self.cursor
        start = here[1] if here and here[0] == row and end <= here[1] <= first else first
        count = last + 1 - start
        if count <= _FEW_BLANKS:
            self.write(row, start, " " * count, PLAIN * count)
            return
        self.move(row, start)
        if not self._shows_alike(" ", PLAIN):
            self._take(PLAIN)
        self._parts.append("\x1b[K")

    def _joins(self, new: Row, last: int, at: int) -> bool:
        """Whether the cells between two that differ are better written than passed over."""
        if at - last - 1 > _SHORT_GAP:
            return False
        gap = new.signs[last + 1 : at]
        pen = new.pens[last]
        return gap.isascii() and all(
            p == pen or (sign == " " and p == self._pens.blank(pen))
            for sign, p in zip(gap, new.pens[last + 1 : at], strict=True)
        )

    def _shows_alike(self, run: str, pen: str) -> bool:
        """Whether the present pen shows a text as the other one would."""
        return pen == self._pen or (not run.strip(" ") and self._pens.blank(self._pen) == pen)

    def _take(self, pen: str) -> None:
        self._parts.append(self._pens.change(self._pen, pen))
        self._pen = pen


def _shortest_move(start: tuple[int, int] | None, row: int, column: int, width: int) -> str:
    if column:
        ways = [f"\x1b[{row + 1};{column + 1}H"]
    else:
        ways = [f"\x1b[{row + 1}H" if row else "\x1b[H"]
    if start is not None:
        down, right = row - start[0], column - start[1]
        if column == 0 and down == 0:
            ways.append("\r")
        elif column == 0 and down == 1:
            # The terminal's driver may make three bytes of it.
            ways.append("\r\n")
        # Past the last column terminals differ where the cursor is.
        if start[1] < width and down == 0:
            ways.append(_by(right, "C", "D"))
        elif start[1] < width and right == 0:
            ways.append(_by(down, "B", "A"))
    return min(ways, key=len)


def _by(count: int, forth: str, back: str) -> str:
    number = "" if abs(count) == 1 else str(abs(count))
    return f"\x1b[{number}{forth if count > 0 else back}"
