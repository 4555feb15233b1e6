"""Lengths of time as they are typed: `90`, `30s`, `5m`, `1.5h`, `2d`."""

from __future__ import annotations

import re

_DURATION = re.compile(r"(\d{1,9}(?:\.\d{1,3})?)\s*([smhd]?)", re.ASCII)
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


def seconds_in(text: str) -> float:
    """The seconds that a text stands for. Raises ValueError with a sentence."""
    found = _DURATION.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError("is no length of time: write 30s, 5m or 1.5h.")
    return float(found[1]) * _SECONDS[found[2]]
