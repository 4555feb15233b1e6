"""The last thing before the terminal: what it cannot show becomes something that it can."""

from __future__ import annotations

from functools import lru_cache

from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from hoopscope.sessions.facts.ascii_signs import in_ascii

REPLACED = "?"
"""For each cell of what the terminal's encoding lacks."""

_HORIZONTAL, _VERTICAL = "─━┄┅┈┉╌╍═▔▁▂▃‾⎯", "│┃┆┇┊┋╎╏║▏▎▍▌▐▊▋▕"
_CORNERS = (
    "┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┝┞┟┠┡┢┣┤┥┦┧┨┩┪┫┬┭┮┯┰┱┲┳┴┵┶┷┸"
    "┹┺┻┼┽┾┿╀╁╂╃╄╅╆╇╈╉╊╋╒╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡╢╣╤╥╦╧╨╩╪╫╬╭╮╯╰"
)
_BLOCKS = "█▓▒▄▅▆▇▀▗▖▘▝▚▞▙▟▛▜"
_OTHERS = {
    "░": ":",
    "●": "*",
    "•": "*",
    "◉": "*",
    "←": "<",
    "↑": "^",
    "↓": "v",
    "↔": "-",
    "▲": "^",
    "▼": "v",
    "◀": "<",
    "▸": ">",
    "◂": "<",
    "‹": "<",
    "›": ">",
    "⏸": "=",
    "⏎": "<",
    "⚙": "m",
    "❯": ">",
    "—": "-",
    "‘": "'",
    "’": "'",
    "✔": "+",
    "✘": "x",
    "⚠": "!",
    "\u00a0": " ",
}
_TABLE = str.maketrans(
    {
        **dict.fromkeys(_HORIZONTAL, "-"),
        **dict.fromkeys(_VERTICAL, "|"),
        **dict.fromkeys(_CORNERS, "+"),
        **dict.fromkeys(_BLOCKS, "#"),
        **_OTHERS,
    }
)


class ShownSigns(LineFilter):
    """Draws lines and signs in ASCII, and replaces what the terminal's encoding lacks.

    Everything on screen goes through it, also what Textual draws; each line keeps its width.

    Args:
        encoding: the terminal's.
        ascii_only: also where the encoding has more; letters then stay.
    """

    def __init__(self, encoding: str = "utf-8", *, ascii_only: bool = True) -> None:
        super().__init__()
        self._encoding = encoding
        self._ascii_only = ascii_only
        self._shown = lru_cache(4096)(self._worked_out)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments as the terminal can show them."""
        shown = self._shown
        return [
            segment if segment.text.isascii() else Segment(shown(segment.text), *segment[1:])
            for segment in segments
        ]

    def _worked_out(self, text: str) -> str:
        if self._ascii_only:
            text = in_ascii(text).translate(_TABLE)
        try:
            text.encode(self._encoding)
        except UnicodeEncodeError:
            return "".join(map(self._replaced, text))
        return text

    def _replaced(self, character: str) -> str:
        try:
            character.encode(self._encoding)
        except UnicodeEncodeError:
            return REPLACED * get_character_cell_size(character)
        return character
