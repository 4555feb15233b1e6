"""A value and where it came from."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

DEFAULT = "default"
MASK = "********"


class Sourced(NamedTuple, Generic[T]):
    """A setting's value and its source: a flag, a variable, `file, line n`, or `default`."""

    value: T
    source: str
    secret: bool = False

    @property
    def shown(self) -> str:
        """The value for people: secrets masked, whatever their length."""
        if self.value in ("", None):
            return ""
        if self.secret:
            return MASK
        if isinstance(self.value, bool):
            return "yes" if self.value else "no"
        return str(self.value)

    def __repr__(self) -> str:
        return f"Sourced({self.shown!r}, {self.source!r})"
