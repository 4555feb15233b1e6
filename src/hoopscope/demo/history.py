"""A company's history of sessions: deterministic for a count, a seed and a moment.

Hours are filled by weight (working hours, night jobs, quiet weekends); the newest sessions are
one of every scenario, so that whoever looks at the head sees all that can become of a session.
"""

# ruff: noqa: S311 - made-up data wants to be the same in every run
from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any
from uuid import UUID

from hoopscope.demo.database import StoredSession
from hoopscope.demo.people import everybody
from hoopscope.demo.plans import (
    Plan,
    deleted_plan,
    group_set_position,
    plan_table,
    plans_of,
    review_group_sets,
)
from hoopscope.demo.scenarios import scenario_position, scenarios
from hoopscope.demo.times import text_of

DAYS = 120
CHUNK = 5000
_LARGE = ("truncated", "flood")
_ROOM_FOR_LARGE = 5000
SECOND = 1_000_000
HOUR = 3600 * SECOND
_WORKDAY = (2, 1, 1, 1, 2, 4, 10, 28, 60, 92, 100, 84, 62, 78, 96, 90, 70, 44, 24, 14, 9, 7, 5, 3)
_NIGHT = (16, 22, 26, 22, 14, 9, 6, 5, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 5, 6, 7, 8, 10, 12)
_CAUSES = ("deploy-{a}.{b}", "INC-{c}", "CHG-{c}", "migrate-{b}", "close-month-{b}", "oncall-{c}")


