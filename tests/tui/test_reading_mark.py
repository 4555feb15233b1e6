"""Where a reader stopped is found exactly, also among equal moments."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.config.kept_state import Looked
from hoopscope.gateway.row import NO_START, SessionRow
from hoopscope.sessions.store import SessionStore
from hoopscope.tui.reading_mark import Mark, mark_in, newest_in, since_text

NOW = int(datetime(2026, 11, 23, 14, 3, 25, tzinfo=UTC).timestamp()) * 1_000_000
HOUR = 3_600_000_000


def store_of(starts: list[int]) -> SessionStore:
    rows = [
        SessionRow(id=f"{number:08x}-0000-4000-8000-000000000000", start=start)
        for number, start in enumerate(starts)
    ]
    store = SessionStore()
    store.append(sorted(rows, key=lambda row: row.sort_key, reverse=True))
    return store


@given(
    st.lists(st.one_of(st.integers(1, 9), st.just(NO_START)), max_size=30),
    st.integers(0, 10),
)
def test_it_stands_below_all_that_began_later(starts: list[int], newest: int) -> None:
    store = store_of(starts)
    rows = store.rows(0, 100)
    mark = mark_in(store, Looked(newest, 0))
    later = [row for row in rows if row.start != NO_START and row.start > newest]
    seen = [row for row in rows if row.start != NO_START and row.start <= newest]
    assert mark.new == len(later)
    assert (mark.key or None) == (seen[0].id if seen else None)
    if mark.row is not None:
        assert rows[mark.row] == seen[0]


def test_sessions_of_the_very_moment_were_seen() -> None:
    store = store_of([7, 7, 7, 5])
    assert mark_in(store, Looked(7, 0)).new == 0
    assert mark_in(store, Looked(6, 0)) == Mark(3, 3, store.rows(3, 1)[0].id)


def test_the_newest_in_sight_has_a_start() -> None:
    store = store_of([NO_START, 9, 7])
    assert newest_in(store, 0, 3) == 9
    assert newest_in(store, 0, 1) is None
    assert newest_in(store_of([]), 0, 9) is None


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (0, "14:03"),
        (14 * HOUR, "00:03"),
        (15 * HOUR, "yesterday 23:03"),
        (38 * HOUR, "yesterday 00:03"),
        (39 * HOUR, "Sat 23:03"),
        (6 * 24 * HOUR, "Tue 14:03"),
        (7 * 24 * HOUR, "2026-11-16 14:03"),
        (-HOUR, "15:03"),
        (-30 * HOUR, "2026-11-24 20:03"),
    ],
)
def test_when_it_was_is_said_as_people_do(ago: int, said: str) -> None:
    assert since_text(Looked(0, NOW - ago), NOW, utc=True) == said
