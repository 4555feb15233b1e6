"""Reading: the rows of one query, walked into a store of their own."""

from __future__ import annotations

from datetime import datetime

from hoopscope.gateway.position import microseconds_of, moment_of
from hoopscope.gateway.query import SessionQuery
from hoopscope.gateway.row import NO_START, SessionRow
from hoopscope.gateway.second import UnreadableSecond
from hoopscope.gateway.walk import PageSource, SessionWalk, WalkPage
from hoopscope.sessions.feed_state import FeedPhase
from hoopscope.sessions.local_filter import LocalFilter
from hoopscope.sessions.store import SessionStore


class Reading:
    """A query, its walk and its store. Only rows that the local filter lets through are stored.

    `looked_through` counts all rows read, `reached` is the start of the last of them; `newest` is
    the newest start seen (both in microseconds since 1970 UTC, None before there is one).

    Raises InvalidQuery where `at` leaves nothing of the query.
    """

    def __init__(
        self,
        source: PageSource,
        query: SessionQuery,
        local: LocalFilter | None,
        at: datetime | None,
        page_size: int,
    ) -> None:
        walked = query
        if at is not None:
            walked = query.replace(end=at if query.end is None else min(at, query.end))
        self.query = query
        self.local = None if local is None or local.is_empty else local
        self.at = at
        self.walk = SessionWalk(source, walked, page_size=page_size)
        self.store = SessionStore()
        self.looked_through = 0
        self.reached: int | None = None
        self.newest: int | None = None
        self.unreadable: tuple[UnreadableSecond, ...] = ()
        self.stopped = False
        self._unstored: WalkPage | None = None

    @property
    def ended(self) -> bool:
        """Whether everything that there is has been read."""
        return self.walk.ended and self._unstored is None

    @property
    def resting_phase(self) -> FeedPhase:
        """The phase while nothing is being read."""
        return FeedPhase.ENDED if self.ended else FeedPhase.IDLE

    async def read_page(self, now: int) -> WalkPage | None:
        """Take the next page of the walk into the store; None at the end.

        `now` (microseconds since 1970 UTC) is what the local filter goes by. Raises GatewayError
        or StoreFull; nothing is lost then.
        """
        page = self._unstored or await self.walk.next_page()
        if page is None:
            return None
        self._unstored = page
        self.store.append(self.matching(page.rows, now))
        self.store.insert(self.matching(page.late, now))
        self._unstored = None
        self.looked_through += len(page.rows) + len(page.late)
        self.unreadable += page.unreadable
        starts = [row.start for row in page.rows if row.start != NO_START]
        if starts:
            self.reached = starts[-1]
            self.saw(starts[0])
        return page

    def take_newer(self, rows: tuple[SessionRow, ...], now: int, *, joined: bool) -> int:
        """Put rows above those held; gives how many of them are shown. Raises StoreFull.

        `joined`: nothing newer is left out, as if the reading had begun at the newest session.
        """
        stored = self.store.insert(self.matching(rows, now))
        self.looked_through += len(rows)
        for row in rows:
            if row.start != NO_START:
                self.saw(row.start)
        if joined:
            self.at = None
        return stored

    def matching(self, rows: tuple[SessionRow, ...], now: int) -> list[SessionRow]:
        """Those that the local filter lets through."""
        local = self.local
        return list(rows) if local is None else [row for row in rows if local.matches(row, now)]

    def saw(self, start: int) -> None:
        """Note a start that may be the newest."""
        self.newest = start if self.newest is None else max(start, self.newest)

    def has_passed(self, row: SessionRow) -> bool:
        """Whether the walk is already further back than a row, so that it will not find it."""
        position = self.walk.position
        return self.walk.ended or (position is not None and row.sort_key > position.newness)

    def watch_from(self, moment: int) -> SessionQuery | None:
        """The query for what began since `moment`; None where nothing new can match it."""
        start, end = moment_of(moment), self.query.end
        if self.query.start is not None:
            start = max(start, self.query.start)
        if end is not None and microseconds_of(end) < microseconds_of(start):
            return None
        return self.query.replace(start=start)
