"""What a restricted console says of itself, and what it keeps to itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

REFUSAL = "This console is restricted."

_A_FILE = "a file"
# Neither the rest of an address, nor of a word with a slash in it, nor a path of the gateway's API.
_PATH = r"""(?<![\w:/.~@-])(?:~[\w.-]*|\.{1,2})?/(?!api/)[^\s:,;'"()<>|]+"""


def without_paths(text: str, known: Iterable[str] = ()) -> str:
    """The sentence without names of files: `known` ones, and what looks like an absolute one."""
    for path in sorted((name for name in known if name), key=len, reverse=True):
        text = text.replace(path, _A_FILE)
    return re.sub(_PATH, _A_FILE, text)
