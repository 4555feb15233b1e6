"""What the terminal can show, and what is made of that before anything is painted."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from hoopscope.config.terminal_encoding import terminal_encoding
from hoopscope.tui.terminal_colours import NONE, SIXTEEN, terminal_colours

if TYPE_CHECKING:
    from textual.filter import LineFilter

    from hoopscope.config.settings import Settings


def speak_its_encoding() -> None:
    """Write in the terminal's encoding; what that lacks ends nothing."""
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=terminal_encoding(), errors="replace")


def line_filters(*, ascii_only: bool) -> list[LineFilter]:
    """What every line goes through; nothing where the terminal shows everything.

    Args:
        ascii_only: no signs but ASCII, whatever the encoding has.
    """
    encoding = terminal_encoding()
    if not ascii_only and encoding == "utf-8":
        return []
    from hoopscope.tui.shown_signs import ShownSigns

    return [ShownSigns(encoding, ascii_only=ascii_only)]


def theme_name(settings: Settings) -> str:
    """The theme that the terminal's colours allow: a chosen one, as long as there are any.

    A terminal without colours is one whose operator set `NO_COLOR`, to Textual as well.
    """
    from hoopscope.config.settings import CONSOLE_THEME
    from hoopscope.config.sourced import DEFAULT

    colours = terminal_colours()
    if colours == NONE:
        os.environ["NO_COLOR"] = "1"
    elif not os.environ.get("NO_COLOR"):
        # Set to nothing it asks for nothing; Textual looks only whether it is set.
        os.environ.pop("NO_COLOR", None)
    if "NO_COLOR" in os.environ:
        return "monochrome"
    chosen = settings.sources.get("theme")
    if colours <= SIXTEEN and (chosen is None or chosen.source == DEFAULT):
        return CONSOLE_THEME
    return settings.theme
