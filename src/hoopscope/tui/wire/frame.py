"""A frame as Textual writes it: places on the screen, and what is painted from there on.

Nothing of this is promised by Textual. So whatever does not look exactly like that is not
understood, and then nothing is changed about it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from textual._cells import cell_len

from hoopscope.tui.wire.pens import PLAIN, NotUnderstood, Pens

_PLACE = re.compile("\x1b\\[(\\d+);(\\d+)H")
_PIECE = re.compile("\x1b\\[([0-9;]*)m|([^\x00-\x1f\x7f-\x9f]+)")

_SURE = frozenset(
    chr(code)
    for first, last in (
        (0x20, 0x7E), (0xA1, 0xAC), (0xAE, 0x2FF), (0x370, 0x373), (0x37B, 0x37E), (0x391, 0x3A1),
        (0x3A3, 0x482), (0x48A, 0x52F), (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x2030, 0x205E),
        (0x20A0, 0x20BF), (0x2190, 0x2199), (0x2200, 0x22FF), (0x2500, 0x25FC), (0x23CE, 0x23CE),
        (0x2699, 0x2699), (0x2713, 0x2713), (0x2717, 0x2717), (0x2800, 0x28FF),
    )
    for code in range(first, last + 1)
)  # fmt: skip
"""Signs that every terminal shows in exactly one cell; not so wide ones, combining ones, emoji."""

_CHUNKS_KEPT = 2_048

UNKNOWN = "\uffff"
"""The sign of a cell of which nobody knows what it shows; no text has it."""


Chunk = tuple[int, int, str]
"""Row and column, from 0, and a text with SGR sequences that is painted from there on."""


class Cells(NamedTuple):
    """What a chunk is, cell by cell: `signs`, and the pen of each.

    `signs` is empty where no two terminals need agree how wide the text is; `width` is then what
    Textual takes it for.
    """

    signs: str
    pens: str
    width: int


class Row(NamedTuple):
    """What a row shows: a sign and a pen for each cell."""

    signs: str
    pens: str

    @classmethod
    def filled(cls, sign: str, width: int) -> Row:
        """A row of nothing but one sign."""
        return cls(sign * width, PLAIN * width)

    def patched(self, column: int, signs: str, pens: str) -> Row:
        """The row with some of its cells replaced."""
        end = column + len(signs)
        return Row(
            self.signs[:column] + signs + self.signs[end:],
            self.pens[:column] + pens + self.pens[end:],
        )

    def forgotten_from(self, column: int) -> Row:
        """The row with nothing known of the cells from a column on."""
        rest = len(self.signs) - column
        return self.patched(column, UNKNOWN * rest, PLAIN * rest)


def read_frame(written: str) -> tuple[list[Chunk], tuple[int, int]]:
    """Take a frame apart: what is painted one after the other, and where the cursor rests.

    Raises:
        NotUnderstood: it is none.
    """
    parts = _PLACE.split(written)
    if parts[0] or len(parts) == 1 or parts[-1]:
        raise NotUnderstood("no frame")
    places = zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
    chunks = [
        (int(row) - 1, int(column) - 1, text)
        for row, column, rest in places
        if (text := rest.removesuffix("\n"))
    ]
    return chunks, (int(parts[-3]) - 1, int(parts[-2]) - 1)


class ChunkReader:
    """Takes chunks apart into cells, and remembers those it has seen."""

    def __init__(self, pens: Pens) -> None:
        self._pens = pens
        self._known: dict[str, Cells] = {}

    def read(self, text: str) -> Cells:
        """The cells of a chunk.

        Raises:
            NotUnderstood: there is something in it besides text and SGR sequences.
        """
        cells = self._known.get(text)
        if cells is None:
            if len(self._known) >= _CHUNKS_KEPT:
                self._known.clear()
            cells = self._known[text] = self._take_apart(text)
        return cells

    def _take_apart(self, text: str) -> Cells:
        signs, looks, end, pen, sure = [], [], 0, PLAIN, True
        for piece in _PIECE.finditer(text):
            if piece.start() != end:
                break
            end = piece.end()
            numbers, run = piece.groups()
            if run is None:
                pen = self._pens.after(pen, numbers)
                continue
            sure = sure and _SURE.issuperset(run)
            signs.append(run)
            blank = self._pens.blank(pen)
            looks.append(blank.join([pen * len(word) for word in run.split(" ")]))
        if end != len(text) or pen != PLAIN:
            raise NotUnderstood("more than text and styles")
        whole = "".join(signs)
        return Cells(whole, "".join(looks), len(whole)) if sure else Cells("", "", cell_len(whole))
