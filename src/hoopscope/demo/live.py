"""A working day while the gateway runs: sessions arrive, end, and get their reviews decided."""

# ruff: noqa: S311 - nothing here is a secret

from __future__ import annotations

import asyncio
from functools import cache
from heapq import heappop, heappush
from random import Random
from typing import Any

from hoopscope.demo.database import StoredSession
from hoopscope.demo.live_streams import is_endless
from hoopscope.demo.plans import Plan, plan_table, plans_of
from hoopscope.demo.scenarios import NO_CODE, REVIEW_STATUSES, STATUSES, scenarios
from hoopscope.demo.times import moment_of
from hoopscope.demo.world import World

_SECOND = 1_000_000
_HOUR = 3600 * _SECOND
_OPEN, _READY, _DONE = range(len(STATUSES))
_PENDING, _APPROVED, _PROCESSING, _EXECUTED = (
    REVIEW_STATUSES.index(name) for name in ("PENDING", "APPROVED", "PROCESSING", "EXECUTED")
)

Columns = dict[str, Any]


@cache
def watchable_plans() -> tuple[Plan, ...]:
    """Sessions that do something until they are ended."""
    live = (place for place, what in enumerate(scenarios()) if what.name.startswith("live "))
    return tuple(plan for place in live for plan in plans_of(place))


class Life:
    """What happens in a world by itself; `step` is one look at the clock."""

    def __init__(self, world: World, random: Random | None = None) -> None:
        self._world = world
        self._random = random or Random()
        self._due: list[tuple[int, int, bytes, Columns]] = []
        self._planned = 0
        self._next_arrival = 0

    async def run(self) -> None:
        """For ever."""
        self.take_over()
        while True:
            self.step()
            await asyncio.sleep(self._random.uniform(0.3, 0.7))

    def take_over(self) -> None:
        """Most sessions of the last hours that have not ended will, within minutes."""
        since = self._world.now() - 6 * _HOUR
        for session in self._world.database.unfinished(since, 200):
            long = scenarios()[session.scenario].on
            if self._random.random() < 0.7:
                self._lead_to_its_end(session, self._in(300, 1800) if long else self._in(8, 600))

    def step(self) -> None:
        """Let what is due happen, and somebody come now and then."""
        now = self._world.now()
        while self._due and self._due[0][0] <= now:
            _, _, session_id, columns = heappop(self._due)
            for name in ("decided", "finish"):
                if name in columns:
                    columns[name] = now
            self._world.database.change(session_id, columns)
        if now >= self._next_arrival:
            self._next_arrival = self._in(1.5, 6)
            for _ in range(self._random.choice((1, 1, 1, 2, 3))):
                self.arrive()

    def arrive(self) -> None:
        """One more session, one in ten a few seconds late: its start is earlier than its row."""
        night = not 6 <= moment_of(self._world.now()).hour < 19
        if self._random.random() < 0.06:
            self._arrive_for_long()
            return
        plan = self._random.choice(plan_table(night and self._random.random() < 0.5))
        start = self._world.now() - self._random.randint(1000, 300_000)
        if self._random.random() < 0.1:
            start -= self._random.randint(1, 8) * _SECOND
        session = StoredSession(*self._world.history.row(plan, start))
        first = self._first(plan, session)
        self._world.database.insert([first])
        if first.finish is None and plan.ended:
            self._lead_to(session, plan)

    def _arrive_for_long(self) -> None:
        """Somebody whom one can watch for some minutes."""
        plan = self._random.choice(watchable_plans())
        session = StoredSession(*self._world.history.row(plan, self._world.now() - 1000))
        self._world.database.insert([session])
        self._lead_to_its_end(session, self._in(90, 900))

    def _first(self, plan: Plan, session: StoredSession) -> StoredSession:
        """The session as it is when it begins."""
        if plan.review is not None:
            return session._replace(
                review=_PENDING,
                review_groups=plan.review_groups,
                decided=None,
                status=_OPEN,
                finish=None,
                exit_code=None,
            )
        if not plan.ended or (session.finish or 0) <= self._world.now():
            return session
        return session._replace(status=_OPEN, finish=None, exit_code=None)

    def _lead_to(self, session: StoredSession, plan: Plan) -> None:
        """Plan what leads a session that has begun to what its row says it ends as."""
        end = {"status": _DONE, "finish": 0, "exit_code": session.exit_code}
        if plan.review is None:
            moment = session.finish or 0
            if not 0 <= moment - self._world.now() < 3 * _SECOND:
                moment = self._in(5, 120)
            self._world.live.end_at(session.id, moment)
            self._plan(moment, session, end)
            return
        decided = self._in(15, 120)
        if session.decided is not None:
            verdict = {"decided": 0, "review_groups": session.review_groups}
            if plan.review in (_APPROVED, _EXECUTED):
                self._plan(decided, session, {**verdict, "review": _APPROVED, "status": _READY})
                decided += 20 * _SECOND
            else:
                end |= verdict
        if plan.review == _EXECUTED:
            self._plan(decided, session, {"review": _PROCESSING, "status": _OPEN})
            decided += 5 * _SECOND
        self._plan(decided, session, {**end, "review": plan.review})

    def _lead_to_its_end(self, session: StoredSession, moment: int) -> None:
        """Plan the next steps of a session of the history that has not ended."""
        what = scenarios()[session.scenario]
        end: Columns = {"status": _DONE, "finish": 0, "exit_code": 0}
        if is_endless(what) and what.review is None:
            end["exit_code"] = self._random.choice((0, 0, 1, NO_CODE))
            self._plan(moment, session, end)
        elif session.review == _PENDING and "partial" not in (
            (what.review and what.review.how) or ()
        ):
            approval = {"review": _APPROVED, "status": _READY, "decided": 0}
            self._plan(moment, session, approval)
        elif session.review == _PROCESSING:
            self._plan(moment, session, {**end, "review": _EXECUTED})
        elif session.review == _APPROVED and what.verb == "connect":
            self._plan(moment, session, end)
        elif session.review == _APPROVED:
            self._plan(moment, session, {"review": _PROCESSING, "status": _OPEN})
            self._plan(moment + 8 * _SECOND, session, {**end, "review": _EXECUTED})

    def _plan(self, moment: int, session: StoredSession, columns: Columns) -> None:
        self._planned += 1
        heappush(self._due, (moment, self._planned, session.id, columns))

    def _in(self, low: float, high: float) -> int:
        """A moment between `low` and `high` seconds from now."""
        return self._world.now() + int(self._random.uniform(low, high) * _SECOND)
