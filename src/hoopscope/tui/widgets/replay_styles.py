"""How the cells of a recorded terminal look here: its own colours, nothing that moves."""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color
from rich.style import Style

from hoopscope.recordings.emulator import (
    BOLD,
    DEFAULT_COLOUR,
    FAINT,
    INVERSE,
    ITALIC,
    STRUCK,
    TRUE_COLOUR,
    UNDERLINED,
)


@lru_cache(4096)
def cell_style(attributes: int, foreground: int, background: int) -> Style:
    """The style of cells, null where they have none. They do not blink."""
    return Style(
        color=_colour(foreground),
        bgcolor=_colour(background),
        bold=True if attributes & BOLD else None,
        italic=True if attributes & ITALIC else None,
        dim=True if attributes & FAINT else None,
        reverse=True if attributes & INVERSE else None,
        strike=True if attributes & STRUCK else None,
        underline=True if attributes & UNDERLINED else None,
    )


def _colour(colour: int) -> Color | None:
    if colour == DEFAULT_COLOUR:
        return None
    if colour & TRUE_COLOUR:
        return Color.from_rgb(colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF)
    return Color.from_ansi(colour & 0xFF)
