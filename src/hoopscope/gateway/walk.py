"""SessionWalk: every session of a query once, newest first, at a cost that does not grow.

Source: observed gateway behaviour. There is no cursor, dates are cut to whole seconds, offsets end
at 10,000 and new sessions shift them. So a page is asked for by date, from the whole second at or
after the last session held, with an offset for the inside of that second only. It overlaps by one
row: a page that begins with the last session held proves that nothing was shifted.

It never loops. A request gives at least one session that was not held, or moves on inside one
second (at most MAX_OFFSET times, begun anew at most RESTARTS times), or leaves that second for an
earlier one, or ends the walk.
"""

from __future__ import annotations

from collections.abc import Iterable

from hoopscope.gateway.errors import UnexpectedAnswer
from hoopscope.gateway.page import SessionPage
from hoopscope.gateway.position import (
    FAR,
    FLOOR,
    WalkPosition,
    moment_of,
    second_after,
    whole_second,
)
from hoopscope.gateway.query import MAX_OFFSET, SessionQuery
from hoopscope.gateway.row import NO_START
from hoopscope.gateway.second import count_second
from hoopscope.gateway.walk_page import (
    Found,
    PageSource,
    WalkPage,
    check_order,
    pairs_of,
    walk_page,
)

__all__ = ["PageSource", "SessionWalk", "WalkPage"]

RESTARTS = 3


class _Rereading:
    """A second that is read again from its top, in pages that overlap by one row."""

    def __init__(
        self, *, offset: int = 0, restarts_left: int = RESTARTS, resuming: bool = False
    ) -> None:
        self.offset = offset
        self.overlap = ""
        self.restarts_left = restarts_left
        self.resuming = resuming


class SessionWalk:
    """A walk from the newest session of a query to its oldest, from page to page.

    Every session that matched when the walk began is given exactly once, whatever arrives
    meanwhile; what arrives behind the reader is not. Only the ids of the last second are held.

    Args:
        source: where the pages come from.
        query: the filters; its limit, offset and count are not used.
        page_size: sessions a request, 2 to 100.
        after: go on behind this position of an earlier walk with the same query.
    """

    def __init__(
        self,
        source: PageSource,
        query: SessionQuery,
        *,
        page_size: int = 100,
        after: WalkPosition | None = None,
    ) -> None:
        start = query.start.replace(microsecond=0) if query.start else None
        end = whole_second(query.end) if query.end else (FAR if start else None)
        self._source = source
        self._query = query.replace(
            start=start, end=end, limit=max(2, page_size), offset=None, count="none"
        )
        self._last = after
        self._held: set[str] = set()
        self._rereading = _Rereading(resuming=True) if after else None
        self._ended = False
        self.requests = 0
        self.total: int | None = None
        self.total_is_capped = False

    @property
    def position(self) -> WalkPosition | None:
        """The last session given, None before the first page."""
        return self._last

    @property
    def ended(self) -> bool:
        """Whether there is nothing further back."""
        return self._ended

    async def next_page(self) -> WalkPage | None:
        """What comes next, or None at the end.

        Raises GatewayError (and leaves everything as it was, so that it can be asked again).
        """
        while not self._ended:
            page = await self._step()
            if page is not None:
                return page
        return None

    async def _step(self) -> WalkPage | None:
        if self._last is None:
            page = await self._ask(0)
            self.total, self.total_is_capped = page.total, page.total_is_capped
            return self._go_on(page, pairs_of(page))
        if self._rereading is not None:
            return await self._reread(self._last, self._rereading)
        offset = len(self._held) - 1
        if offset > MAX_OFFSET:
            self._rereading = _Rereading(offset=MAX_OFFSET, restarts_left=0)
            return None
        page = await self._ask(offset)
        found = pairs_of(page)
        proved = bool(found) and found[0][0].id == self._last.id
        fresh = [pair for pair in found[1:] if pair[0].id not in self._held]
        if proved and (fresh or not page.has_next_page):
            return self._go_on(page, fresh)
        self._rereading = _Rereading()
        return None

    async def _reread(self, last: WalkPosition, state: _Rereading) -> WalkPage | None:
        """One page of the second that holds the last session, to find the place again."""
        page = await self._ask(state.offset)
        found = pairs_of(page)
        shifted = state.overlap and (not found or found[0][0].id != state.overlap)
        if shifted and state.restarts_left:
            state.restarts_left -= 1
            state.offset, state.overlap = 0, ""
            return None
        fresh: list[Found] = []
        late: list[Found] = []
        for pair in found:
            if pair[0].id in self._held:
                continue
            if pair[0].sort_key < last.newness:
                fresh.append(pair)
                continue
            if not state.resuming:
                late.append(pair)
            self._held.add(pair[0].id)
        if fresh or not found or not page.has_next_page:
            return self._go_on(page, fresh, late)
        if state.offset >= MAX_OFFSET:
            return walk_page((), late) or await self._leave_second(last.start)
        state.overlap = found[-1][0].id if len(found) > 1 else ""
        state.offset += max(1, len(found) - 1)
        if state.offset > MAX_OFFSET:
            state.offset, state.overlap = MAX_OFFSET, ""
        return walk_page((), late)

    def _go_on(
        self, page: SessionPage, fresh: list[Found], late: Iterable[Found] = ()
    ) -> WalkPage | None:
        """Hold what a page brought; it is the only place where the position moves down a page."""
        self._rereading = None
        self._ended = not page.rows or not page.has_next_page
        for row, _ in fresh:
            last, start = self._last, row.start
            if last is not None:
                # A start that cannot be read in the middle of others: it stands where it came.
                start = last.start if start == NO_START else start
                if _second_of(start) != _second_of(last.start):
                    self._held.clear()
            self._held.add(row.id)
            self._last = WalkPosition(start, row.id)
        return walk_page(fresh, late)

    async def _leave_second(self, start: int) -> WalkPage | None:
        """Say how many of this second are out of reach, and go on below it."""
        if start == NO_START and self._query.start is not None:
            raise UnexpectedAnswer(
                "The gateway gave thousands of sessions without a start among dated ones.",
                "Check that the address is a hoop gateway's.",
            )
        second, below = await count_second(self._source, self._query, start, len(self._held))
        self._last = WalkPosition.above(below)
        self._held.clear()
        self._rereading = _Rereading()
        floor = self._query.start
        self._ended = floor is not None and moment_of(below) < floor
        return walk_page((), (), (second,)) if second.missing > 0 else None

    async def _ask(self, offset: int) -> SessionPage:
        query = self._query
        end = None
        if self._last is not None and self._last.start != NO_START:
            end = min(whole_second(moment_of(self._last.start)), query.end or FAR)
            query = query.replace(start=query.start or min(FLOOR, end), end=end)
        self.requests += 1
        page = await self._source.sessions(query.replace(offset=offset))
        check_order(page, end)
        return page


def _second_of(start: int) -> int:
    return NO_START if start == NO_START else second_after(start)
