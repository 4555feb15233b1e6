from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoopscope.gateway import walk as walk_module
from hoopscope.gateway.errors import UnexpectedAnswer, Unreachable
from hoopscope.gateway.page import SessionPage
from hoopscope.gateway.position import WalkPosition, moment_of
from hoopscope.gateway.query import SessionQuery
from hoopscope.gateway.row import NO_START, SessionRow
from hoopscope.gateway.walk import SessionWalk, WalkPage
from tests.simulated_gateway import SECOND, SimulatedGateway, key_of, session

BASE = 1_763_000_000 * SECOND


async def walked(
    walk: SessionWalk, most_requests: int = 100_000, patience: int = 0
) -> list[WalkPage]:
    pages: list[WalkPage] = []
    while True:
        assert walk.requests <= most_requests, "it loops"
        try:
            page = await walk.next_page()
        except Unreachable:
            if not (patience := patience - 1) + 1:
                raise
            continue
        if page is None:
            return pages
        assert page.rows or page.late or page.unreadable
        assert len(page.rows) == len(page.raw)
        assert len(page.late) == len(page.late_raw)
        pages.append(page)


def rows_of(pages: list[WalkPage]) -> list[SessionRow]:
    return [row for page in pages for row in page.rows]


def newest_first(rows: list[SessionRow]) -> list[SessionRow]:
    return sorted(rows, key=key_of, reverse=True)


@pytest.mark.parametrize("old", [False, True])
@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 199, 200, 1000])
async def test_gives_everything_once_in_order(count: int, old: bool) -> None:
    rows = [session(n, BASE + n * 333_333) for n in range(count)]
    gateway = SimulatedGateway(rows, old=old)
    assert rows_of(await walked(SessionWalk(gateway, SessionQuery()))) == newest_first(rows)


@pytest.mark.parametrize("old", [False, True])
async def test_a_deep_page_costs_one_request(old: bool) -> None:
    rows = [session(n, BASE + n * 250_000) for n in range(20_000)]
    gateway = SimulatedGateway(rows, old=old)
    walk = SessionWalk(gateway, SessionQuery())
    assert rows_of(await walked(walk)) == newest_first(rows)
    assert walk.requests <= 20_000 / 99 + 2
    assert all(query.count == "none" and (query.offset or 0) < 10 for query in gateway.queries)


async def test_only_the_first_total_of_an_old_gateway_is_the_querys() -> None:
    gateway = SimulatedGateway([session(n, BASE + n) for n in range(250)], old=True)
    walk = SessionWalk(gateway, SessionQuery())
    await walked(walk)
    assert walk.total == 250


@pytest.mark.parametrize("old", [False, True])
@pytest.mark.parametrize("count", [100, 1_000, 5_000])
async def test_reads_a_second_of_many_pages_with_equal_microseconds(count: int, old: bool) -> None:
    rows = [session(n, BASE + (n % 3) * 400_000) for n in range(count)]
    rows += [session(count + n, BASE - n * SECOND) for n in range(1, 50)]
    walk = SessionWalk(SimulatedGateway(rows, old=old), SessionQuery())
    assert rows_of(await walked(walk)) == newest_first(rows)
    assert walk.requests <= len(rows) / 99 + 3


@pytest.mark.parametrize("count", [10_098, 10_099, 10_100, 10_101, 10_600])
async def test_says_how_many_of_a_second_are_out_of_reach_and_goes_on(count: int) -> None:
    rows = [session(n, BASE + 1 + n % 7) for n in range(count)]
    below = [session(20_000 + n, BASE - n * 100_000) for n in range(150)]
    above = [session(30_000 + n, BASE + (3 + n) * SECOND) for n in range(7)]
    gateway = SimulatedGateway(rows + below + above)
    walk = SessionWalk(gateway, SessionQuery())
    pages = await walked(walk)
    unreadable = [second for page in pages for second in page.unreadable]
    assert rows_of(pages) == newest_first(above) + newest_first(rows)[:10_100] + below
    assert [(second.missing, second.total) for second in unreadable] == (
        [(count - 10_100, count)] if count > 10_100 else []
    )
    assert all(second.end == BASE + SECOND for second in unreadable)
    assert walk.requests < 130


