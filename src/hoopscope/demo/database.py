"""The demo's sessions in SQLite: one clustered table in the gateway's order, nothing left behind.

People, connections, scenarios and review groups are stored as positions in the demo's own lists,
so that a filter with `LIKE` is decided on some dozens of names and a row costs about 60 bytes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from threading import RLock
from typing import Any, NamedTuple

# start and id first: rows lie in the gateway's order, read backwards
COLUMNS = (
    "start",  # microseconds since 1970, UTC
    "id",  # 16 bytes
    "person",
    "connection",
    "scenario",
    "recipe",
    "finish",  # microseconds since 1970 or null
    "status",
    "exit_code",
    "review",  # null: no review
    "review_groups",
    "decided",  # microseconds since 1970 or null: when the review was
    "correlation",
    "batch",
    "jira",  # upper case
    "extra",  # JSON: fields of the session that are not made up from the rest
)
_TABLE = """
create table sessions (
    start integer not null, id blob not null, person integer not null,
    connection integer not null, scenario integer not null, recipe integer not null,
    finish integer, status integer not null, exit_code integer, review integer,
    review_groups integer, decided integer, correlation text, batch text, jira text, extra text,
    primary key (start, id)
) without rowid
"""
_INDEXES = (
    "create unique index session_by_id on sessions (id)",
    "create index session_by_person on sessions (person, start, id)",
    "create index session_by_review on sessions (review, start, id) where review is not null",
    "create index session_by_correlation on sessions (correlation, start, id)"
    " where correlation is not null",
    "create index session_by_batch on sessions (batch, start, id) where batch is not null",
    "create index session_by_jira on sessions (jira, start, id) where jira is not null",
)
_NULLABLE = {"finish", "exit_code", "review", "review_groups", "decided"} | set(COLUMNS[12:])
_VALUES = ", ".join("nullif(?, -1)" if name in _NULLABLE else "?" for name in COLUMNS)
_INSERT = f"insert into sessions values ({_VALUES})"  # noqa: S608
_SELECT = f"select {', '.join(COLUMNS)} from sessions"  # noqa: S608


class StoredSession(NamedTuple):
    """A row of the database; times are microseconds since 1970, UTC."""

    start: int
    id: bytes
    person: int
    connection: int
    scenario: int
    recipe: int
    finish: int | None = None
    status: int = 2
    exit_code: int | None = None
    review: int | None = None
    review_groups: int | None = None
    decided: int | None = None
    correlation: str | None = None
    batch: str | None = None
    jira: str | None = None
    extra: str | None = None


def _bindable(row: Sequence[Any]) -> list[Any]:
    """A row as it is cheapest to bind: Python looks for an adapter of every None and bytes."""
    return [row[0], bytearray(row[1]), *(-1 if value is None else value for value in row[2:])]


class Database:
    """A private SQLite database in a nameless temporary file; any thread may use it."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._connection = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        for pragma in ("journal_mode=off", "synchronous=off", "cache_size=-49152"):
            self._connection.execute(f"pragma {pragma}")
        self._connection.execute(_TABLE)

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def fill(self, sessions: Iterable[Sequence[Any]]) -> None:
        """Insert many, before `finish_filling`: all of it is one transaction."""
        with self._lock:
            if not self._connection.in_transaction:
                self._connection.execute("begin")
            self._connection.executemany(_INSERT, map(_bindable, sessions))

    def finish_filling(self) -> None:
        """Build the indexes: once, when the history is in. From now on, changes are atomic."""
        with self._lock:
            for index in _INDEXES:
                self._connection.execute(index)
            if self._connection.in_transaction:
                self._connection.execute("commit")
            self._connection.execute("pragma journal_mode=memory")

    def insert(self, sessions: Iterable[Sequence[Any]]) -> None:
        """Insert sessions while others read.

        Raises:
            sqlite3.IntegrityError: the id is there already.
        """
        with self._lock, self._connection:
            self._connection.execute("begin")
            self._connection.executemany(_INSERT, map(_bindable, sessions))

    def change(self, session_id: bytes, columns: dict[str, Any]) -> bool:
        """Change columns of a session; false if there is no such session."""
        assert set(columns) <= set(COLUMNS)
        names = ", ".join(f"{name} = ?" for name in columns)
        with self._lock:
            done = self._connection.execute(
                f"update sessions set {names} where id = ?",  # noqa: S608
                (*columns.values(), session_id),
            )
            return done.rowcount == 1

    def one(self, session_id: bytes) -> StoredSession | None:
        with self._lock:
            row = self._connection.execute(f"{_SELECT} where id = ?", (session_id,)).fetchone()
        return StoredSession(*row) if row else None

    def page(
        self, where: str, values: Sequence[Any], limit: int, offset: int
    ) -> list[StoredSession]:
        """Sessions in the gateway's order: start descending, then id descending."""
        with self._lock:
            rows = self._connection.execute(
                f"{_SELECT} where {where} order by start desc, id desc limit ? offset ?",
                (*values, limit, offset),
            ).fetchall()
        return [StoredSession(*row) for row in rows]

    def count(self, where: str = "1", values: Sequence[Any] = (), most: int = -1) -> int:
        """How many there are, at most `most` where that is not negative."""
        statement = f"select count(*) from sessions where {where}"  # noqa: S608
        if most >= 0:
            statement = f"select count(*) from (select 1 from sessions where {where} limit {most})"  # noqa: S608
        with self._lock:
            found: int = self._connection.execute(statement, values).fetchone()[0]
        return found

    def unfinished(self, since: int, limit: int) -> list[StoredSession]:
        """The newest sessions that have not ended, none older than `since`."""
        return self.page("start >= ? and status < 2", (since,), limit, 0)
