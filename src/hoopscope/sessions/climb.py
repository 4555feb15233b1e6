"""Climb: from a moment that a reader jumped to, towards the newest sessions.

A gateway lists the newest first, so what lies just above a row cannot be asked for. But a stretch
of time can: the walk from the moment has all that began at or before a whole second, and each step
takes the sessions of the stretch that follows, whole, up to another whole second. A stretch that is
more than a page is halved; a single second that is more is walked. So nothing is missing between
two steps, and nothing comes twice.

The gateway's own newest session says where the present is: no clock is compared.
"""

from __future__ import annotations

from hoopscope.gateway.page import SessionPage
from hoopscope.gateway.position import FAR, SECOND, microseconds_of, moment_of, whole_second
from hoopscope.gateway.query import SessionQuery
from hoopscope.gateway.row import NO_START, SessionRow
from hoopscope.gateway.walk import PageSource, SessionWalk
from hoopscope.sessions.head import LOOK_BACK
from hoopscope.sessions.reading import Reading

_PAGE = 100
_AIMED_AT = 60
_FIRST_SPAN = 3_600
_LONGEST_SPAN = 10 * 366 * 86_400
_MOST_PROBES = 60
_NEVER = 2**62


class Climb:
    """The way up from a reading that began at a moment.

    `joined` tells that the newest session is reached: nothing is between it and the reading.
    """

    def __init__(self, source: PageSource, reading: Reading) -> None:
        query = reading.query
        assert reading.at is not None
        top = reading.at if query.end is None else min(reading.at, query.end)
        self.joined = False
        self._source = source
        self._reading = reading
        self._query = query.replace(
            start=query.start.replace(microsecond=0) if query.start else None,
            end=whole_second(query.end) if query.end else (FAR if query.start else None),
            limit=_PAGE,
            offset=None,
            count="none",
        )
        # Seconds since 1970: what began at or before the first is held.
        self._held = microseconds_of(whole_second(top)) // SECOND
        self._present: int | None = None
        self._too_far = _NEVER
        self._span = _span_of(reading)

    async def step(self) -> list[SessionRow]:
        """The sessions that come before those held, newest first; [] where there are none near.

        Usually one or two requests. Raises GatewayError, and can be asked again then.
        """
        for _ in range(_MOST_PROBES):
            if self._present is None or self._present <= self._held:
                head = await self._source.sessions(self._query)
                if self._reaches(head):
                    self.joined = True
                    return self._fresh(list(head.rows))
                starts = [row.start for row in head.rows if row.start != NO_START]
                self._present = (max(starts, default=0) - LOOK_BACK) // SECOND
                if self._present <= self._held:
                    rows = await self._walked(self._query)
                    self.joined = True
                    return rows
            end = min(self._held + self._span, self._present, self._too_far)
            found = await self._stretch(end)
            if found is None:
                # Halved again and again, it ends just below what is too much.
                self._too_far = end - 1
                self._span = max(1, (end - self._held) // 2)
                continue
            self._held = end
            if found:
                self._too_far = _NEVER
                if len(found) < _AIMED_AT // 2:
                    self._span = min(self._span * 2, _LONGEST_SPAN)
                return found
            if self._too_far == _NEVER:
                self._span = min(self._span * 4, _LONGEST_SPAN)
            elif self._too_far == end:
                # The very next second is too much.
                self._too_far, self._span = _NEVER, 1
            else:
                self._span = (self._too_far - end + 1) // 2
        return []

    async def _stretch(self, end: int) -> list[SessionRow] | None:
        """All of the time up to a second; None where that is more than a page."""
        query = self._query.replace(
            start=moment_of(self._held * SECOND), end=moment_of(end * SECOND)
        )
        page = await self._source.sessions(query)
        if not page.has_next_page:
            return self._fresh(list(page.rows))
        return await self._walked(query) if end - self._held == 1 else None

    async def _walked(self, query: SessionQuery) -> list[SessionRow]:
        """All that a query has above what is held, page by page."""
        walk = SessionWalk(self._source, query)
        rows: list[SessionRow] = []
        while page := await walk.next_page():
            rows += [*page.rows, *page.late]
            self._reading.unreadable += page.unreadable
            if page.rows and page.rows[-1].start != NO_START and self._is_held(page.rows[-1]):
                break
        return self._fresh(rows)

    def _reaches(self, head: SessionPage) -> bool:
        """Whether the newest page leaves nothing between itself and what is held."""
        if not head.has_next_page or not head.rows:
            return True
        last = head.rows[-1]
        return last.start != NO_START and self._is_held(last)

    def _is_held(self, row: SessionRow) -> bool:
        return row.start <= self._held * SECOND

    def _fresh(self, rows: list[SessionRow]) -> list[SessionRow]:
        return [row for row in rows if row.start == NO_START or not self._is_held(row)]


def _span_of(reading: Reading) -> int:
    """Seconds that have about a page, going by the sessions below."""
    newest, reached, number = reading.newest, reading.reached, reading.looked_through
    if newest is None or reached is None or newest <= reached or number < 2:
        return _FIRST_SPAN
    return max(1, min((newest - reached) * _AIMED_AT // (number * SECOND), _LONGEST_SPAN))