def _weights(hour: int) -> tuple[int, int]:
    """How busy an hour (since 1970, UTC) is: people, machines."""
    weekday, of_day = (hour // 24 + 3) % 7, hour % 24
    people = _WORKDAY[of_day]
    return (people if weekday < 5 else people // 12 + 1), _NIGHT[of_day]


class History:
    """Makes rows for the database; `now` is in microseconds since 1970."""

    def __init__(self, count: int, seed: int, now: int) -> None:
        self.count = count
        self._now = now
        self._random = Random(seed)
        self._bits = self._random.getrandbits

    def sessions(self) -> Iterator[list[tuple[Any, ...]]]:
        """Lists of rows, oldest first (within some hours); `count` rows in all."""
        showcase = self._showcase()[: self.count]
        hours = list(range((self._now // HOUR) - DAYS * 24, self._now // HOUR + 1))
        weights = [_weights(hour) for hour in hours]
        total = sum(map(sum, weights))
        wanted = self.count - len(showcase)
        reached = made = 0
        rows: list[tuple[Any, ...]] = []
        for hour, weight in zip(hours, weights, strict=True):
            reached += sum(weight)
            missing = wanted * reached // total - made
            if not missing:
                continue
            rows += self._hour(hour * HOUR, missing, weight)
            made += missing
            if len(rows) > CHUNK:
                yield rows
                rows = []
        yield rows + showcase

    def session_id(self) -> bytes:
        number = self._bits(128)
        number = number & ~(0xF << 76) & ~(0xC << 60) | 0x4 << 76 | 0x8 << 60
        return number.to_bytes(16, "big")

    def _hour(self, begin: int, count: int, weight: tuple[int, int]) -> list[tuple[Any, ...]]:
        bits = self._bits
        day, night = plan_table(False), plan_table(True)
        machines = weight[1] * 256 // sum(weight)
        length = min(HOUR, self._now - 20 * SECOND - begin)
        if length <= 0:
            begin, length = begin - HOUR, HOUR
        gone = begin < self._now - 80 * 24 * HOUR
        rows: list[tuple[Any, ...]] = []
        while len(rows) < count:
            number = bits(96)
            table = night if number & 255 < machines else day
            plan = table[number >> 8 & 8191]
            start = begin + (number >> 21 & 0xFFFFFFFFFF) % length
            special = number >> 61 & 1023
            if gone and special > 1015:
                plan = deleted_plan()
            rows.append(self.row(plan, start))
            if special < 14 and table is day:
                rows += self._workflow(start, rows[-1], batch=special < 4)
            elif plan.credential:
                rows += self._uses(rows[-1])
        del rows[count:]
        if begin > self._now - 3 * HOUR:
            rows = [self._settled(row) for row in rows]
        rows.sort()
        return rows

    def _settled(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """A row in which nothing lies in the future: who is to end then is still connected."""
        stored = StoredSession(*row)
        latest = self._now - SECOND
        if stored.finish is None or stored.finish <= latest:
            decided = stored.decided and min(stored.decided, latest)
            return tuple(stored._replace(decided=decided))
        if stored.review is None:
            return tuple(stored._replace(finish=None, status=0, exit_code=None))
        decided = stored.decided and min(stored.decided, latest - SECOND)
        return tuple(stored._replace(finish=latest, decided=decided))

    def row(self, plan: Plan, start: int, person: int | None = None) -> tuple[Any, ...]:
        """One row as the plan has it, begun at `start`."""
        number = self._bits(96)
        if person is None:
            person = plan.people[(number & 0xFFFF) % len(plan.people)]
        recipe = (number >> 16 & 0xFFFF) % plan.recipes
        low, high = plan.seconds[recipe % len(plan.seconds)]
        lasts = low + (number >> 32 & 0xFFFFFFFF) % (high - low + 1)
        decided = finish = None
        groups = plan.review_groups
        begun = start
        if plan.review is not None:
            begun = start + 30 * SECOND + (number >> 64 & 0xFFFF) * 20_000
            if plan.by:
                decided = begun
                groups = self._appended(plan, person)
            elif plan.ended:
                lasts = lasts % (300 * SECOND) + 5 * SECOND
        if plan.ended:
            finish = begun + lasts
        jira = extra = None
        if number >> 80 & 0xFF < 20:
            jira = f"OPS-{900 + (number >> 64) % 1500}"
        if plan.credential in ("loan", "revoked"):
            extra = self._credential(start, plan.credential)
        return (
            start,
            self.session_id(),
            person,
            plan.connection,
            plan.scenario,
            recipe,
            finish,
            plan.status,
            plan.exits[recipe % len(plan.exits)],
            plan.review,
            groups,
            decided,
            None,
            None,
            jira,
            extra,
        )

    def _appended(self, plan: Plan, person: int) -> int | None:
        """The review's groups after a decision: a group from outside is appended."""
        assert plan.review_groups is not None
        group = ""
        if plan.by == "admin":
            group = "admin"
        elif plan.by == "owner":
            group = everybody()[person].groups[0]
        groups = review_group_sets()[plan.review_groups]
        if not group or group in groups:
            return plan.review_groups
        return group_set_position((*groups, group))

    def _credential(self, start: int, kind: str) -> str:
        """Metadata of a session that lends a credential; the gateway cuts its times to seconds."""
        second = start // SECOND * SECOND
        until = second + (1800, 3600, 28800)[self._bits(8) % 3] * SECOND
        metadata = {"credentials_expire_at": text_of(until)}
        if self._bits(3) == 0:
            metadata["credentials_expire_at"] = "9999-12-31T23:59:59Z"
        if kind == "revoked":
            metadata["credentials_revoked_at"] = text_of(second + 600 * SECOND)
        return json.dumps({"metadata": metadata})

    def _uses(self, credential: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        """Sessions that used a credential on loan; none for a machine's."""
        lent = StoredSession(*credential)
        if not lent.extra:
            return []
        use = scenario_position("credential use")
        plan = next(plan for plan in plans_of(use) if plan.connection == lent.connection)
        extra = json.dumps({"metadata": {"credential_session": str(UUID(bytes=lent.id))}})
        rows = []
        for number in range(1 + self._bits(8) % 3):
            start = lent.start + (number * 97 + 20) * SECOND + self._bits(20)
            rows.append((*self.row(plan, start, lent.person)[:-1], extra))
        return rows

    def _workflow(
        self, start: int, first: tuple[Any, ...], *, batch: bool
    ) -> list[tuple[Any, ...]]:
        """More sessions of the one who ran `first`, with a correlation id or a batch's id."""
        number = self._bits(64)
        person = first[2]
        plans = plans_of(scenario_position("ok"))
        cause = _CAUSES[number % len(_CAUSES)].format(
            a=1 + (number >> 8) % 4, b=(number >> 16) % 60, c=1000 + (number >> 24) % 9000
        )
        name = f"batch-{number:016x}" if batch else None
        key = f"OPS-{900 + (number >> 32) % 1500}"
        rows = []
        for step in range(2 + (number >> 40) % 7):
            plan = plans[self._bits(16) % len(plans)]
            later = step // 3 * SECOND if batch else (step * 90 + 40) * SECOND + self._bits(24)
            row = list(self.row(plan, min(start + later, self._now - 15 * SECOND), person))
            row[12] = None if batch else cause
            row[13] = name
            row[14] = key if number >> 60 & 1 else None
            rows.append(tuple(row))
        return rows

    def _showcase(self) -> list[tuple[Any, ...]]:
        """One session of every scenario, a batch and a workflow; newest first."""
        rows = []
        for position, scenario in enumerate(scenarios()):
            if scenario.credential == "child" or scenario.on:
                continue
            plans = plans_of(position)
            plan = plans[self._bits(16) % len(plans)]
            start = self._now - scenario.age * SECOND - self._bits(19)
            row = list(self.row(plan, start))
            if row[11] is not None:
                self._decide_in_time(row, scenario.age)
            if row[6] is not None and row[6] > self._now:
                row[6] = row[0] + (self._now - row[0]) * 3 // 4
            rows.append(tuple(row))
            if plan.credential:
                rows += self._uses(rows[-1])[:1]
        for batch in (True, False):
            begun = self._now - (25 if batch else 55) * 60 * SECOND
            rows += self._workflow(begun, rows[0], batch=batch)
        rows += self._kinds()
        rows = [self._settled(row) for row in rows]
        rows.sort(reverse=True)
        return rows

    def _kinds(self) -> list[tuple[Any, ...]]:
        """One session of every kind of recording, on the connection that it wants.

        Small histories have none of those that are many megabytes.
        """
        rows = []
        for position, scenario in enumerate(scenarios()):
            if scenario.stream in _LARGE and self.count < _ROOM_FOR_LARGE:
                continue
            if scenario.on:
                (plan,) = plans_of(position)
                rows.append(self.row(plan, self._now - scenario.age * SECOND - self._bits(19)))
        return rows

    def _decide_in_time(self, row: list[Any], age: int) -> None:
        """Move a decision to the first fifth of a session's age, and its end along."""
        decided = row[0] + age * SECOND // 5
        if row[6] is not None:
            row[6] += decided - row[11]
        row[11] = decided
