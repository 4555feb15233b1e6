"""Our own signs, for terminals that have nothing but ASCII."""

from __future__ import annotations

_SIGNS = str.maketrans("…·→–✓✗⊘▶◇○■×▾▴“”", '~->-+x#>oo%xv^""')
"""One cell each, the signs of outcomes as in the list."""


def in_ascii(text: str) -> str:
    """A text whose signs are ASCII, as wide as before; letters stay as they are."""
    return text if text.isascii() else text.translate(_SIGNS)
