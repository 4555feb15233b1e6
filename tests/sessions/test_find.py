from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hoopscope.sessions.find import Found, find
from hoopscope.sessions.local_filter import LocalFilter
from hoopscope.sessions.store import SessionStore
from tests.simulated_gateway import session

ROWS = SessionStore()
ROWS.append([session(n, -n) for n in range(700)])


@given(
    st.sets(st.integers(0, 699), max_size=4),
    st.integers(-1, 699),
    st.booleans(),
)
def test_finds_the_next_going_round_once(hits: set[int], start: int, backwards: bool) -> None:
    found = find(ROWS, lambda row: -row.start in hits, start, backwards=backwards)
    if backwards:
        order = [*range(max(start, 0) - 1, -1, -1), *range(699, max(start, 0) - 1, -1)]
    else:
        order = [*range(start + 1, 700), *range(start + 1)]
    expected = next((n for n in order if n in hits), None)
    assert found.row == expected
    assert found.looked_at == (700 if expected is None else order.index(expected) + 1)


def test_an_empty_store_has_nothing() -> None:
    assert find(SessionStore(), lambda _: True, -1) == Found(None, 0)


def test_can_be_ended() -> None:
    store = SessionStore()
    store.append([session(n, -n) for n in range(1_000)])
    turns = iter([True, True, False])
    text = LocalFilter(text="nobody")
    found = find(store, lambda row: text.matches(row, 0), -1, go_on=lambda: next(turns))
    assert found == Found(None, 400)
