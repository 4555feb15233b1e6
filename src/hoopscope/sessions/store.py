"""SessionStore: every row seen, in a private database, so that memory stays flat.

The database is an SQLite file without a name: it spills from a small cache to the disk and is gone
when the process is, however it ends.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from hoopscope.gateway.row import SessionRow
from hoopscope.sessions.row_table import RowTable

_NO_ROOM = ("SQLITE_FULL", "SQLITE_IOERR_WRITE")


class StoreFull(Exception):
    """There is no room on the disk for more rows; those that are there stay readable."""


class SessionStore:
    """Rows in the gateway's order, row 0 the newest. Safe to use from any thread.

    A row is found by its number in one range scan, whatever the size. A closed store is empty and
    takes nothing.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._table = RowTable()
        self._closed = False

    def __len__(self) -> int:
        return self._table.count

    def rows(self, first: int, count: int) -> list[SessionRow]:
        """The rows from number `first` on, at most `count`, newest first."""
        with self._lock:
            return self._table.read(first, count)

    def row_of(self, session_id: str) -> int | None:
        """The number of a session's row, None for one that is not here."""
        with self._lock:
            if self._closed:
                return None
            position = self._table.position_of(session_id)
            return None if position is None else position - self._table.first

    def append(self, rows: Iterable[SessionRow]) -> None:
        """Add rows that follow on the oldest, newest first. Raises StoreFull."""
        with self._writing() as table:
            if table:
                table.append(list(rows))

    def prepend(self, rows: Iterable[SessionRow]) -> None:
        """Add rows that come before the newest, newest first. Raises StoreFull."""
        with self._writing() as table:
            if table:
                table.prepend(list(rows))

    def insert(self, rows: Iterable[SessionRow]) -> int:
        """Put rows where they belong, in any order; known ids are left alone. Raises StoreFull.

        Cheap near both ends, where late rows are found: the shorter side moves over.

        Returns:
            How many were put in.
        """
        with self._writing() as table:
            return table.insert(rows) if table else 0

    def update(self, rows: Iterable[SessionRow]) -> list[str]:
        """Write what changed of rows that are here. Raises StoreFull.

        Returns:
            The ids of those that did change.
        """
        changed: list[str] = []
        with self._writing() as table:
            if table is None:
                return changed
            for row in rows:
                position = table.position_of(row.id)
                if position is not None and table.read(position - table.first, 1) != [row]:
                    table.replace(position, row)
                    changed.append(row.id)
        return changed

    def remove(self, ids: Iterable[str]) -> int:
        """Take rows out; gives how many were there."""
        removed = 0
        with self._writing() as table:
            if table is None:
                return 0
            for session_id in ids:
                position = table.position_of(session_id)
                if position is not None:
                    table.remove(position)
                    removed += 1
        return removed

    def close(self) -> None:
        """Give the room back. Every method may still be called."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._table.first = self._table.count = 0
                self._table.forget()
                self._table.database.close()

    @property
    def bytes_on_disk(self) -> int:
        """Size of the database: rows, index and words."""
        with self._lock:
            if self._closed:
                return 0
            (pages,) = self._table.database.execute("PRAGMA page_count").fetchone()
            (size,) = self._table.database.execute("PRAGMA page_size").fetchone()
            return int(pages) * int(size)

    @contextmanager
    def _writing(self) -> Iterator[RowTable | None]:
        """All of it or nothing. Gives None when the store is closed."""
        with self._lock:
            if self._closed:
                yield None
                return
            table = self._table
            standing = table.first, table.count
            table.database.execute("BEGIN")
            try:
                yield table
                table.database.execute("COMMIT")
            except BaseException as error:
                table.first, table.count = standing
                if table.database.in_transaction:
                    table.database.execute("ROLLBACK")
                table.forget()
                if isinstance(error, sqlite3.Error) and error.sqlite_errorname in _NO_ROOM:
                    raise StoreFull(
                        "There is no room left on the disk for more sessions. "
                        "Free some where temporary files go (TMPDIR), then try again."
                    ) from error
                raise
