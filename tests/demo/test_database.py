"""Queries use the order that the sessions lie in: a deep page costs what the first one does."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

import pytest

from hoopscope.demo.access import Caller
from hoopscope.demo.database import Database, StoredSession
from hoopscope.demo.people import everybody, position_of
from hoopscope.demo.query import listing
from hoopscope.demo.world import World

ANA = Caller(position_of("ana@tidewater.example"), everybody()[0])


@pytest.fixture(scope="module")
def database() -> Database:
    return World(3_000, 1, now=1_795_000_000_000_000).database


def plan(database: Database, query: str) -> str:
    asked = listing(query.encode(), ANA, 0)
    statement = (
        f"explain query plan select start, id from sessions where {asked.where}"
        " order by start desc, id desc limit 100"
    )
    rows = database._connection.execute(statement, asked.values).fetchall()
    return " / ".join(row[3] for row in rows)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "start_date=1970-01-01T00:00:00Z&end_date=2026-08-01T00:00:00Z",
        "connection=%25prod%25",
        "user=%25",
        "type=database&start_date=1970-01-01T00:00:00Z",
        "user=00u1ccf1150ac355751b",
        "review.status=PENDING",
        "review.status=",
        "review.approver=ivan%40tidewater.example",
        "correlation_id=x",
        "batch_id=x",
        "jira_issue_key=x",
    ],
)
def test_nothing_is_sorted(database: Database, query: str) -> None:
    assert "TEMP B-TREE" not in plan(database, query)


def test_walking_by_date_goes_straight_to_its_place(database: Database) -> None:
    query = "start_date=1970-01-01T00:00:00Z&end_date=2026-08-01T00:00:00Z"
    assert "start>? AND start<?" in plan(database, query)


def test_rare_things_have_an_index(database: Database) -> None:
    assert "session_by_person" in plan(database, "user=00u1ccf1150ac355751b")
    assert "session_by_jira" in plan(database, "jira_issue_key=x")
    assert "session_by_correlation" in plan(database, "correlation_id=x")


def test_a_refused_insert_leaves_nothing_behind() -> None:
    database = Database()
    database.finish_filling()
    first = StoredSession(1, b"a" * 16, 0, 0, 0, 0)
    database.insert([first])
    with pytest.raises(sqlite3.IntegrityError):
        database.insert([StoredSession(2, b"b" * 16, 0, 0, 0, 0), first._replace(start=3)])
    assert database.page("1", (), 10, 0) == [first]
    assert database.one(b"b" * 16) is None


def test_no_file_can_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    database = Database()
    rows = [
        StoredSession(n, n.to_bytes(16, "big"), 0, 0, 0, 0, extra="x" * 4000) for n in range(14_000)
    ]
    database.fill(rows)
    database.finish_filling()
    assert database.count() == 14_000
    assert list(tmp_path.iterdir()) == []
    database.close()
