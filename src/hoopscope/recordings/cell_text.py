"""The text of one cell of a terminal, made harmless without becoming wider or narrower."""

from __future__ import annotations

from functools import lru_cache

from hoopscope.untrusted import cell_width, harmless

UNSHOWABLE = "\ufffd"
"""Stands, in each cell, for what a terminal would obey, hide, or give another width."""


@lru_cache(8192)
def cell_text(text: str, cells: int) -> str:
    """A character with what combines with it, in exactly `cells` cells.

    Joiners, variation selectors, skin tones and marks beyond two are left out: what they do
    differs from terminal to terminal.
    """
    base = text[:1]
    if harmless(base) != base or cell_width(base) not in (1, cells):
        return UNSHOWABLE * cells
    shown = base
    for mark in text[1:]:
        longer = shown + mark
        if harmless(longer) == longer and cell_width(longer) == cell_width(shown):
            shown = longer
    return shown + " " * (cells - cell_width(shown))
