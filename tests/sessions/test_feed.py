from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest

from hoopscope.gateway.errors import NotAuthorised, TooManyRequests, Unreachable
from hoopscope.gateway.position import moment_of
from hoopscope.gateway.query import SessionQuery
from hoopscope.gateway.row import NO_START
from hoopscope.sessions.feed import FeedPhase
from hoopscope.sessions.local_filter import LocalFilter
from hoopscope.sessions.store import StoreFull
from tests.sessions.feed_lab import NOW, FeedLab, settled
from tests.simulated_gateway import SECOND, session

Open = Callable[..., FeedLab]
AGO = 60


def history(count: int, every: float = 7.0) -> list:  # type: ignore[type-arg]
    return [
        session(
            n,
            int((NOW - AGO - n * every) * SECOND),
            status="done",
            exit_code=n % 10,
            end=NOW * SECOND,
            user_id=f"u{n % 2}",
            user="a@example.com",
        )
        for n in range(count)
    ]


@pytest.fixture
async def lab() -> AsyncIterator[Open]:
    labs: list[FeedLab] = []

    def make(*args: object, **kwargs: object) -> FeedLab:
        labs.append(FeedLab(*args, **kwargs))  # type: ignore[arg-type]
        return labs[-1]

    yield make
    for one in labs:
        one.gateway.let_go.set()
        await one.feed.aclose()


async def test_shows_the_first_page_then_counts_then_reads_ahead(lab: Open) -> None:
    it = lab(history(1_000))
    assert len(it.feed.store) == 0
    await it.open()
    phases = [state.phase for state in it.states]
    assert phases[0] is FeedPhase.OPENING
    assert it.states[1].generation == 1
    assert it.states[1].loaded == 100
    assert it.states[1].total is None
    assert it.gateway.queries[0].count == "none"
    assert (it.state.total, it.state.total_is_capped) == (1_000, False)
    assert sum(query.count == "capped" for query in it.gateway.queries) == 1
    assert it.phase == FeedPhase.IDLE
    assert it.state.loaded == 100, "the first page is not to wait for others"
    it.feed.reader_at(0, 50)
    await settled()
    assert 150 < it.state.loaded < 400, "some screens ahead, not more"
    assert it.shown() == it.newest_first()[: it.state.loaded]


async def test_takes_the_total_of_an_old_gateway_from_its_page(lab: Open) -> None:
    it = lab(history(300), old=True)
    await it.open()
    assert it.state.total == 300
    assert all(query.count == "none" for query in it.gateway.queries)


async def test_does_not_ask_for_a_count_that_it_can_see(lab: Open) -> None:
    it = lab(history(42))
    await it.open()
    assert (it.state.total, it.phase) == (42, FeedPhase.ENDED)
    assert len(it.gateway.queries) == 1


async def test_stays_ahead_of_the_reader_to_the_end(lab: Open) -> None:
    it = lab(history(2_000))
    await it.open()
    first = 0
    while it.phase != FeedPhase.ENDED:
        it.feed.reader_at(first, 40)
        await settled()
        assert it.state.loaded >= min(2_000, first + 2 * 40)
        first += 40
    assert it.shown() == it.newest_first()
    assert it.gateway.most_in_flight <= 2, "a page and the count"


async def test_reads_further_ahead_of_a_fast_reader(lab: Open) -> None:
    slow, fast = lab(history(3_000)), lab(history(3_000))
    for it, seconds in ((slow, 2.0), (fast, 0.02)):
        await it.open()
        for step in range(8):
            it.time.now += seconds
            it.feed.reader_at(step * 20, 40)
            await settled()
    assert fast.state.loaded > slow.state.loaded + 500


async def test_a_hint_may_come_from_any_thread(lab: Open) -> None:
    it = lab(history(1_000))
    await it.open()
    thread = threading.Thread(target=it.feed.reader_at, args=(300, 40))
    thread.start()
    thread.join()
    await settled()
    assert it.state.loaded > 400


