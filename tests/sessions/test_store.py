from __future__ import annotations

import sqlite3
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.row import NO_START, SessionRow
from hoopscope.sessions.store import SessionStore, StoreFull
from tests.simulated_gateway import key_of, session, session_id

INT64 = st.integers(-(2**63), 2**63 - 1)
MOMENT = st.integers(NO_START, 253_402_300_799_000_000)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.uuids().map(str)
ROWS = st.builds(
    SessionRow,
    id=TEXT.filter(bool),
    start=MOMENT,
    end=st.none() | MOMENT,
    user=TEXT,
    user_id=TEXT,
    user_name=TEXT,
    identity_type=TEXT,
    connection=TEXT,
    type=TEXT,
    subtype=TEXT,
    resource=TEXT,
    verb=TEXT,
    status=TEXT,
    exit_code=st.none() | INT64,
    review_type=TEXT,
    review_status=TEXT,
    review_approved=INT64,
    review_needed=INT64,
    review_revoke_at=st.none() | MOMENT,
    guardrail_hits=INT64,
    guardrail_rule=TEXT,
    ai_risk=TEXT,
    ai_outcome=TEXT,
    masked=INT64,
    jira_key=TEXT,
    correlation_id=TEXT,
    batch_id=TEXT,
    machine_identity_id=TEXT,
    credential_session=TEXT,
    has_credential=st.booleans(),
    credential_revoked=st.booleans(),
    has_metrics=st.booleans(),
    event_size=INT64,
    script_size=INT64,
    truncated=st.booleans(),
    malformed=TEXT,
)


@pytest.fixture
def store() -> SessionStore:
    return SessionStore()


@given(st.lists(ROWS, max_size=4, unique_by=lambda row: row.id))
def test_a_row_comes_back_exactly(rows: list[SessionRow]) -> None:
    store = SessionStore()
    store.append(rows)
    assert store.rows(0, 100) == rows
    assert [store.row_of(row.id) for row in rows] == list(range(len(rows)))
    store.close()


OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["append", "prepend", "insert", "update", "move", "remove", "fail"]),
        st.integers(0, 40),
        st.integers(1, 20),
    ),
    max_size=14,
)


