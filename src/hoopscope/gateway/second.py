"""A second with more sessions than a gateway lets anybody read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hoopscope.gateway.position import (
    FAR,
    FLOOR,
    SECOND,
    microseconds_of,
    moment_of,
    second_after,
)
from hoopscope.gateway.query import SessionQuery
from hoopscope.gateway.row import NO_START

if TYPE_CHECKING:
    from hoopscope.gateway.walk_page import PageSource


class UnreadableSecond(NamedTuple):
    """A second whose last sessions are out of reach.

    `end` is where it ends, in microseconds since 1970 UTC, included (its own beginning is not), or
    NO_START for the sessions without one; `missing` of its `total` sessions could not be read.
    `total` is None where the gateway does not tell; then `missing` is 1, which means "some".
    """

    end: int
    missing: int
    total: int | None


async def count_second(
    source: PageSource, query: SessionQuery, start: int, read: int
) -> tuple[UnreadableSecond, int]:
    """How many sessions share the second of `start`, of which `read` are known.

    Both ends of a range are included, so what begins exactly at the lower one is taken off again.
    Sessions without a start count as a second of their own, above all others.

    Returns:
        The second, and the moment below it in microseconds since 1970 UTC. Its `missing` is zero
        or less when nothing is out of reach.

    Raises:
        GatewayError.
    """
    too_many: SessionQuery | None
    if start == NO_START:
        below = FAR
        all_of_it = query
        too_many = query.replace(start=FLOOR, end=FAR)
    else:
        end = min(second_after(start), microseconds_of(FAR) // SECOND)
        below = moment_of((end - 1) * SECOND)
        floor = max(below, query.start or below)
        all_of_it = query.replace(start=floor, end=moment_of(end * SECOND))
        too_many = None if floor > below else query.replace(start=below, end=below)
    total = await _count(source, all_of_it)
    if total is not None and too_many is not None:
        beside = await _count(source, too_many)
        total = None if beside is None else total - beside
    missing = 1 if total is None else total - read
    end_of_it = NO_START if start == NO_START else second_after(start) * SECOND
    return UnreadableSecond(end_of_it, missing, total), microseconds_of(below)


async def _count(source: PageSource, query: SessionQuery) -> int | None:
    page = await source.sessions(query.replace(limit=1, offset=None, count="exact"))
    return None if page.total_is_capped else page.total