async def test_an_older_querys_answer_is_dropped(lab: Open) -> None:
    it = lab(history(500))
    it.gateway.holds = lambda query: query.user == "u0"
    older = asyncio.create_task(it.feed.open(SessionQuery(user="u0")))
    await settled()
    await it.open(SessionQuery(user="u1"))
    it.gateway.let_go.set()
    await settled()
    await older
    assert it.state.query.user == "u1"
    assert it.state.generation == 1
    assert {row.user_id for row in it.shown()} == {"u1"}


async def test_an_older_querys_next_page_is_dropped(lab: Open) -> None:
    it = lab(history(500))
    await it.open(SessionQuery(user="u0"))
    it.gateway.holds = lambda query: query.user == "u0"
    more = asyncio.create_task(it.feed.more())
    await settled()
    await it.open(SessionQuery(user="u1"))
    it.gateway.let_go.set()
    await more
    assert {row.user_id for row in it.shown()} == {"u1"}
    assert it.phase != FeedPhase.LOADING


async def test_a_query_that_fails_leaves_the_rows_and_can_be_asked_again(lab: Open) -> None:
    it = lab(history(500))
    await it.open()
    before = it.shown()

    def refuse(query: SessionQuery) -> None:
        if query.user:
            raise NotAuthorised("The credential is not good any more.", status=401)

    it.gateway.before = refuse
    await it.open(SessionQuery(user="u1"))
    assert it.phase == FeedPhase.FAILED
    assert isinstance(it.state.error, NotAuthorised)
    assert it.shown() == before
    assert it.state.query == SessionQuery()
    asked = len(it.gateway.queries)
    it.feed.reader_at(5_000, 40)
    await settled()
    assert len(it.gateway.queries) == asked
    it.gateway.before = None
    await it.feed.refresh()
    await settled()
    assert it.state.query.user == "u1"
    assert it.state.error is None
    assert {row.user_id for row in it.shown()} == {"u1"}


async def test_a_failed_page_is_tried_again_by_itself_ever_less_often(lab: Open) -> None:
    it = lab(history(1_000), poll_seconds=0)
    await it.open()
    tried: list[float] = []

    def fail(_: SessionQuery) -> None:
        tried.append(it.time.now - NOW)
        raise Unreachable("It is away.")

    it.gateway.before = fail
    loaded = it.state.loaded
    await it.feed.more()
    assert it.phase == FeedPhase.FAILED
    assert isinstance(it.state.error, Unreachable)
    await it.time.advance(200)
    assert tried == [0, 1, 3, 7, 15, 31, 63, 123, 183]
    assert it.state.loaded == loaded
    it.gateway.before = None
    await it.time.advance(60)
    assert it.phase == FeedPhase.IDLE
    assert it.state.error is None
    assert it.shown() == it.newest_first()[: it.state.loaded]
    assert it.state.loaded > loaded


async def test_a_failed_page_is_tried_again_on_request(lab: Open) -> None:
    it = lab(history(1_000), poll_seconds=0)
    await it.open()
    turns = iter([True])

    def fail_once(_: SessionQuery) -> None:
        if next(turns, False):
            raise NotAuthorised("The credential is not good any more.", status=401)

    it.gateway.before = fail_once
    loaded = it.state.loaded
    await it.feed.more()
    await it.time.advance(500)
    assert it.phase == FeedPhase.FAILED, "nothing that somebody has to mend first"
    await it.feed.more()
    assert it.state.error is None
    assert it.state.loaded == loaded + 99


async def test_waits_as_long_as_the_gateway_asks(lab: Open) -> None:
    it = lab(history(1_000), poll_seconds=0)
    await it.open()
    turns = iter([True])

    def fail_once(_: SessionQuery) -> None:
        if next(turns, False):
            raise TooManyRequests("Too many.", retry_after=30)

    it.gateway.before = fail_once
    await it.feed.more()
    await it.time.advance(29)
    assert it.phase == FeedPhase.FAILED
    await it.time.advance(2)
    assert it.phase == FeedPhase.IDLE


