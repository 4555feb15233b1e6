"""What may happen in the history, and how often: connection, scenario and people, by weight."""

# ruff: noqa: S311 - made-up data wants to be the same in every run
from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from random import Random

from hoopscope.demo.connections import DELETED, connections
from hoopscope.demo.people import everybody, group_names
from hoopscope.demo.scenarios import REVIEW_STATUSES, STATUSES, scenario_position, scenarios
from hoopscope.demo.templates import VARIANTS, bank, tone_of

TABLE_SIZE = 8192
_ANALYSIS = 4000  # milliseconds that an agent takes at most
_JOBS = {"ok", "failed", "masked", "agent lost"}
_OPERATORS = {"sre", "platform", "dba", "dev"}


@dataclass(frozen=True, slots=True)
class Plan:
    """One scenario on one connection, with all that makes a row of the database out of it."""

    connection: int
    scenario: int
    people: tuple[int, ...]
    recipes: int
    exits: tuple[int | None, ...]
    seconds: tuple[tuple[int, int], ...]
    status: int
    ended: bool
    review: int | None
    review_groups: int | None
    by: str
    credential: str


@cache
def review_group_sets() -> tuple[tuple[str, ...], ...]:
    """Every set of groups that a review can have; a decision from outside appends a group."""
    found: list[tuple[str, ...]] = []
    bases = sorted({connection.review_groups for connection in connections()} - {()})
    for base in bases:
        found.append(base)
        found += [(*base, group) for group in group_names() if group not in base]
    return tuple(found)


@cache
def group_set_position(groups: tuple[str, ...]) -> int:
    return review_group_sets().index(groups)


@cache
def _all_of(kind: str) -> tuple[int, ...]:
    people = enumerate(everybody())
    return tuple(position for position, person in people if person.kind == kind)


@cache
def _people(team: str) -> tuple[int, ...]:
    """Whoever works on a team's connections: the team mostly, operators now and then.

    Everybody looks into the data team's.
    """
    found: list[int] = []
    for position, person in enumerate(everybody()):
        if person.kind != "machine" and team in person.groups[:2]:
            found += [position] * 4
        elif person.kind == "person" and (team == "data" or _OPERATORS & set(person.groups)):
            found.append(position)
    return tuple(found)


def plan_for(connection: int, scenario: int) -> Plan:
    """The plan of a scenario on a connection, both given by position."""
    where, what = connections()[connection], scenarios()[scenario]
    templates = bank(where.scripts)[tone_of(where.scripts, what.tone)]
    exits: tuple[int | None, ...] = (what.exit_code,)
    seconds: tuple[tuple[int, int], ...] = (what.seconds,)
    if what.exit_code == -1:
        exits = tuple(template.exit_code for template in templates)
    if what.verb == "exec" and not what.stream:
        wait = _ANALYSIS if what.agentic else 40
        milliseconds = [int(template.seconds * 1000) + wait for template in templates]
        seconds = tuple((low * 800, low * 1900) for low in milliseconds)
    else:
        seconds = ((what.seconds[0] * 1_000_000, what.seconds[1] * 1_000_000),)
    review = what.review
    return Plan(
        connection=connection,
        scenario=scenario,
        people=_all_of("machine") if what.machine else _people(where.team),
        recipes=len(templates) * VARIANTS,
        exits=exits,
        seconds=seconds,
        status=STATUSES.index(what.status),
        ended=what.ended,
        review=REVIEW_STATUSES.index(review.status) if review else None,
        review_groups=group_set_position(where.review_groups) if review else None,
        by=review.by if review else "",
        credential=what.credential,
    )


def _weighted(night: bool) -> list[tuple[Plan, int]]:
    """What people do by day, or what machines and API keys do by night."""
    found = []
    for position, connection in enumerate(connections()):
        for number, scenario in enumerate(scenarios()):
            if not scenario.every or not scenario.fits(connection) or connection.name == DELETED:
                continue
            if scenario.machine and night:
                found.append((plan_for(position, number), scenario.every * 6))
            elif night and scenario.name in _JOBS:
                plan = replace(plan_for(position, number), people=_all_of("key"))
                found.append((plan, connection.weight * scenario.every // 12))
            elif not night and not scenario.machine:
                plan = plan_for(position, number)
                found.append((plan, connection.weight * scenario.every))
    return found


@cache
def plan_table(night: bool) -> tuple[Plan, ...]:
    """TABLE_SIZE plans, each as often as its weight wants, so that any 13 bits pick one."""
    weighted = _weighted(night)
    total = sum(weight for _, weight in weighted)
    table: list[Plan] = []
    reached = 0
    for plan, weight in weighted:
        reached += weight
        table += [plan] * (reached * TABLE_SIZE // total - len(table))
    Random(1).shuffle(table)
    return tuple(table)


@cache
def plans_of(scenario: int) -> tuple[Plan, ...]:
    """The plans of a scenario on every connection that it fits."""
    what = scenarios()[scenario]
    return tuple(
        plan_for(position, scenario)
        for position, connection in enumerate(connections())
        if what.fits(connection) and connection.name != DELETED
    )


@cache
def deleted_plan() -> Plan:
    """The plan of a connection that is gone from the gateway's list."""
    return plan_for(len(connections()) - 1, scenario_position("ok"))
