"""What a terminal would obey in a text: recognised, its colours understood, none of it obeyed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple, TypeAlias

Colour: TypeAlias = int | tuple[int, int, int] | None
"""A number in the palette of 256, red, green and blue, or the terminal's own colour."""


class AnsiStyle(NamedTuple):
    """How a text wants to look. Blinking and concealing are not among it: nothing is hidden."""

    colour: Colour = None
    background: Colour = None
    bold: bool = False
    dim: bool = False
    italic: bool = False
    underline: bool = False
    reverse: bool = False
    strike: bool = False


NO_STYLE = AnsiStyle()

SEQUENCE = (
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # control sequences, colours among them
    r"|\x1b[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)"  # strings: titles, links, the clipboard
    r"|\x1b[ -/]+[0-~]|\x1b[0-OQ-WYZ\\`-~]"  # the shorter ones
)
"""An escape sequence that is whole. One that is not, or begins with a C1 control, is no sequence
here: it is shown."""

BYTE_SEQUENCE = re.compile(SEQUENCE.encode("ascii"))
"""The same in bytes."""

_COLOURS = re.compile(rb"\x1b\[([0-9;:]*)m")
_ATTRIBUTES = {1: "bold", 2: "dim", 3: "italic", 4: "underline", 7: "reverse", 9: "strike"}
_ENDINGS = {
    21: ("bold",),
    22: ("bold", "dim"),
    23: ("italic",),
    24: ("underline",),
    27: ("reverse",),
    29: ("strike",),
}


@lru_cache(1024)
def styled(style: AnsiStyle, parameters: str) -> AnsiStyle:
    """A style after `ESC [ parameters m`; parameters that mean nothing change nothing."""
    codes = parameters.split(";")
    while codes:
        code, _, extra = codes.pop(0).partition(":")
        number = int(code) if code.isascii() and code.isdecimal() and len(code) < 4 else -1
        if not code or number == 0:
            style = NO_STYLE
        elif number == 4 and extra == "0":
            style = style._replace(underline=False)
        elif number in _ATTRIBUTES:
            style = style._replace(**{_ATTRIBUTES[number]: True})
        elif number in _ENDINGS:
            style = style._replace(**dict.fromkeys(_ENDINGS[number], False))
        elif number in (38, 48):
            colour = _extended(extra.split(":")) if extra else _extended_of(codes)
            if colour is not None:
                style = _coloured(style, colour, is_background=number == 48)
        elif 30 <= number <= 37 or 90 <= number <= 97:
            style = _coloured(style, number - 30 if number < 40 else number - 82)
        elif 40 <= number <= 47 or 100 <= number <= 107:
            shade = number - 40 if number < 50 else number - 92
            style = _coloured(style, shade, is_background=True)
        elif number == 39:
            style = style._replace(colour=None)
        elif number == 49:
            style = style._replace(background=None)
    return style


def style_after(content: bytes, style: AnsiStyle = NO_STYLE) -> AnsiStyle:
    """The style that all colour sequences in some bytes leave behind."""
    if b"\x1b" in content:
        for found in _COLOURS.finditer(content):
            style = styled(style, found[1].decode("ascii"))
    return style


def _coloured(style: AnsiStyle, colour: Colour, *, is_background: bool = False) -> AnsiStyle:
    return style._replace(background=colour) if is_background else style._replace(colour=colour)


def _extended_of(codes: list[str]) -> Colour:
    """The colour that follows a 38 or 48; takes its parameters off the list."""
    taken = codes[: {"5": 2, "2": 4}.get(codes[0] if codes else "", 1)]
    del codes[: len(taken)]
    return _extended(taken)


def _extended(parameters: list[str]) -> Colour:
    kind, *values = parameters
    if kind == "2" and len(values) > 3:
        values = values[-3:]  # with colons a colour space may stand before them
    numbers = [int(value) if value.isascii() and value.isdecimal() else -1 for value in values]
    if any(not 0 <= number <= 255 for number in numbers):
        return None
    if kind == "5" and len(numbers) == 1:
        return numbers[0]
    if kind == "2" and len(numbers) == 3:
        return numbers[0], numbers[1], numbers[2]
    return None