async def test_too_many_without_a_start_are_a_second_of_their_own() -> None:
    rows = [session(n) for n in range(10_200)]
    below = [session(20_000 + n, BASE - n * SECOND) for n in range(150)]
    pages = await walked(SessionWalk(SimulatedGateway(rows + below), SessionQuery()))
    assert rows_of(pages) == newest_first(rows)[:10_100] + below
    (second,) = [second for page in pages for second in page.unreadable]
    assert (second.end, second.missing, second.total) == (NO_START, 100, 10_200)


@pytest.mark.parametrize("old", [False, True])
async def test_missing_starts_come_first(old: bool) -> None:
    rows = [session(n) for n in range(250)] + [session(500 + n, BASE + n) for n in range(250)]
    gateway = SimulatedGateway(rows, old=old)
    assert rows_of(await walked(SessionWalk(gateway, SessionQuery()))) == newest_first(rows)


@pytest.mark.parametrize(("start", "end"), [(None, 40), (20, None), (20, 40), (None, None)])
async def test_filters_with_one_end_both_and_none(start: int | None, end: int | None) -> None:
    rows = [session(n, BASE + n * 100_000, user_id=f"u{n % 2}") for n in range(600)]
    query = SessionQuery(
        user="u1",
        start=None if start is None else moment_of(BASE + start * SECOND + 400_000),
        end=None if end is None else moment_of(BASE + end * SECOND - 400_000),
    )
    gateway = SimulatedGateway(rows, now=BASE + 30 * SECOND)
    given_rows = rows_of(await walked(SessionWalk(gateway, query, page_size=10)))
    low = BASE + (0 if start is None else start) * SECOND
    high = BASE + (600 if end is None else end) * SECOND
    assert given_rows == newest_first(
        [row for row in rows if low <= row.start <= high and row.user_id == "u1"]
    )


async def test_late_rows_of_the_second_being_read_are_given_apart() -> None:
    rows = [session(n * 10, BASE + 500_000) for n in range(1, 401)]
    gateway = SimulatedGateway(rows)
    walk = SessionWalk(gateway, SessionQuery())
    await walk.next_page()
    late = [session(3_000 + 10 * n + 15, BASE + 500_000) for n in range(3)]
    before_the_reader = session(1_995, BASE + 500_000)
    gateway.add(*late, before_the_reader, session(10_000, BASE + 5 * SECOND))
    pages = await walked(walk)
    assert [row for page in pages for row in page.late] == late[::-1]
    assert rows_of(pages) == newest_first([*rows[:300], before_the_reader])


