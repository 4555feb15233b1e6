"""How a pager takes its styles from the theme, and those that a text asks for itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rich.color import Color
from rich.style import Style
from textual.widget import Widget

from hoopscope.recordings.ansi_text import AnsiStyle, Colour
from hoopscope.tui.widgets.lean_style import lean

TEXT_TONES = (
    "gutter",
    "sign",
    "keyword",
    "string",
    "number",
    "comment",
    "name",
    "marked",
    "error",
    "match",
    "current",
    "selected",
    "status",
)
"""Every tone that has a component class, `text--…`."""

TEXT_CLASSES = {f"text--{tone}" for tone in TEXT_TONES}

TEXT_CSS = """
TextSurface {
    width: 1fr;
    height: 1fr;
    background: $background;
    color: $foreground;

    & > .text--gutter { color: $text-muted; }
    & > .text--sign { color: $text-accent; text-style: bold; }
    & > .text--keyword { color: $text-primary; text-style: bold; }
    & > .text--string { color: $text-success; }
    & > .text--number { color: $text-secondary; }
    & > .text--comment { color: $text-muted; text-style: italic; }
    & > .text--name { text-style: bold; }
    & > .text--marked { color: $text-error; text-style: bold underline; }
    & > .text--error { color: $text-error; }
    & > .text--match { text-style: reverse; }
    & > .text--current {
        background: $block-cursor-background;
        color: $block-cursor-foreground;
        text-style: bold underline;
    }
    & > .text--selected {
        background: $block-cursor-blurred-background;
        color: $block-cursor-blurred-foreground;
    }
    & > .text--status { color: $text-muted; }
}
"""


@dataclass(frozen=True, slots=True)
class TextStyles:
    """The styles of a pager; a null style costs nothing on the wire."""

    base: Style
    tones: Mapping[str, Style]


def text_styles_of(widget: Widget) -> TextStyles:
    """The styles of a pager, as its theme has them now."""
    return TextStyles(
        lean(widget.rich_style),
        {
            tone: lean(widget.get_component_rich_style(f"text--{tone}", partial=True))
            for tone in TEXT_TONES
        },
    )


@lru_cache(1024)
def own_style(style: AnsiStyle) -> Style:
    """The style that a text asks for itself; never one that hides it."""
    colour, background = style.colour, style.background
    if colour is not None and colour == background:
        colour = background = None
    return Style(
        color=_colour(colour),
        bgcolor=_colour(background),
        bold=style.bold or None,
        dim=style.dim or None,
        italic=style.italic or None,
        underline=style.underline or None,
        reverse=style.reverse or None,
        strike=style.strike or None,
    )


def _colour(colour: Colour) -> Color | None:
    if colour is None:
        return None
    return Color.from_ansi(colour) if isinstance(colour, int) else Color.from_rgb(*colour)
