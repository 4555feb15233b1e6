"""RowTable: rows under whole numbers without gaps, in a nameless SQLite database.

Not safe for threads and without transactions: that is the store's part.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property

from hoopscope.gateway.row import SessionRow
from hoopscope.sessions.row_codec import COLUMNS, from_columns, packed, to_columns, unpacked
from hoopscope.sessions.words import Words

_CACHE_KIB = 512
_NAMES = ", ".join(COLUMNS)
_MARKS = ", ".join("?" * (len(COLUMNS) + 1))
_SET = ", ".join(f"{name} = ?" for name in COLUMNS)
_CREATE = f"CREATE TABLE sessions (position INTEGER PRIMARY KEY, {_NAMES})"
_INSERT = f"INSERT INTO sessions (position, {_NAMES}) VALUES ({_MARKS})"  # noqa: S608
_RANGE = f"SELECT {_NAMES} FROM sessions WHERE position >= ? AND position < ? ORDER BY position"  # noqa: S608
_UPDATE = f"UPDATE sessions SET {_SET} WHERE position = ?"  # noqa: S608
# Farther than there can be rows: where rows wait while they change places.
_ASIDE = 2**40
# Rows kept decoded, since a reader mostly moves by a row or a screen.
_DECODED = 512


class RowTable:
    """Rows newest first. The first has position `first`, which may be negative."""

    def __init__(self) -> None:
        self.first = 0
        self.count = 0
        self._decoded: dict[int, SessionRow] = {}

    @cached_property
    def database(self) -> sqlite3.Connection:
        """Made when it is first needed: of the stores that a browser begins with, one is."""
        database = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        ask = database.execute
        # The journal is only for undoing what a full disk stopped.
        ask("PRAGMA journal_mode = MEMORY").fetchone()
        ask("PRAGMA synchronous = OFF")
        ask(f"PRAGMA cache_size = -{_CACHE_KIB}")
        ask(_CREATE)
        ask("CREATE INDEX by_id ON sessions (id)")
        return database

    @cached_property
    def _words(self) -> Words:
        return Words(self.database)

    def forget(self) -> None:
        """Drop what is kept decoded: the database was rolled back."""
        self._decoded.clear()
        self._words.forget()

    def read(self, index: int, count: int) -> list[SessionRow]:
        """At most `count` rows from number `index` (0 is the newest) on."""
        if not self.count:
            return []
        begin = self.first + max(0, index)
        wanted = range(begin, min(begin + count, self.first + self.count))
        decoded = self._decoded
        missing = [position for position in wanted if position not in decoded]
        if not missing:
            return [decoded[position] for position in wanted]
        if len(decoded) + len(missing) > _DECODED:
            decoded.clear()
            missing = list(wanted)
        bounds = (missing[0], missing[-1] + 1)
        rows = [
            from_columns(columns, self._words)
            for columns in self.database.execute(_RANGE, bounds).fetchall()
        ]
        if len(rows) > _DECODED:
            return rows
        decoded.update(zip(range(*bounds), rows, strict=True))
        return [decoded[position] for position in wanted]

    def position_of(self, session_id: str) -> int | None:
        """Where a session is, None if it is not here."""
        found = self.database.execute(
            "SELECT position FROM sessions WHERE id = ?", (packed(session_id) or "",)
        ).fetchone()
        return None if found is None else int(found[0])

    def append(self, rows: Sequence[SessionRow]) -> None:
        """Add rows behind the last."""
        end = self.first + self.count
        self._write(end, rows)
        self.count += len(rows)

    def prepend(self, rows: Sequence[SessionRow]) -> None:
        """Add rows before the first."""
        self._write(self.first - len(rows), rows)
        self.first -= len(rows)
        self.count += len(rows)

    def replace(self, position: int, row: SessionRow) -> None:
        """Write another state of the same session, elsewhere if its start changed."""
        (known,) = self.read(position - self.first, 1)
        if known.start == row.start:
            self.database.execute(_UPDATE, (*to_columns(row, self._words), position))
            self._decoded.pop(position, None)
        else:
            self.remove(position)
            self.insert([row])

    def insert(self, rows: Iterable[SessionRow]) -> int:
        """Put rows where they belong; known ids are left alone. Gives how many were put in.

        Rows between two new ones move together: towards the head by the number of new ones behind
        them, or towards the tail by the number before them, whichever moves fewer.
        """
        new = {row.id: row for row in rows if self.position_of(row.id) is None}
        ordered = sorted(new.values(), key=lambda row: row.sort_key, reverse=True)
        if not ordered:
            return 0
        size = len(ordered)
        ends = self._place_of(ordered[0]), self._place_of(ordered[-1])
        together = ends[0] == ends[1]
        places = [ends[0]] * size if together else [self._place_of(row) for row in ordered]
        bounds = [0, *places, self.count]
        towards_head = places[-1] <= self.count - places[0]
        for index in range(size + 1):
            self._move(bounds[index], bounds[index + 1], index - size if towards_head else index)
        self._settle()
        if towards_head:
            self.first -= size
        self.count += size
        if together:
            self._write(self.first + places[0], ordered)
        else:
            for index, (place, row) in enumerate(zip(places, ordered, strict=True)):
                self._write(self.first + place + index, [row])
        return size

    def remove(self, position: int) -> None:
        """Take a row out and close the gap."""
        self.database.execute("DELETE FROM sessions WHERE position = ?", (position,))
        place = position - self.first
        if place < self.count - place - 1:
            self._move(0, place, 1)
            self._settle()
            self.first += 1
        else:
            self._move(place + 1, self.count, -1)
            self._settle()
        self.count -= 1

    def _write(self, position: int, rows: Sequence[SessionRow]) -> None:
        words = self._words
        self.database.executemany(
            _INSERT,
            [(position + index, *to_columns(row, words)) for index, row in enumerate(rows)],
        )

    def _move(self, first: int, end: int, by: int) -> None:
        """Set the rows first … end aside, on their way to `by` further down."""
        if by and first < end:
            self.database.execute(
                "UPDATE sessions SET position = position + ? WHERE position >= ? AND position < ?",
                (_ASIDE + by, self.first + first, self.first + end),
            )

    def _settle(self) -> None:
        self._decoded.clear()
        self.database.execute(
            "UPDATE sessions SET position = position - ? WHERE position >= ?",
            (_ASIDE, _ASIDE // 2),
        )

    def _place_of(self, row: SessionRow) -> int:
        """How many rows come before one that is not here, by halving."""
        return bisect_left(
            range(self.count), True, key=lambda index: self._key(index) < row.sort_key
        )

    def _key(self, index: int) -> tuple[int, str]:
        start, session_id = self.database.execute(
            "SELECT start, id FROM sessions WHERE position = ?", (self.first + index,)
        ).fetchone()
        return SessionRow(id=unpacked(session_id), start=start).sort_key
