"""Starting a part of this program as a process of its own, with nothing but what it needs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

REPLAY_PROGRAM = "hoopscope.recordings.replay_process"
"""The module in which recordings are replayed."""

# No credential and no setting: whoever reads the process list reads this too.
_KEPT = ("PATH", "PYTHONHOME", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "TMPDIR", "TZ")


def own_command(module: str, *arguments: str) -> list[str]:
    """This interpreter on one of our modules; the folder that one is in gives it none."""
    switches = ["-P", "-s", *(["-B"] if sys.dont_write_bytecode else [])]
    return [sys.executable, *switches, "-m", module, *arguments]


def own_environment() -> dict[str, str]:
    """The environment for it: the terminal's language, and the modules that are ours as well."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(import_path())}


def import_path() -> list[str]:
    """The folders that this program's modules come from, without the one that one happens to be in.

    `python -m hoopscope` puts that one first, and what lies there would be taken for a library.
    """
    ours = Path(__file__).resolve().parents[1]
    try:
        here = Path.cwd()
    except OSError:
        here = None
    return [
        entry
        for entry in sys.path
        if Path(entry).is_absolute() and (Path(entry) != here or here == ours)
    ]
