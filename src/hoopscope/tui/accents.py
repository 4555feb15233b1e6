"""A gateway's own colour in a theme: its name, the cursor and the borders, so that it is known.

A theme of the terminal's own colours stays one: the colour is then the nearest of the sixteen. A
theme without any colour stays without; the gateway's name is a block there all the same.
"""

from __future__ import annotations

from dataclasses import replace

from textual.color import Color
from textual.style import Style
from textual.theme import Theme

_READABLE = 4.5
"""The contrast of text that can be read (WCAG 2, AA)."""

_STEP = 0.04
_NO_COLOUR = "ansi_default"
_SIXTEEN = {
    "black": "#3b4048", "red": "#e5484d", "green": "#46a758", "yellow": "#e2b714",
    "blue": "#4a90e2", "magenta": "#c65cd6", "cyan": "#2fb3c9", "white": "#c8ccd2",
    "bright-black": "#6b7280", "bright-red": "#ff6b6b", "bright-green": "#6ddf80",
    "bright-yellow": "#ffd84d", "bright-blue": "#7ab8ff", "bright-magenta": "#e58cf2",
    "bright-cyan": "#63d9ec", "bright-white": "#ffffff",
}  # fmt: skip
"""The terminal's colours by name, for themes that have colours of their own."""

_USUAL = {
    "black": (0, 0, 0), "red": (205, 0, 0), "green": (0, 205, 0), "yellow": (205, 205, 0),
    "blue": (0, 0, 238), "magenta": (205, 0, 205), "cyan": (0, 205, 205), "white": (229, 229, 229),
    "bright-black": (127, 127, 127), "bright-red": (255, 0, 0), "bright-green": (0, 255, 0),
    "bright-yellow": (255, 255, 0), "bright-blue": (92, 92, 255), "bright-magenta": (255, 0, 255),
    "bright-cyan": (0, 255, 255), "bright-white": (255, 255, 255),
}  # fmt: skip
"""What terminals usually show for them (xterm's), to find the one that is nearest to a colour."""

_DARK = frozenset({"black", "red", "blue", "magenta", "bright-black"})


def with_accent(theme: Theme, accent: str) -> Theme:
    """The theme with an accent as `config.keys.colour` gives it; "" leaves it as it is."""
    if not accent or theme.accent == _NO_COLOUR:
        return theme
    if theme.ansi:
        name = accent if accent in _USUAL else _nearest(Color.parse(accent))
        colour = f"ansi_{name.replace('-', '_')}"
        block = colour
        on_block = "ansi_white" if name in _DARK else "ansi_black"
    else:
        background = Color.parse(theme.background or ("#000000" if theme.dark else "#ffffff"))
        exact = Color.parse(_SIXTEEN.get(accent, accent))
        colour = _readable(exact, background).hex
        block = exact.hex
        on_block = _on(exact).hex
    variables = {
        "text-accent": colour,
        "border": colour,
        "block-cursor-background": block,
        "block-cursor-foreground": on_block,
        "input-cursor-background": block,
        "input-cursor-foreground": on_block,
    }
    return replace(theme, accent=colour, variables={**theme.variables, **variables})


def block_style(theme: Theme, accent: str) -> Style:
    """A gateway's name as a block in its accent, as that is in a theme; bold without one."""
    themed = with_accent(theme, accent)
    if themed is theme:
        return Style(bold=True, reverse=bool(accent))
    return Style(
        background=Color.parse(themed.variables["block-cursor-background"]),
        foreground=Color.parse(themed.variables["block-cursor-foreground"]),
        bold=True,
    )


def contrast(one: Color, other: Color) -> float:
    """How well one colour stands out from another: 1 not at all, 21 as black from white."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    # The relative luminance of WCAG 2.
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in colour.rgb)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _readable(colour: Color, background: Color) -> Color:
    """The colour, moved away from the background until it can be read on it."""
    end = _on(background)
    share = 0.0
    while contrast(moved := colour.blend(end, share), background) < _READABLE and share < 1:
        share += _STEP
    return moved


def _on(background: Color) -> Color:
    """Black or white, whichever can be read better."""
    black, white = Color(0, 0, 0), Color(255, 255, 255)
    return max(black, white, key=lambda each: contrast(each, background))


def _nearest(colour: Color) -> str:
    return min(
        _USUAL,
        key=lambda name: sum(
            (one - other) ** 2 for one, other in zip(colour.rgb, _USUAL[name], strict=True)
        ),
    )
