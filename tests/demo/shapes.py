"""Shapes of JSON: which types stand where, and which keys an object always has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

# Objects whose keys are data: their keys are not compared, only what stands under them.
OPEN = {
    "labels",
    "metadata",
    "connection_tags",
    "info_types",
    "data_analyzer",
    "risk_counts",
    "outcome_counts",
    "feature_flags",
}


def _kind(value: object) -> str:
    if value is None:
        return "null"
    names = {bool: "bool", int: "int", float: "float", str: "string", list: "array", dict: "object"}
    return names[type(value)]


@dataclass
class Shape:
    """What was seen under each path (`$.review.status`, `$.steps[]`)."""

    kinds: dict[str, set[str]] = field(default_factory=dict)
    keys: dict[str, set[str]] = field(default_factory=dict)
    always: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, values: Iterable[Any]) -> Shape:
        found = cls()
        for value in values:
            found._see(value, "$")
        return found

    def _see(self, value: Any, path: str) -> None:
        self.kinds.setdefault(path, set()).add(_kind(value))
        if isinstance(value, list):
            for part in value:
                self._see(part, f"{path}[]")
        elif isinstance(value, dict) and path.rsplit(".", 1)[-1] not in OPEN:
            self.keys.setdefault(path, set()).update(value)
            if path in self.always:
                self.always[path] &= set(value)
            else:
                self.always[path] = set(value)
            for key, part in value.items():
                self._see(part, f"{path}.{key}")


def differences(
    answered: Shape, recorded: Shape, documented: dict[str, set[str]]
) -> dict[str, object]:
    """Where answers look like nothing that was recorded; `documented` adds kinds by path."""
    found: dict[str, object] = {}
    for path, kinds in answered.kinds.items():
        extra = kinds - recorded.kinds.get(path, set()) - documented.get(path, set())
        if extra:
            found[f"{path} kinds"] = extra
    for path, always in recorded.always.items():
        missing = always - answered.always.get(path, always)
        if missing:
            found[f"{path} lacks"] = missing
    return found


def never_seen(answered: Shape, recorded: Shape) -> set[str]:
    """Paths of the recorded answers that no answer has."""
    return set(recorded.kinds) - set(answered.kinds)
