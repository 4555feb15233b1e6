"""The walk against the embedded gateway, over HTTP, while it changes."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta
from typing import Literal

import pytest

from hoopscope.demo.server import DemoGateway
from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.client import Gateway
from hoopscope.gateway.position import SECOND, moment_of
from hoopscope.gateway.query import SessionQuery
from hoopscope.gateway.row import SessionRow
from hoopscope.gateway.walk import SessionWalk


async def audit(sessions: int, arrivals: int, kind: Literal["current", "old"]) -> None:
    """Walk through everything while sessions arrive everywhere, and check each one."""
    choose = random.Random(4)
    with DemoGateway(sessions=sessions, kind=kind) as demo:
        async with Gateway(GatewayAccess(demo.url, demo.token)) as gateway:
            opening = demo.count()
            arrived: set[str] = set()
            rows: list[SessionRow] = []
            late: list[SessionRow] = []
            walk = SessionWalk(gateway, SessionQuery())
            pages = sessions // 99 + 1
            while page := await walk.next_page():
                rows += page.rows
                late += page.late
                assert not page.unreadable
                if not page.rows:
                    continue
                last = page.rows[-1].start
                # Into the microsecond being read, around it, behind it, ahead of it, at the head.
                places = [last, last - last % SECOND, last + 1, last - 90 * SECOND, last + 10**9]
                for _ in range(arrivals // pages + 1):
                    where = choose.choice([*places, rows[0].start + 10**9])
                    size = min(choose.choice([1, 1, 2, 30]), arrivals - len(arrived))
                    starts = [moment_of(where) + timedelta(microseconds=n % 2) for n in range(size)]
                    if starts:
                        arrived |= set(await asyncio.to_thread(demo.insert_many, starts))
                changed = choose.choice(page.rows).id
                await asyncio.to_thread(demo.change, changed, status="done")
    ids = [row.id for row in (*rows, *late)]
    assert len(ids) == len(set(ids)), "given twice"
    assert len(set(ids) - arrived) == opening, "left out, or made up"
    assert {row.id for row in late} <= arrived
    assert rows == sorted(rows, key=lambda row: row.sort_key, reverse=True)
    assert len(arrived) == arrivals
    # A page a hundred; writing into the second being read costs a page or two more.
    assert walk.requests < 2.5 * pages + 10


@pytest.mark.parametrize("kind", ["current", "old"])
async def test_each_session_once_while_others_arrive(kind: Literal["current", "old"]) -> None:
    await audit(1_500, 200, kind)


@pytest.mark.slow
@pytest.mark.parametrize(("sessions", "arrivals"), [(50_000, 1_000), (200_000, 4_000)])
async def test_very_many_once_while_thousands_arrive(sessions: int, arrivals: int) -> None:
    await audit(sessions, arrivals, "current")