async def test_counts_what_is_new_and_takes_it_in_on_request(lab: Open) -> None:
    it = lab(history(500))
    await it.open()
    before = it.shown()
    it.gateway.add(*(session(9_000 + n, (NOW + n) * SECOND) for n in range(3)))
    await it.time.advance(5)
    assert it.state.new == 3
    it.gateway.add(session(9_100, (NOW + 4) * SECOND))
    await it.time.advance(5)
    assert it.state.new == 4
    assert it.shown()[: len(before)] == before, "nothing moves by itself"
    updates = it.state.updates
    assert await it.feed.take_in_new() == 4
    assert (it.state.new, it.state.total) == (0, 504)
    assert it.state.updates > updates
    assert it.shown() == it.newest_first()[: it.state.loaded]
    assert await it.feed.take_in_new() == 0


async def test_a_burst_at_the_head_is_counted_whole(lab: Open) -> None:
    it = lab(history(300))
    await it.open()
    it.gateway.add(*(session(9_000 + n, NOW * SECOND + n) for n in range(1_234)))
    await it.time.advance(5)
    assert it.state.new == 1_234
    await it.feed.take_in_new()
    assert it.shown() == it.newest_first()[: it.state.loaded]


async def test_late_arrivals_are_found_where_they_belong(lab: Open) -> None:
    it = lab(history(500))
    await it.open()
    it.gateway.add(session(9_000, NOW * SECOND))
    await it.time.advance(5)
    it.gateway.add(session(9_001, (NOW - 8) * SECOND))
    await it.time.advance(5)
    assert it.state.new == 2
    it.gateway.add(session(9_002, (NOW - AGO - 100) * SECOND + 5))
    it.feed.reader_at(0, 40)
    await it.time.advance(5)
    assert it.state.new == 3
    await it.feed.take_in_new()
    assert it.shown() == it.newest_first()[: it.state.loaded]
    await it.feed.more()
    assert it.shown() == it.newest_first()[: it.state.loaded]


async def test_what_the_walk_has_yet_to_reach_is_not_new(lab: Open) -> None:
    it = lab(history(2_000, every=0.01))
    await it.open()
    await it.time.advance(30)
    assert it.state.new == 0


async def test_a_late_row_that_the_walk_finds_itself_is_not_new_any_more(lab: Open) -> None:
    rows = [session(n * 10, (NOW - AGO) * SECOND + 1) for n in range(1, 1_000)]
    it = lab(rows)
    await it.open()
    late = session(9_985, (NOW - AGO) * SECOND + 1)
    it.gateway.add(late)
    await it.time.advance(5)
    assert it.state.new == 1
    await it.feed.more()
    assert it.state.new == 0
    assert it.shown() == it.newest_first()[: it.state.loaded]


async def test_rows_on_screen_are_updated_in_place_by_one_request(lab: Open) -> None:
    it = lab(history(1_000))
    await it.open()
    it.feed.reader_at(100, 40)
    await settled()
    row = it.shown()[120]
    it.gateway.change(row._replace(status="open", review_status="APPROVED"))
    asked, updates = len(it.gateway.queries), it.state.updates
    await it.time.advance(5)
    assert it.shown()[120].review_status == "APPROVED"
    assert it.state.updates == updates + 1
    assert len(it.gateway.queries) == asked + 2, "the head, and the rows on screen"
    await it.time.advance(5)
    assert it.state.updates == updates + 1


async def test_rows_on_screen_are_updated_where_many_lie_between_them_that_are_not(
    lab: Open,
) -> None:
    rows = history(1_000)
    for place in (0, 120, 240):
        rows[place] = rows[place]._replace(connection="rare")
    it = lab(rows)
    await it.feed.open(SessionQuery(), LocalFilter(connections=frozenset({"rare"})))
    it.feed.reader_at(0, 3)
    await settled()
    assert len(it.shown()) == 3
    last = it.shown()[2]
    it.gateway.change(last._replace(status="open", review_status="APPROVED"))
    asked = len(it.gateway.queries)
    await it.time.advance(5)
    assert it.shown()[2].review_status == "APPROVED"
    assert len(it.gateway.queries) == asked + 4, "the head, and three pages"


