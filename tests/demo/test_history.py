"""The history: deterministic, exactly as long as asked for, and like a company's."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

import pytest

from hoopscope.demo.database import StoredSession
from hoopscope.demo.history import DAYS, HOUR, History
from hoopscope.demo.people import everybody
from hoopscope.demo.scenarios import REVIEW_STATUSES, STATUSES, scenarios
from hoopscope.demo.times import microseconds, moment_of
from hoopscope.demo.world import World
from tests.demo.moments import NOW

AT = microseconds(NOW)


def made(count: int, seed: int = 1, now: int = AT) -> list[StoredSession]:
    rows = [row for rows in History(count, seed, now).sessions() for row in rows]
    return sorted((StoredSession(*row) for row in rows), reverse=True)


@pytest.fixture(scope="module")
def history() -> list[StoredSession]:
    return made(6_000)


@pytest.mark.parametrize("count", [0, 1, 10, 72, 73, 500, 4_321])
def test_it_is_as_long_as_asked_for(count: int) -> None:
    rows = made(count)
    assert len(rows) == count
    assert len({row.id for row in rows}) == count


def test_the_same_seed_and_moment_make_the_same(history: list[StoredSession]) -> None:
    assert made(6_000) == history
    assert made(6_000, seed=2) != history
    assert made(6_000, now=AT + 1) != history


def test_answers_are_the_same_in_every_run_and_process() -> None:
    """A digest, so that a set's order or a hash's seed cannot get into the history."""
    digests = set()
    for _ in range(2):
        world = World(200, 1, now=AT)
        rows = world.database.page("1", (), 200, 0)
        whole = [world.renderer.whole(row) for row in rows]
        digests.add(hashlib.sha256(repr(whole).encode()).hexdigest())
    assert len(digests) == 1


def test_nothing_lies_in_the_future_or_before_its_start(history: list[StoredSession]) -> None:
    for row in history:
        assert row.start < AT
        assert row.start > AT - (DAYS * 24 + 2) * HOUR
        for later in (row.finish, row.decided):
            assert later is None or row.start < later < AT
        if row.finish is not None and row.decided is not None:
            assert row.decided < row.finish


def test_ids_are_those_of_version_four(history: list[StoredSession]) -> None:
    for row in history:
        assert row.id[6] >> 4 == 4
        assert row.id[8] >> 6 == 2


def test_every_scenario_is_among_the_newest_three_hundred() -> None:
    rows = made(20_000)[:300]
    assert {scenarios()[row.scenario].name for row in rows} >= {
        scenario.name for scenario in scenarios() if scenario.name != "connect lost"
    }


def test_every_state_that_a_gateway_shows_is_among_them(history: list[StoredSession]) -> None:
    def state(row: StoredSession) -> tuple[Any, ...]:
        what = scenarios()[row.scenario]
        review = None if row.review is None else REVIEW_STATUSES[row.review]
        kind = what.review.type if what.review else None
        return STATUSES[row.status], what.verb, kind, review, row.exit_code, row.finish is not None

    seen = {state(row) for row in history[:300]}
    assert seen >= {
        ("open", "exec", "onetime", "PENDING", None, False),  # waiting for review
        ("open", "connect", "jit", "PENDING", None, False),
        ("open", "exec", None, None, None, False),  # running, or refused
        ("open", "connect", None, None, None, False),  # connected, or a credential on loan
        ("ready", "exec", "onetime", "APPROVED", None, False),
        ("ready", "connect", "jit", "APPROVED", None, False),
        ("open", "exec", "onetime", "PROCESSING", None, False),
        ("done", "exec", "onetime", "EXECUTED", 0, True),
        ("done", "exec", None, None, 0, True),
        ("done", "exec", None, None, 1, True),
        ("done", "exec", None, None, 254, True),
        ("done", "connect", None, None, 0, True),
        ("done", "connect", None, None, 254, True),
        ("done", "exec", "onetime", "REJECTED", 254, True),
        ("done", "exec", "onetime", "REJECTED", None, False),
        ("done", "connect", "jit", "REJECTED", 254, True),
        ("done", "connect", "jit", "REVOKED", 0, True),
        ("done", "connect", "jit", "APPROVED", 0, True),
        ("done", "exec", "onetime", "PENDING", 254, True),  # withdrawn
        ("done", "connect", "jit", "PENDING", 254, True),
        ("done", "connect", None, None, None, False),  # a machine's credential
        ("done", "connect", None, None, None, True),  # a credential that was revoked
        ("open", "exec", "onetime", "EXECUTED", None, False),
        ("open", "exec", "onetime", "UNKNOWN", None, False),
    }


def test_people_work_by_day_and_machines_by_night(history: list[StoredSession]) -> None:
    people: Counter[int] = Counter()
    machines: Counter[int] = Counter()
    weekend = 0
    for row in history:
        moment = moment_of(row.start)
        kind = everybody()[row.person].kind
        (people if kind == "person" else machines)[moment.hour] += 1
        weekend += kind == "person" and moment.weekday() > 4
    total = people.total()
    assert sum(people[hour] for hour in range(8, 18)) > 0.7 * total
    assert weekend < 0.1 * total
    assert sum(machines[hour] for hour in range(5)) > 0.4 * machines.total()


def test_everybody_and_everything_occurs(history: list[StoredSession]) -> None:
    assert {row.person for row in history} == set(range(len(everybody())))
    assert len({row.connection for row in history}) == 37
    assert any(row.correlation for row in history[:100])
    assert any(row.batch for row in history[:100])
    assert sum(row.jira is not None for row in history) > 200
