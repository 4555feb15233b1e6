"""Which characters the terminal shows, as far as the locale tells.

Python itself takes UTF-8 where the locale has nothing but ASCII, so its streams do not tell.
"""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Mapping
from pathlib import Path

_COERCED = ("C.UTF-8", "C.utf8", "UTF-8")
"""What Python puts into LC_CTYPE in the place of C, and of a locale that is not installed."""


def terminal_encoding(environ: Mapping[str, str] | None = None) -> str:
    """The codec of the locale that LC_ALL, LC_CTYPE or LANG names; "ascii" where none does.

    The name alone counts: whether this machine has that locale says nothing about the terminal.

    Args:
        environ: an environment; None is the process's own, as it was when it started.
    """
    if environ is None:
        environ = _as_it_was()
    named = next(
        (environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(name)), "C"
    )
    if named == "UTF-8":
        # As macOS has it in LC_CTYPE.
        return "utf-8"
    _, _, codeset = named.partition("@")[0].partition(".")
    try:
        return codecs.lookup(codeset).name if codeset else "ascii"
    except LookupError:
        return "ascii"


def _as_it_was() -> Mapping[str, str]:
    is_coerced = (
        sys.flags.utf8_mode
        and not os.environ.get("LC_ALL")
        and os.environ.get("LC_CTYPE") in _COERCED
    )
    if not is_coerced:
        return os.environ
    try:
        started_with = Path("/proc/self/environ").read_bytes()
    except OSError:
        return {**os.environ, "LC_CTYPE": ""}
    pairs = (each.partition(b"=") for each in started_with.split(b"\0"))
    locale = {os.fsdecode(name): os.fsdecode(value) for name, _, value in pairs}
    return {name: locale.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG")}
