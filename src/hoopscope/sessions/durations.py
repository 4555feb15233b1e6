"""How long something took, as an operator writes it: `30s`, `> 5m`, `< 2s`, `1m-1h`."""

from __future__ import annotations

import re

_TIME = r"(\d{1,9}(?:\.\d{1,3})?) ?([smhd]?)"
_TIMES = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}
_BOUND = re.compile(rf"(>|>=|<|<=|) ?{_TIME}", re.ASCII)
_BETWEEN = re.compile(rf"{_TIME} ?- ?{_TIME}", re.ASCII)


def parse_took(text: str) -> tuple[float | None, float | None]:
    """The shortest and the longest time meant, in seconds, both included; None is without a bound.

    A time without a sign before it is the shortest one.

    Raises:
        ValueError: a sentence for the operator.
    """
    words = " ".join(text.lower().split())
    if found := _BETWEEN.fullmatch(words):
        shortest, longest = _seconds(found[1], found[2]), _seconds(found[3], found[4])
        if shortest > longest:
            raise ValueError("the longer time has to come last")
        return shortest, longest
    found = _BOUND.fullmatch(words)
    if found is None:
        raise ValueError("not understood: try 30s, < 2m or 5m-1h")
    seconds = _seconds(found[2], found[3])
    return (None, seconds) if found[1].startswith("<") else (seconds, None)


def _seconds(number: str, unit: str) -> float:
    return float(number) * _TIMES[unit]
