from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from hoopscope.cli.failures import OutputFailed
from hoopscope.cli.progress import Progress
from hoopscope.cli.walk_writing import Report, write_walk
from hoopscope.gateway.errors import Unreachable
from hoopscope.gateway.query import SessionQuery
from hoopscope.gateway.row import SessionRow
from hoopscope.gateway.walk import SessionWalk
from hoopscope.sessions.local_filter import LocalFilter
from tests.simulated_gateway import SECOND, SimulatedGateway

NOW = 2 * 10**15


def gateway_with(count: int) -> SimulatedGateway:
    """Sessions three a second, every fifth of them a connect."""
    return SimulatedGateway(
        SessionRow(
            f"{number:036}",
            10**15 + number * SECOND // 3,
            verb="connect" if number % 5 == 0 else "exec",
        )
        for number in range(count)
    )


class Written:
    """A writer and its sink: keeps the ids."""

    def __init__(self, gateway: SimulatedGateway | None = None) -> None:
        self.ids: list[str] = []
        self.pieces: list[str] = []
        self.asked_before_piece: list[int] = []
        self.gateway = gateway

    def begin(self) -> str:
        return "begin"

    def sessions(self, rows: Sequence[SessionRow], raw: Sequence[object]) -> str:
        assert len(rows) == len(raw)
        self.ids += [row.id for row in rows]
        if self.gateway is not None:
            self.asked_before_piece.append(len(self.gateway.queries))
        return "rows"

    def end(self) -> str:
        return "end"

    def write(self, text: str) -> None:
        self.pieces.append(text)


async def exported(
    gateway: SimulatedGateway,
    written: Written,
    *,
    limit: int | None = None,
    local: LocalFilter | None = None,
    walk: SessionWalk | None = None,
) -> Report:
    report = Report()
    await write_walk(
        walk or SessionWalk(gateway, SessionQuery()),
        written,
        written,
        report,
        limit=limit,
        local=local,
        now=NOW,
        progress=Progress(wanted=False),
    )
    return report


def newest_first(gateway: SimulatedGateway) -> list[str]:
    return [row.id for row in reversed(gateway.rows)]


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 777])
async def test_everything_once_between_begin_and_end(count: int) -> None:
    gateway, written = gateway_with(count), Written()
    report = await exported(gateway, written)
    assert written.ids == newest_first(gateway)
    assert (written.pieces[0], written.pieces[-1]) == ("begin", "end")
    assert (report.written, report.looked_through, report.ended) == (count, count, True)


@pytest.mark.parametrize("limit", [1, 99, 100, 101, 250])
async def test_no_page_is_asked_for_that_a_limit_does_not_need(limit: int) -> None:
    gateway, written = gateway_with(777), Written()
    report = await exported(gateway, written, limit=limit)
    assert written.ids == newest_first(gateway)[:limit]
    assert not report.ended
    # A page overlaps the one before by a session, and a page more may be on its way.
    assert len(gateway.queries) <= 1 + -(-limit // 99)
    walk = SessionWalk(gateway, SessionQuery(), after=report.position)
    rest = Written()
    await exported(gateway, rest, walk=walk)
    assert written.ids + rest.ids == newest_first(gateway)


async def test_a_local_filter_counts_what_it_finds() -> None:
    gateway, written = gateway_with(777), Written()
    local = LocalFilter(verbs=frozenset({"connect"}))
    report = await exported(gateway, written, limit=30, local=local)
    wanted = [row.id for row in reversed(gateway.rows) if row.verb == "connect"]
    assert written.ids == wanted[:30]
    assert report.written == 30
    assert report.looked_through == newest_first(gateway).index(wanted[29]) + 1
    rest = Written()
    walk = SessionWalk(gateway, SessionQuery(), after=report.position)
    await exported(gateway, rest, local=local, walk=walk)
    assert written.ids + rest.ids == wanted


async def test_the_next_page_is_asked_for_before_this_one_is_written() -> None:
    gateway = gateway_with(300)
    written = Written(gateway)
    await exported(gateway, written)
    assert written.asked_before_piece[0] == 2


async def test_a_failure_leaves_what_was_written_and_where_to_go_on() -> None:
    gateway, written = gateway_with(777), Written()

    def fail(_query: SessionQuery) -> None:
        if len(gateway.queries) > 3:
            raise Unreachable("gone")

    gateway.before = fail
    report = Report()
    progress = Progress(wanted=False)
    walk = SessionWalk(gateway, SessionQuery())
    with pytest.raises(Unreachable):
        await write_walk(
            walk, written, written, report, limit=None, local=None, now=NOW, progress=progress
        )
    assert 0 < report.written < 777
    assert written.ids == newest_first(gateway)[: report.written]
    gateway.before = None
    rest = Written()
    walk = SessionWalk(gateway, SessionQuery(), after=report.position)
    await exported(gateway, rest, walk=walk)
    assert written.ids + rest.ids == newest_first(gateway)


async def test_nothing_is_begun_where_the_first_page_fails() -> None:
    gateway, written = gateway_with(3), Written()

    def fail(_query: SessionQuery) -> None:
        raise Unreachable("gone")

    gateway.before = fail
    with pytest.raises(Unreachable):
        await exported(gateway, written)
    assert written.pieces == []


async def test_no_request_is_left_behind_where_nothing_can_be_written() -> None:
    class Full(Written):
        def write(self, text: str) -> None:
            if text == "rows":
                raise OutputFailed("full")

    with pytest.raises(OutputFailed):
        await exported(gateway_with(777), Full())
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_seconds_out_of_reach_are_reported_and_the_rest_is_written() -> None:
    crowd = [SessionRow(f"{number:036}", 10**15 + 5) for number in range(10_250)]
    older = [SessionRow("older", 10**15 - 9 * SECOND)]
    written = Written()
    report = await exported(SimulatedGateway([*crowd, *older]), written)
    (second,) = report.unreadable
    assert second.missing == 10_250 - (len(written.ids) - 1) > 0
    assert written.ids[-1] == "older"
    assert report.ended
