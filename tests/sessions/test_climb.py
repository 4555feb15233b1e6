"""Above a date that was jumped to, every session comes once, in order, up to the newest."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoopscope.gateway.errors import Unreachable
from hoopscope.gateway.position import moment_of
from hoopscope.gateway.query import SessionQuery
from hoopscope.gateway.row import NO_START, SessionRow
from hoopscope.sessions.local_filter import LocalFilter
from tests.sessions.feed_lab import NOW, FeedLab, settled
from tests.simulated_gateway import SECOND, key_of, session

TOP = NOW * SECOND


async def climbed(lab: FeedLab, most: int = 400) -> int:
    """Go up until the newest is reached; gives how often it was asked for."""
    for asked in range(most):
        if lab.state.at is None:
            return asked
        await lab.feed.newer()
        await settled()
        shown = lab.shown()
        keys = [key_of(row) for row in shown]
        assert keys == sorted(set(keys), reverse=True), "in order, none twice"
    raise AssertionError("the newest was never reached")


async def to_the_end(lab: FeedLab) -> None:
    while lab.phase != "ended":
        await lab.feed.more()
        await settled()


@given(
    st.lists(st.integers(0, 5_000), min_size=1, max_size=400),
    st.sampled_from([1, 1_000, SECOND // 3, SECOND, 3_600 * SECOND]),
    st.booleans(),
    st.integers(-10, 5_010),
    st.integers(0, 3),
    st.booleans(),
)
async def test_nothing_is_missing_and_nothing_doubled(
    steps: list[int], unit: int, old: bool, jump: int, timeless: int, dated: bool
) -> None:
    rows = [session(n, TOP - step * unit) for n, step in enumerate(steps)]
    rows += [session(10_000 + n, NO_START) for n in range(timeless)]
    query = SessionQuery(
        start=moment_of(TOP - 4_000 * unit) if dated else None,
        end=moment_of(TOP - 500 * unit) if dated else None,
    )
    lab = FeedLab(rows, old=old, poll_seconds=0)
    at = moment_of(max(TOP - jump * unit, TOP - 4_000 * unit) if dated else TOP - jump * unit)
    await lab.feed.open(query, at=at)
    await settled()
    await climbed(lab)
    await to_the_end(lab)
    first = [row for row in lab.gateway.rows if row.start == NO_START] if not dated else []
    walked = query.replace(
        start=query.start.replace(microsecond=0) if query.start else None,
        end=moment_of(-(-(TOP - 500 * unit) // SECOND) * SECOND) if dated else None,
    )
    matching = lab.gateway.matching(walked)
    assert set(matching) >= set(first)
    assert lab.shown() == matching
    await lab.feed.aclose()


@settings(max_examples=settings().max_examples // 3)
@given(st.integers(0, 300), st.integers(1, 4), st.sampled_from([1, SECOND // 50, 7 * SECOND]))
async def test_what_arrives_meanwhile_loses_and_doubles_nothing(
    already: int, each: int, unit: int
) -> None:
    rows = [session(n, TOP - (n + 1) * unit) for n in range(already + 300)]
    lab = FeedLab(rows, poll_seconds=0)
    there = {row.id for row in rows}
    await lab.feed.open(SessionQuery(), at=moment_of(TOP - (already + 150) * unit))
    await settled()
    arrived = 0

    def write(_query: SessionQuery) -> None:
        nonlocal arrived
        if arrived < 200:
            for _ in range(each):
                arrived += 1
                lab.gateway.add(session(100_000 + arrived, TOP + arrived * unit))

    lab.gateway.before = write
    await climbed(lab)
    await to_the_end(lab)
    shown = {row.id for row in lab.shown()}
    assert there <= shown
    lab.gateway.before = None
    await lab.feed.refresh()
    await lab.feed.take_in_new()
    assert lab.shown() == lab.newest_first()
    await lab.feed.aclose()


async def test_a_step_costs_one_or_two_requests() -> None:
    rows = [session(n, TOP - n * 11 * SECOND) for n in range(20_000)]
    lab = FeedLab(rows, poll_seconds=0)
    await lab.feed.open(SessionQuery(), at=moment_of(TOP - 10_000 * 11 * SECOND))
    await settled()
    before = len(lab.gateway.queries)
    for _ in range(10):
        await lab.feed.newer()
    assert len(lab.gateway.queries) - before <= 13
    assert len(lab.shown()) >= 600
    assert lab.state.at is not None
    await lab.feed.aclose()


async def test_over_an_empty_year_it_goes_fast() -> None:
    year = 365 * 86_400 * SECOND
    old = [session(n, TOP - year - n * SECOND) for n in range(150)]
    new = [session(1_000 + n, TOP - n * SECOND) for n in range(300)]
    lab = FeedLab([*old, *new], poll_seconds=0)
    await lab.feed.open(SessionQuery(), at=moment_of(TOP - year))
    await settled()
    before = len(lab.gateway.queries)
    await climbed(lab)
    assert len(lab.gateway.queries) - before <= 45
    await lab.feed.aclose()


async def test_a_crowded_second_is_walked_whole() -> None:
    rows = [session(n, TOP - 100 * SECOND + n) for n in range(900)]
    rows += [session(5_000 + n, TOP - n * SECOND // 9) for n in range(200)]
    rows += [session(9_000 + n, TOP - (200 + n) * SECOND) for n in range(50)]
    lab = FeedLab(rows, poll_seconds=0)
    await lab.feed.open(SessionQuery(), at=moment_of(TOP - 150 * SECOND))
    await settled()
    await climbed(lab)
    await to_the_end(lab)
    assert lab.shown() == lab.newest_first()
    await lab.feed.aclose()


async def test_a_filter_made_here_holds_above_too() -> None:
    def row(number: int) -> SessionRow:
        return session(number, TOP - number * SECOND, verb="exec" if number % 40 else "connect")

    lab = FeedLab([row(number) for number in range(3_000)], poll_seconds=0)
    local = LocalFilter(verbs=frozenset({"connect"}))
    await lab.feed.open(SessionQuery(), local, at=moment_of(TOP - 2_000 * SECOND))
    await settled()
    await climbed(lab)
    await to_the_end(lab)
    assert lab.shown() == [row for row in lab.newest_first() if row.verb == "connect"]
    await lab.feed.aclose()


async def test_at_the_newest_what_comes_is_counted_again() -> None:
    rows = [session(n, TOP - n * SECOND) for n in range(400)]
    lab = FeedLab(rows, poll_seconds=0)
    await lab.feed.open(SessionQuery(), at=moment_of(TOP - 300 * SECOND))
    await settled()
    await climbed(lab)
    assert lab.state.at is None
    lab.time.now += 5
    lab.gateway.now += 5 * SECOND
    lab.gateway.add(session(900, TOP + 3 * SECOND))
    await lab.feed.refresh()
    assert lab.state.new == 1
    assert await lab.feed.take_in_new() == 1
    assert lab.shown()[0].id == session(900).id
    await lab.feed.aclose()


async def test_a_failure_is_said_and_asked_again() -> None:
    rows = [session(n, TOP - n * SECOND) for n in range(400)]
    lab = FeedLab(rows, poll_seconds=0)
    await lab.feed.open(SessionQuery(), at=moment_of(TOP - 300 * SECOND))
    await settled()
    shown = lab.shown()

    def fail(_query: SessionQuery) -> None:
        raise Unreachable("The line is cut.", "Mend it.")

    lab.gateway.before = fail
    await lab.feed.newer()
    assert isinstance(lab.state.error, Unreachable)
    assert lab.shown() == shown
    lab.gateway.before = None
    await climbed(lab)
    assert lab.state.error is None
    await to_the_end(lab)
    assert lab.shown() == lab.newest_first()
    await lab.feed.aclose()


@pytest.mark.parametrize("at_start", [True, False])
async def test_without_a_jump_there_is_nothing_above(at_start: bool) -> None:
    lab = FeedLab([session(n, TOP - n * SECOND) for n in range(150)], poll_seconds=0)
    if not at_start:
        await lab.feed.open(SessionQuery())
        await settled()
    asked = len(lab.gateway.queries)
    await lab.feed.newer()
    assert len(lab.gateway.queries) == asked
    await lab.feed.aclose()


async def test_seconds_that_nobody_can_read_are_told() -> None:
    # 43 of them are of the whole second itself, which the second before ends with.
    crowd = [session(n, TOP - 50 * SECOND + n % 7) for n in range(300)]
    rest = [session(5_000 + n, TOP - n * SECOND // 9) for n in range(200)]
    lab = FeedLab([*crowd, *rest, session(9_000, TOP - 100 * SECOND)], poll_seconds=0)
    lab.gateway.max_offset = 50
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("hoopscope.gateway.walk.MAX_OFFSET", 50)
        await lab.feed.open(SessionQuery(), at=moment_of(TOP - 90 * SECOND))
        await settled()
        await climbed(lab)
    assert [second.missing for second in lab.state.unreadable] == [107]
    assert len(lab.shown()) == 501 - 107
    await lab.feed.aclose()


async def test_going_up_reads_nothing_more_below() -> None:
    rows = [session(n, TOP - n * 11 * SECOND) for n in range(9_000)]
    lab = FeedLab(rows, poll_seconds=0)
    await lab.feed.open(SessionQuery(), at=moment_of(TOP - 5_000 * 11 * SECOND))
    await settled()
    top = 0
    for _ in range(12):
        lab.feed.reader_at(top, 20)
        await settled()
        loaded, below = len(lab.shown()), lab.shown()[-1]
        await lab.feed.newer()
        # The reader stays on the same rows, then goes up a screen.
        top += len(lab.shown()) - loaded
        lab.time.now += 0.05
        lab.feed.reader_at(top, 20)
        await settled()
        assert lab.shown()[-1] == below
        lab.time.now += 0.2
        top = max(0, top - 19)
    assert len(lab.shown()) > 700
    await lab.feed.aclose()
