"""Answers recorded from a real gateway (tests/captures)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "captures"


@cache
def body(name: str) -> bytes:
    return (FOLDER / f"{name}.json").read_bytes()


def value(name: str) -> Any:
    """A fresh copy of what a capture holds."""
    return json.loads(body(name))


@cache
def _holding(prefix: str, field: str) -> tuple[str, ...]:
    names = sorted(path.stem for path in FOLDER.glob(f"{prefix}-*.json"))
    found = []
    for name in names:
        content = value(name)
        if isinstance(content, dict) and field in content:
            found.append(name)
    return tuple(found)


def lists() -> tuple[str, ...]:
    """The names of the recorded lists of sessions, without the refusals among them."""
    return _holding("list", "data")


def details() -> tuple[str, ...]:
    """The names of the recorded whole sessions, without the refusals among them."""
    return _holding("detail", "id")
