"""Where the oldest sessions of a query are, found by halving the time they lie in."""

from __future__ import annotations

from datetime import datetime

from hoopscope.gateway.position import FLOOR, SECOND, microseconds_of, moment_of, second_after
from hoopscope.gateway.query import SessionQuery
from hoopscope.gateway.walk import PageSource

_ENOUGH_ROWS = 50
_MOST_PROBES = 48
_FOR_MORE_ROWS = 10


async def oldest_end(source: PageSource, query: SessionQuery, known: int) -> datetime:
    """An end date for which the query gives its oldest sessions, about a page of them.

    Costs a request for each halving, some twenty for a year; never more than _MOST_PROBES. A page
    before which there is nothing more is the last one, so that its last session is the oldest.

    Args:
        known: the start of any session that matches, in microseconds since 1970 UTC.

    Raises:
        GatewayError.
    """
    # Nothing lies at or before `low`; something does at or before `high`.
    wanted_from = query.start
    query = query.replace(start=(query.start or FLOOR).replace(microsecond=0), limit=100)
    low = microseconds_of(query.start or FLOOR) // SECOND - 1
    high = second_after(known)
    found: int | None = None
    refinements = _FOR_MORE_ROWS
    for _ in range(_MOST_PROBES):
        middle = (low + high) // 2
        if high - low <= 1 or middle == low:
            break
        page = await source.sessions(query.replace(end=moment_of(middle * SECOND), count="none"))
        if not page.rows:
            low = middle
        elif page.has_next_page:
            high = min(middle, second_after(page.rows[-1].start))
        else:
            low = found = middle
            refinements -= 1
            if len(page.rows) >= _ENOUGH_ROWS or not refinements:
                break
    end = moment_of((high if found is None else found) * SECOND)
    # A start inside the second that ends there is asked for as that second's beginning.
    return end if wanted_from is None else max(end, wanted_from)
