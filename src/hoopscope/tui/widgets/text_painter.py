"""Rows of a text drawn as strips of exactly one width, with as few styles as can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from hoopscope.recordings.shown_text import Shown
from hoopscope.tui.widgets.text_styles import TextStyles, own_style

Layer = tuple[int, int, str]
"""Bytes of the text from one offset to before another, and the tone that they are to have."""


@dataclass(frozen=True, slots=True)
class RowLook:
    """What a row shows.

    Attributes:
        sign: one cell at the far left, and its tone.
        gutter: number and time, "" for none; every row of a text has one of the same width.
        shown: signs, at least those in the row.
        column: the cell of the line that the row begins with.
        layers: what is to look different, later ones above earlier ones.
        tones: the same in signs of `shown`, below the layers: (first, after the last, tone).
        goes_on: what stands in the last cell where the line goes on beyond it.
        is_selected: whether the row is marked as a whole.
    """

    sign: tuple[str, str]
    gutter: str
    shown: Shown
    column: int
    layers: Sequence[Layer] = ()
    tones: Sequence[tuple[int, int, str]] = ()
    goes_on: str = ""
    is_selected: bool = False


class TextPainter:
    """Draws rows of one width.

    Args:
        width: cells of a row, sign and gutter included.
        styles: of its parts.
    """

    def __init__(self, width: int, styles: TextStyles) -> None:
        self.width = width
        self._base = styles.base
        self._tones = styles.tones
        self.blank = Strip([Segment(" " * width, styles.base)], width)

    def words(self, text: str) -> Strip:
        """A row that is no text: what there is to say where there is none."""
        strip = Strip([Segment(f" {text}", self._base + self._tones["status"])])
        return strip.adjust_cell_length(self.width, self._base)

    def row(self, look: RowLook) -> Strip:
        """A row, padded or cut."""
        base = self._base + self._tones["selected"] if look.is_selected else self._base
        sign, tone = look.sign
        gutter = base if look.is_selected else base + self._tones["gutter"]
        if sign == " ":
            segments = [Segment(" " + look.gutter, gutter)]
        else:
            segments = [Segment(sign, base + self._tones[tone]), Segment(look.gutter, gutter)]
        used = 1 + len(look.gutter)
        text, cells = self._text(look, base, self.width - used - 1)
        room = self.width - used - cells
        segments += text
        if room > 1 or not look.goes_on:
            segments.append(Segment(" " * (room - bool(look.goes_on)), base))
        if look.goes_on and room > 0:
            segments.append(Segment(look.goes_on, base + self._tones["gutter"]))
        strip = Strip(Segment.simplify(segments))
        return strip.adjust_cell_length(self.width, base)

    def _text(self, look: RowLook, base: Style, room: int) -> tuple[list[Segment], int]:
        """The signs of a row in their styles, and how many cells they take."""
        shown = look.shown
        first, last = shown.signs_in(look.column, room)
        while last < len(shown.text) and shown.columns[last] == shown.columns[last - 1] and last:
            last += 1  # marks on the last sign
        if first >= last:
            return [], 0
        lead = shown.columns[first] - look.column
        segments = [Segment(" " * lead, base)] if lead else []
        styles = self._styles(look, base, first, last)
        if styles is None:
            segments.append(Segment(shown.text[first:last], base))
        else:
            at = first
            for style, run in groupby(styles):
                size = len(list(run))
                segments.append(Segment(shown.text[at : at + size], style))
                at += size
        return segments, shown.columns[last] - look.column

    def _styles(self, look: RowLook, base: Style, first: int, last: int) -> list[Style] | None:
        """A style for each sign; None where all have the row's."""
        if not look.shown.styles and not look.tones and not look.layers:
            return None
        styles = [base] * (last - first)

        def lay(begins: int, ends: int, style: Style) -> None:
            for sign in range(max(0, begins - first), min(ends, last) - first):
                styles[sign] += style

        for begins, ends, own in look.shown.styles:
            lay(begins, ends, own_style(own))
        for begins, ends, tone in look.tones:
            lay(begins, ends, self._tones[tone])
        for at, end, tone in look.layers:
            lay(*look.shown.signs_of(at, end), self._tones[tone])
        return styles