async def test_a_lost_gateway_shows_since_when_and_heals(lab: Open) -> None:
    it = lab(history(300))
    await it.open()

    def fail(_: SessionQuery) -> None:
        raise Unreachable("It is away.")

    it.gateway.before = fail
    await it.time.advance(5)
    assert it.state.head_lost_since == NOW + 5
    await it.time.advance(100)
    assert it.state.head_lost_since == NOW + 5
    assert it.phase != FeedPhase.FAILED, "the rows are still good"
    asked = len(it.gateway.queries)
    await it.time.advance(120)
    assert len(it.gateway.queries) <= asked + 3
    it.gateway.before = None
    # What began while it was away is found, though it is longer ago than a look back.
    it.gateway.add(session(9_000, (NOW + 30) * SECOND))
    await it.time.advance(60)
    assert it.state.head_lost_since is None
    assert it.state.new == 1


async def test_an_idle_terminal_asks_less_often(lab: Open) -> None:
    it = lab(history(50))
    await it.open()
    asked = len(it.gateway.queries)
    await it.time.advance(60)
    busy = len(it.gateway.queries) - asked
    it.feed.idle(True)
    await it.time.advance(60)
    assert busy == 24
    assert len(it.gateway.queries) - asked - busy in (4, 6)


async def test_a_watch_that_is_off_asks_only_on_request(lab: Open) -> None:
    it = lab(history(50), poll_seconds=0)
    await it.open()
    it.gateway.add(session(9_000, NOW * SECOND))
    asked = len(it.gateway.queries)
    await it.time.advance(600)
    assert len(it.gateway.queries) == asked
    await it.feed.refresh()
    assert it.state.new == 1


async def test_nothing_new_is_looked_for_where_nothing_new_can_match(lab: Open) -> None:
    it = lab(history(50))
    await it.open(SessionQuery(end=moment_of((NOW - 7_200) * SECOND)))
    asked = len(it.gateway.queries)
    await it.time.advance(50)
    assert len(it.gateway.queries) == asked


async def test_an_empty_list_watches_too(lab: Open) -> None:
    it = lab([])
    await it.open()
    assert (it.phase, it.state.total) == (FeedPhase.ENDED, 0)
    it.gateway.add(session(1, (NOW + 3) * SECOND))
    await it.time.advance(10)
    assert it.state.new == 1
    assert await it.feed.take_in_new() == 1
    assert (len(it.feed.store), it.state.total) == (1, 1)


async def test_jumps_to_a_moment_for_one_page_and_back(lab: Open) -> None:
    it = lab(history(5_000))
    await it.open()
    asked, total = len(it.gateway.queries), it.state.total
    moment = moment_of((NOW - AGO) * SECOND) - timedelta(hours=3)
    it.gateway.holds = lambda query: query.offset is not None and query.offset > 0
    await it.feed.open(SessionQuery(), at=moment)
    assert len(it.gateway.queries) == asked + 1
    assert it.state.at == moment
    assert it.shown()[0].start <= (NOW - AGO - 10_800) * SECOND
    assert it.shown()[0].start > (NOW - AGO - 10_808) * SECOND
    assert it.state.total == total
    it.gateway.let_go.set()
    it.gateway.add(session(9_000, (NOW + 1) * SECOND))
    await it.time.advance(5)
    assert it.state.new == 0
    assert await it.feed.take_in_new() == 0
    assert it.state.at is None
    assert it.shown()[0] == it.newest_first()[0]


async def test_goes_to_the_oldest_by_halving(lab: Open) -> None:
    it = lab(history(5_000))
    await it.open()
    asked = len(it.gateway.queries)
    await it.feed.oldest()
    await settled()
    assert it.phase == FeedPhase.ENDED
    assert it.shown()[-1] == it.newest_first()[-1]
    assert 50 <= it.state.loaded <= 100
    assert len(it.gateway.queries) - asked < 40
    asked = len(it.gateway.queries)
    await it.feed.oldest()
    assert len(it.gateway.queries) == asked


