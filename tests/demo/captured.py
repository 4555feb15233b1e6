"""Answers recorded from a real gateway (tests/captures)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "captures"


def captured(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def captured_sessions() -> list[Any]:
    """Every whole session of the captures."""
    found = [json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("detail-*.json"))]
    return [value for value in found if "connection" in value]


def captured_rows() -> list[Any]:
    """Every row of every list of the captures."""
    rows: list[Any] = []
    for path in sorted(FOLDER.glob("list-*.json")):
        if not path.name.endswith(".headers.json"):
            rows += json.loads(path.read_text("utf-8")).get("data") or []
    return rows