async def test_a_failed_request_can_be_asked_again() -> None:
    rows = [session(n, BASE + n // 150) for n in range(1_500)]
    gateway = SimulatedGateway(rows)
    turns = iter(range(10_000))

    def fail(_: SessionQuery) -> None:
        if next(turns) % 3:
            raise Unreachable("It is away.")

    gateway.before = fail
    walk = SessionWalk(gateway, SessionQuery())
    assert rows_of(await walked(walk, patience=1_000)) == newest_first(rows)


class AlwaysTheSame:
    """A gateway that ignores dates and offsets."""

    async def sessions(self, query: SessionQuery) -> SessionPage:
        rows = tuple(session(1000 - n, BASE - n * SECOND) for n in range(100))
        return SessionPage(rows, tuple({} for _ in rows), has_next_page=True)


async def test_a_gateway_that_ignores_dates_is_not_read_in_a_circle() -> None:
    with pytest.raises(UnexpectedAnswer):
        await walked(SessionWalk(AlwaysTheSame(), SessionQuery()), most_requests=10)


@given(
    starts=st.lists(st.integers(0, 30), min_size=0, max_size=60),
    numbers=st.randoms(use_true_random=False),
    cut=st.integers(0, 60),
    page_size=st.integers(2, 9),
)
async def test_can_go_on_from_any_position(
    starts: list[int], numbers: object, cut: int, page_size: int
) -> None:
    rows = [session(n, BASE + s * 200_000 if s else NO_START) for n, s in enumerate(starts)]
    expected = newest_first(rows)
    if not expected:
        return
    last = expected[min(cut, len(expected) - 1)]
    position = WalkPosition.parse(str(WalkPosition(last.start, last.id)))
    assert (position.start, position.id) == (last.start, last.id)
    walk = SessionWalk(SimulatedGateway(rows), SessionQuery(), page_size=page_size, after=position)
    pages = await walked(walk)
    assert rows_of(pages) == expected[expected.index(last) + 1 :]
    assert not any(page.late for page in pages), "what was given before comes again"


EVENTS = st.lists(
    st.one_of(
        st.none(),
        st.just("fail"),
        # Where to write (relative to the newest row, in quarters of a second) and how many rows.
        st.tuples(st.integers(-40, 8), st.integers(1, 12), st.booleans()),
    ),
    max_size=60,
)


@settings(max_examples=150)
@given(
    quarters=st.lists(st.integers(0, 24), max_size=80),
    bursts=st.lists(st.tuples(st.integers(0, 24), st.integers(5, 60)), max_size=2),
    without_start=st.integers(0, 12),
    events=EVENTS,
    page_size=st.integers(2, 12),
    cap=st.sampled_from([20, 40, 10_000]),
    old=st.booleans(),
    bounds=st.tuples(st.none() | st.integers(0, 6), st.none() | st.integers(0, 8)),
)
async def test_under_any_writing_each_session_of_the_beginning_comes_once(
    quarters: list[int],
    bursts: list[tuple[int, int]],
    without_start: int,
    events: list[str | tuple[int, int, bool] | None],
    page_size: int,
    cap: int,
    old: bool,
    bounds: tuple[int | None, int | None],
) -> None:
    numbers = iter(range(1, 100_000))
    starts = [*quarters, *(q for q, size in bursts for _ in range(size))]
    # Ids in no order of time: every second one from the upper half.
    rows = [_anywhere(next(numbers), BASE + q * SECOND // 4) for q in starts]
    rows += [_anywhere(next(numbers), NO_START) for _ in range(without_start)]
    low, high = bounds
    if low is not None and high is not None and low > high:
        low, high = high, low
    query = SessionQuery(
        start=None if low is None else _moment(low), end=None if high is None else _moment(high)
    )
    gateway = SimulatedGateway(rows, old=old, max_offset=cap)
    script = iter(events)

    def happens(_: SessionQuery) -> None:
        event = next(script, None)
        if event == "fail":
            raise Unreachable("It is away.")
        if isinstance(event, tuple):
            quarter, size, missing = event
            start = NO_START if missing else BASE + (24 + quarter) * SECOND // 4
            gateway.add(*(_anywhere(next(numbers), start) for _ in range(size)))

    opening = gateway.matching(query)
    gateway.before = happens
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walk_module, "MAX_OFFSET", cap)
        walk = SessionWalk(gateway, query, page_size=page_size)
        pages = await walked(walk, most_requests=5_000, patience=len(events) + 1)
    given_rows, late = rows_of(pages), [row for page in pages for row in page.late]
    ids = [row.id for row in (*given_rows, *late)]
    assert len(ids) == len(set(ids)), "given twice"
    missing = {second.end: second.missing for page in pages for second in page.unreadable}
    for row in opening:
        if row.id not in ids:
            missing[_second(row)] = missing.get(_second(row), 0) - 1
    assert all(number >= 0 for number in missing.values()), "left out and not said"
    known = {row.id for row in opening}
    assert not known & {row.id for row in late}, "late, though it was there"
    assert [row for row in given_rows if row.id in known] == [
        row for row in opening if row.id in ids
    ]
    assert given_rows == newest_first(given_rows)
    assert set(ids) <= {row.id for row in gateway.matching(query)}


def _second(row: SessionRow) -> int:
    return NO_START if row.start == NO_START else -(-row.start // SECOND) * SECOND


def _anywhere(number: int, start: int) -> SessionRow:
    return session((number * 0x9E3779B97F4A7C15) % 2**128, start)


def _moment(second: int) -> datetime:
    return moment_of(BASE) + timedelta(seconds=second)
