"""SQL `LIKE` as PostgreSQL has it: case-sensitive, `%` and `_` and `\\` live."""

from __future__ import annotations

import re
from collections.abc import Callable


def like(pattern: str) -> Callable[[str], bool] | None:
    """A test for whole texts, or None for a pattern that ends inside an escape, an error there."""
    parts: list[str] = []
    letters = iter(pattern)
    for letter in letters:
        if letter == "%":
            parts.append(".*")
        elif letter == "_":
            parts.append(".")
        elif letter == "\\":
            escaped = next(letters, None)
            if escaped is None:
                return None
            parts.append(re.escape(escaped))
        else:
            parts.append(re.escape(letter))
    matcher = re.compile("".join(parts), re.DOTALL)
    return lambda text: matcher.fullmatch(text) is not None