@given(OPERATIONS)
def test_stays_in_the_gateways_order_whatever_is_done(
    operations: list[tuple[str, int, int]],
) -> None:
    store, truth = SessionStore(), dict[str, SessionRow]()
    number = 0
    for what, place, size in operations:
        ordered = sorted(truth.values(), key=key_of, reverse=True)
        new = []
        for index in range(size):
            number += 1
            start = NO_START if place == 40 else place * 10 + index % 3
            start = {"append": -number, "prepend": 10_000 + number}.get(what, start)
            new.append(session((number * 0x9E3779B97F4A7C15) % 2**128, start))
        new.sort(key=key_of, reverse=True)
        some = ordered[place : place + size]
        if what in ("append", "prepend"):
            edge = ordered[-1:] if what == "append" else ordered[:1]
            fits = [
                r for r in new if not edge or (r.sort_key < edge[0].sort_key) == (what == "append")
            ]
            getattr(store, what)(fits)
            truth |= {row.id: row for row in fits}
        elif what == "insert":
            assert store.insert([*new, *some]) == len(new)
            truth |= {row.id: row for row in new}
        elif what == "update":
            changed = [row._replace(status=f"s{place}") for row in some]
            expected = [row.id for row in changed if truth[row.id] != row]
            assert store.update([*changed, *new]) == expected
            truth |= {row.id: row for row in changed}
        elif what == "move":
            moved = [row._replace(start=place * 7) for row in some]
            store.update(moved)
            truth |= {row.id: row for row in moved}
        elif what == "remove":
            assert store.remove([row.id for row in (*some, *new)]) == len(some)
            for row in some:
                del truth[row.id]
        else:
            with pytest.raises(ZeroDivisionError):
                store.append(session(number + n, -number // (2 - n)) for n in range(4))
        expected_rows = sorted(truth.values(), key=key_of, reverse=True)
        assert len(store) == len(expected_rows)
        assert store.rows(place, 30) == expected_rows[place : place + 30]
        assert store.rows(0, 1_000) == expected_rows
    for index, row in enumerate(sorted(truth.values(), key=key_of, reverse=True)):
        assert store.row_of(row.id) == index
    store.close()


def test_rows_outside_are_no_rows(store: SessionStore) -> None:
    store.append([session(n, -n) for n in range(50)])
    assert store.rows(50, 10) == []
    assert len(store.rows(45, 10)) == 5
    assert store.rows(10, 0) == []
    assert len(store.rows(-3, 10)) == 10
    assert store.row_of("nobody") is None


def test_a_closed_store_is_empty_and_takes_nothing(store: SessionStore) -> None:
    store.append([session(1, 1)])
    store.close()
    store.close()
    store.append([session(2, 2)])
    store.prepend([session(2, 2)])
    assert store.insert([session(2, 2)]) == 0
    assert store.update([session(1, 1, status="done")]) == []
    assert store.remove([session_id(1)]) == 0
    assert (len(store), store.rows(0, 10), store.row_of(session_id(1))) == (0, [], None)
    assert store.bytes_on_disk == 0


def test_a_full_disk_is_said_and_loses_nothing(store: SessionStore) -> None:
    store.append([session(n, -n, connection=f"c{n}") for n in range(500)])
    before = store.rows(0, 1_000)
    pages = store.bytes_on_disk // 4096
    store._table.database.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreFull, match="no room left"):
        store.append([session(n, -n, connection=f"c{n}") for n in range(500, 2_000)])
    assert store.rows(0, 3_000) == before
    store._table.database.execute("PRAGMA max_page_count = 1000000")
    store.append([session(n, -n, connection=f"c{n}") for n in range(500, 2_000)])
    assert len(store.rows(0, 3_000)) == 2_000


def test_is_read_while_it_is_written(store: SessionStore) -> None:
    store.append([session(0, 0)])
    wrong: list[int] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            rows = store.rows(0, 50)
            if [row.start for row in rows] != [-n for n in range(len(rows))]:
                wrong.append(len(rows))

    reader = threading.Thread(target=read)
    reader.start()
    for first in range(1, 3_000, 100):
        store.append([session(n, -n) for n in range(first, first + 100)])
    done.set()
    reader.join()
    assert not wrong
    assert len(store) == 3_001


@pytest.mark.skipif(sys.platform != "linux", reason="counts the open files of this process")
def test_leaves_no_file_behind(
    store: SessionStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    big = SessionStore()
    for page in range(300):
        big.append([session(page * 100 + n, -page * 100 - n) for n in range(100)])
    assert big.bytes_on_disk > 2_048 * 1_024, "too small to have spilled"
    assert list(tmp_path.iterdir()) == []
    big.close()


def test_takes_at_most_250_bytes_a_session(store: SessionStore) -> None:
    for page in range(100):
        store.append(
            [
                session(
                    (n * 0x9E3779B97F4A7C15F39CC0605CEDC835) % 2**128,
                    1_763_000_000_000_000 - n * 7_654_321,
                    end=1_763_000_000_000_000 - n * 7_654_321 + n * 1_000,
                    user=f"somebody.{n % 300}@example.com",
                    connection=f"pg-prod-{n % 61}",
                    correlation_id=session_id(n // 3),
                    batch_id=session_id(n // 5),
                    exit_code=n % 4,
                    event_size=n * 31,
                    script_size=n % 5_000,
                )
                for n in range(page * 100, page * 100 + 100)
            ]
        )
    assert store.bytes_on_disk / len(store) < 250


def test_an_error_that_is_not_a_full_disk_is_not_called_so(store: SessionStore) -> None:
    store.append([session(1, 1)])
    row = SimpleNamespace(**{name: getattr(session(2, 0), name) for name in SessionRow._fields})
    row.start = 2**70
    with pytest.raises((OverflowError, sqlite3.Error)):
        store.append([row])  # type: ignore[list-item]
    assert store.rows(0, 5) == [session(1, 1)]
