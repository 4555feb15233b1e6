"""How many colours the terminal has, as far as its name tells."""

from __future__ import annotations

import os
from collections.abc import Mapping

NONE, SIXTEEN, MANY, TRUE = 0, 16, 256, 1 << 24
_MANY = ("256color", "direct", "kitty")
"""Ends of names of terminals that everybody knows to have 256."""


def terminal_colours(environ: Mapping[str, str] | None = None) -> int:
    """0, 16, 256 or 2**24; 16 also where there are 8, or where nobody knows.

    Args:
        environ: an environment; None is the process's own.
    """
    environ = os.environ if environ is None else environ
    term = environ.get("TERM", "")
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return TRUE
    if term.endswith(_MANY):
        return MANY
    return NONE if _has_none(term) else SIXTEEN


def _has_none(term: str) -> bool:
    try:
        import _curses  # the module itself: nothing of the package around it is needed
    except ImportError:
        return term.startswith(("vt1", "vt2", "vt3", "vt4", "vt5")) or term.endswith("-m")
    try:
        # Its answers are taken before anything else of it is used; nothing is written.
        _curses.setupterm(term, 1)
    except _curses.error:
        return False
    return _curses.tigetnum("colors") < 8
