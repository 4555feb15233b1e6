"""Styles that cost nothing on the wire where the terminal's own colours are meant."""

from __future__ import annotations

from rich.style import Style


def lean(style: Style) -> Style:
    """A style that does not ask for the terminal's own colours: they are there anyway."""
    if style.color and style.color.is_default:
        style = style.without_color + Style.from_color(None, style.bgcolor)
    if style.bgcolor and style.bgcolor.is_default:
        style = style.without_color + Style.from_color(style.color)
    return style
