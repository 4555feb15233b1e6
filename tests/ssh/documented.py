"""What `docs/ssh-console.md` tells people to write, so that the tests run just that."""

from __future__ import annotations

import re
from pathlib import Path

_PAGE = Path(__file__).parents[2] / "docs" / "ssh-console.md"


def blocks(language: str) -> list[str]:
    """The fenced blocks of a language, in their order."""
    page = _PAGE.read_text(encoding="utf-8")
    return re.findall(rf"^ *```{language}\n(.*?)^ *```$", page, flags=re.DOTALL | re.MULTILINE)
