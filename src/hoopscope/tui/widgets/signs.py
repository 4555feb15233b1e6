"""The few signs that fields draw, for terminals with and without more than ASCII."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signs:
    """One cell each."""

    more: str = "▾"
    left: str = "‹"
    right: str = "›"
    chosen: str = "✓"
    ellipsis: str = "…"
    rule: str = "─"


SIGNS = Signs()
ASCII_SIGNS = Signs(more="v", left="<", right=">", chosen="*", ellipsis="~", rule="-")