async def test_filters_here_what_the_gateway_cannot_and_says_how_many_it_looked_through(
    lab: Open,
) -> None:
    it = lab(history(3_000))
    it.feed.reader_at(0, 40)
    local = LocalFilter(outcomes=frozenset({"succeeded"}))
    await it.feed.open(SessionQuery(), local)
    await settled()
    expected = [row for row in it.newest_first() if row.exit_code == 0]
    assert it.shown() == expected[: it.state.loaded]
    assert 80 <= it.state.loaded <= 100
    assert 700 <= it.state.looked_through <= 1_000
    assert it.state.reached == it.newest_first()[it.state.looked_through - 1].start
    assert it.state.total == 3_000
    it.gateway.add(
        session(9_000, NOW * SECOND, status="done", exit_code=0, user="a"),
        session(9_001, NOW * SECOND, status="done", exit_code=1, user="a"),
    )
    await it.time.advance(5)
    assert it.state.new == 1


async def test_a_search_that_finds_nothing_can_be_stopped_and_goes_on(lab: Open) -> None:
    it = lab(history(20_000))
    it.gateway.before = lambda _: it.feed.stop() if it.state.looked_through > 1_000 else None
    await it.feed.open(SessionQuery(), LocalFilter(text="nobody has this"))
    await settled()
    assert it.state.stopped
    assert it.phase == FeedPhase.IDLE
    assert 1_000 < it.state.looked_through < 1_500
    it.feed.reader_at(0, 40)
    await settled()
    assert it.state.looked_through < 1_500
    it.gateway.before = None
    await it.feed.more()
    assert it.phase == FeedPhase.ENDED
    assert (it.state.looked_through, it.state.loaded) == (20_000, 0)
    assert not it.state.stopped


async def test_says_which_seconds_cannot_be_read(lab: Open) -> None:
    rows = [session(n, (NOW - AGO) * SECOND) for n in range(10_150)]
    it = lab([*rows, session(20_000, (NOW - 2 * AGO) * SECOND)])
    await it.open()
    it.feed.reader_at(10_100, 40)
    await settled()
    while it.phase != FeedPhase.ENDED:
        await it.feed.more()
    (second,) = it.state.unreadable
    assert (second.missing, second.total) == (50, 10_150)
    assert it.shown()[-1].start == (NOW - 2 * AGO) * SECOND


async def test_sessions_without_a_start_stay_first(lab: Open) -> None:
    it = lab([*(session(20_000 + n, NO_START) for n in range(5)), *history(200)])
    await it.open()
    it.gateway.add(session(9_000, NOW * SECOND))
    await it.time.advance(5)
    assert await it.feed.take_in_new() == 1
    assert it.shown() == it.newest_first()[: it.state.loaded]


async def test_a_full_disk_keeps_the_page_for_later(
    lab: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    it = lab(history(1_000), poll_seconds=0)
    await it.open()

    def full(_: object) -> None:
        raise StoreFull("There is no room left.")

    loaded = it.state.loaded
    with monkeypatch.context() as patch:
        patch.setattr(it.feed.store, "append", full)
        await it.feed.more()
    assert isinstance(it.state.error, StoreFull)
    assert it.state.loaded == loaded
    await it.feed.more()
    assert it.state.error is None
    assert it.shown() == it.newest_first()[: it.state.loaded]


async def test_a_closed_feed_is_silent_and_empty(lab: Open) -> None:
    it = lab(history(500))
    await it.open()
    it.gateway.holds = lambda _: True
    more = asyncio.create_task(it.feed.more())
    await settled()
    store = it.feed.store
    await it.feed.aclose()
    await more
    asked, told = len(it.gateway.queries), len(it.states)
    it.feed.reader_at(400, 40)
    await it.time.advance(100)
    assert (len(it.gateway.queries), len(it.states)) == (asked, told)
    assert store.rows(0, 10) == []
