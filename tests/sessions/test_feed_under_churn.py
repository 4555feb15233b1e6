"""The feed against the truth, whatever arrives, changes and fails."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hoopscope.gateway.errors import ServerFailed
from hoopscope.gateway.query import SessionQuery
from hoopscope.gateway.row import NO_START, SessionRow
from hoopscope.sessions.feed import FeedPhase
from hoopscope.sessions.local_filter import LocalFilter
from tests.sessions.feed_lab import NOW, FeedLab, settled
from tests.simulated_gateway import SECOND, session

STEPS = st.lists(
    st.one_of(
        # Sessions arrive: how many, how many quarters of a second ago.
        st.tuples(st.just("arrive"), st.integers(1, 130), st.integers(0, 20)),
        st.tuples(st.just("change"), st.integers(0, 400), st.just(0)),
        st.tuples(st.just("scroll"), st.integers(0, 900), st.just(0)),
        st.tuples(st.just("pass"), st.integers(1, 30), st.just(0)),
        st.tuples(st.just("fail"), st.integers(1, 4), st.just(0)),
        st.tuples(st.just("take in"), st.just(0), st.just(0)),
        st.tuples(st.just("more"), st.just(0), st.just(0)),
    ),
    max_size=14,
)


@settings(max_examples=20)
@given(
    starts=st.lists(st.integers(0, 40), max_size=60),
    burst=st.integers(0, 260),
    without_start=st.sampled_from([0, 0, 3, 120]),
    steps=STEPS,
    old=st.booleans(),
    local=st.sampled_from([None, LocalFilter(verbs=frozenset({"exec"}))]),
)
async def test_in_the_end_everything_is_there_once_and_in_order(
    starts: list[int],
    burst: int,
    without_start: int,
    steps: list[tuple[str, int, int]],
    old: bool,
    local: LocalFilter | None,
) -> None:
    number = 0

    def made(start: int) -> SessionRow:
        nonlocal number
        number += 1
        verb = "exec" if number % 3 else "connect"
        return session((number * 0x9E3779B97F4A7C15) % 2**128, start, verb=verb)

    rows = [made((NOW - 20) * SECOND - s * SECOND // 4) for s in starts]
    rows += [made((NOW - 23) * SECOND - SECOND // 3) for _ in range(burst)]
    rows += [made(NO_START) for _ in range(without_start)]
    it = FeedLab(rows, old=old)
    failing = 0

    def fail(_: SessionQuery) -> None:
        nonlocal failing
        if failing:
            failing -= 1
            raise ServerFailed("It failed.", status=500)

    it.gateway.before = fail
    await it.feed.open(SessionQuery(), local)
    await settled()
    for what, amount, quarters in steps:
        if what == "arrive":
            start = int(it.time.now) * SECOND - quarters * SECOND // 4
            it.gateway.add(*(made(start + n % 3) for n in range(amount)))
        elif what == "change" and it.gateway.rows:
            row = it.gateway.rows[amount % len(it.gateway.rows)]
            it.gateway.change(row._replace(status="done", exit_code=number))
        elif what == "scroll":
            it.feed.reader_at(amount, 40)
            await settled()
        elif what == "pass":
            await it.time.advance(amount)
        elif what == "fail":
            failing += amount
        elif what == "take in":
            await it.feed.take_in_new()
        else:
            await it.feed.more()
        shown = it.shown()
        assert len({row.id for row in shown}) == len(shown) == it.state.loaded
        assert shown == sorted(shown, key=lambda row: row.sort_key, reverse=True)
    # Well again, the reader scrolls to the end and takes in what is new.
    while failing or it.state.head_lost_since or it.phase == FeedPhase.FAILED:
        await it.time.advance(20)
    while it.phase != FeedPhase.ENDED:
        assert it.phase != FeedPhase.FAILED
        await it.feed.more()
    await it.time.advance(10)
    await it.feed.take_in_new()
    expected = [r.id for r in it.newest_first() if local is None or r.verb == "exec"]
    assert [row.id for row in it.shown()] == expected
    assert (it.state.new, it.state.error, it.state.head_lost_since) == (0, None, None)
    for first in range(0, min(len(expected), 400), 40):
        it.feed.reader_at(first, 40)
        await it.feed.refresh()
    if len(it.gateway.rows) <= 100:
        truth = {row.id: row for row in it.gateway.rows}
        assert all(row == truth[row.id] for row in it.shown()), "what was on screen is up to date"
    await it.feed.aclose()
