"""Words: what many sessions have in common, kept once in the store's database."""

from __future__ import annotations

import marshal
import sqlite3
from typing import Any

_CACHED = 500
# Later versions write the same value differently from time to time; this one never does.
_MARSHAL_VERSION = 2


class Words:
    """Small tuples of plain values, each with a number. At most _CACHED are held in memory.

    A place in a tuple always has the same type: True and 1 are taken for the same word.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._numbers: dict[tuple[Any, ...], int] = {}
        self._values: dict[int, tuple[Any, ...]] = {}
        database.execute("CREATE TABLE words (number INTEGER PRIMARY KEY, value BLOB UNIQUE)")

    def number(self, value: tuple[Any, ...]) -> int:
        """The number of a tuple, a new one for a new tuple."""
        number = self._numbers.get(value)
        if number is None:
            packed = marshal.dumps(value, _MARSHAL_VERSION)
            ask = self._database.execute
            row = ask("SELECT number FROM words WHERE value = ?", (packed,)).fetchone()
            if row is None:
                row = (ask("INSERT INTO words (value) VALUES (?)", (packed,)).lastrowid,)
            if len(self._numbers) >= _CACHED:
                self._numbers.clear()
            number = self._numbers[value] = int(row[0])
        return number

    def value(self, number: int) -> tuple[Any, ...]:
        """The tuple that has a number."""
        value = self._values.get(number)
        if value is None:
            (packed,) = self._database.execute(
                "SELECT value FROM words WHERE number = ?", (number,)
            ).fetchone()
            if len(self._values) >= _CACHED:
                self._values.clear()
            # Written by this process into a file that has no name.
            value = self._values[number] = tuple(marshal.loads(packed))  # noqa: S302
        return value

    def forget(self) -> None:
        """Drop what is held in memory: the database was rolled back."""
        self._numbers.clear()
        self._values.clear()
