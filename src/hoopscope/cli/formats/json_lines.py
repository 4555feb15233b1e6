"""Sessions as the gateway gave them, as JSON in ASCII: nothing in it can drive a terminal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hoopscope.gateway.row import SessionRow

_COMPACT = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
_INDENTED = json.JSONEncoder(indent=2, check_circular=False).encode


def one_line(value: object) -> str:
    """A JSON value on one line of printable ASCII."""
    text = _COMPACT(value)
    # The only control character that JSON's ASCII form leaves as it is; it occurs in strings only.
    return text.replace("\x7f", "\\u007f") if "\x7f" in text else text


def indented(value: object) -> str:
    """A JSON value over several lines of printable ASCII."""
    return _INDENTED(value).replace("\x7f", "\\u007f")


class JsonLines:
    """`jsonl`: one object a line."""

    def begin(self) -> str:
        """Nothing."""
        return ""

    def sessions(self, rows: Sequence[SessionRow], raw: Sequence[object]) -> str:
        """A line for each."""
        return "".join([one_line(value) + "\n" for value in raw])

    def end(self) -> str:
        """Nothing."""
        return ""


class JsonArray:
    """`json`: one array, an element a line."""

    def __init__(self) -> None:
        self._separator = "[\n"

    def begin(self) -> str:
        """Nothing: the bracket comes with the first session, or at the end."""
        return ""

    def sessions(self, rows: Sequence[SessionRow], raw: Sequence[object]) -> str:
        """The elements, each behind what separates it from the one before."""
        pieces = []
        for value in raw:
            pieces.append(self._separator + one_line(value))
            self._separator = ",\n"
        return "".join(pieces)

    def end(self) -> str:
        """The closing bracket, and the opening one of an empty array."""
        return "[]\n" if self._separator == "[\n" else "\n]\n"
