"""HeadWatch: what arrives while somebody reads, and what changes in what they see."""

from __future__ import annotations

from hoopscope.gateway.position import SECOND, moment_of, whole_second
from hoopscope.gateway.row import NO_START, SessionRow
from hoopscope.gateway.walk import PageSource, SessionWalk
from hoopscope.sessions.reading import Reading
from hoopscope.sessions.store import SessionStore

# A session may be committed some seconds after its start, behind others.
LOOK_BACK = 15 * SECOND
# Clocks differ, so what began shortly before the last look is looked at again.
_CLOCKS_DIFFER = 3_600 * SECOND
_MOST_PAGES = 50
_PAGES_LOOKED_AT_AGAIN = 5
_TAKEN_IN_AT_ONCE = 500


class HeadWatch:
    """The head of one reading. New sessions wait in a store of their own until taken in."""

    def __init__(self, source: PageSource, reading: Reading, now: int) -> None:
        self._source = source
        self._reading = reading
        self._looked_at = now
        self._waiting = SessionStore()

    def __len__(self) -> int:
        return len(self._waiting)

    async def look(self, now: int) -> bool:
        """Look for new sessions once; gives whether rows in the store changed.

        Usually that is one request. Raises GatewayError or StoreFull.
        """
        reading = self._reading
        since = max(reading.newest or 0, self._looked_at - _CLOCKS_DIFFER)
        query = reading.watch_from(min(since, now) - LOOK_BACK)
        if reading.at is not None or query is None:
            return False
        walk = SessionWalk(self._source, query)
        changed = False
        for _ in range(_MOST_PAGES):
            page = await walk.next_page()
            if page is None:
                break
            changed |= self._sort_out((*page.rows, *page.late), now)
            for row in page.rows[:1]:
                if row.start != NO_START:
                    reading.saw(row.start)
        self._looked_at = now
        return changed

    async def look_again(self, first: int, count: int, now: int) -> bool:
        """Read the rows `first` … once more; gives whether any changed.

        Usually that is one request; some more where a local filter lets few of many through. What
        was committed late between them waits with the new ones. Raises GatewayError or StoreFull.
        """
        reading = self._reading
        rows = reading.store.rows(first, count)
        if not rows:
            return False
        newest, oldest = rows[0], rows[-1]
        query = reading.query
        # Sessions without a start come first of all, where no date is asked for.
        if newest.start != NO_START:
            query = query.replace(
                start=moment_of(oldest.start).replace(microsecond=0),
                end=whole_second(moment_of(newest.start)),
            )
        walk = SessionWalk(self._source, query)
        changed = False
        for _ in range(_PAGES_LOOKED_AT_AGAIN):
            page = await walk.next_page()
            if page is None:
                break
            found = (*page.rows, *page.late)
            between = [row for row in found if oldest.sort_key <= row.sort_key <= newest.sort_key]
            if reading.at is None:
                changed |= self._sort_out(tuple(between), now)
            else:
                changed |= bool(reading.store.update(between))
            if page.rows and page.rows[-1].sort_key <= oldest.sort_key:
                break
        return changed

    def take_in(self) -> int:
        """Put what waits into the reading's store; gives how many. Raises StoreFull."""
        taken, end = 0, len(self._waiting)
        # From the oldest on, so that each lot comes before all others in the store.
        while end > 0:
            first = max(0, end - _TAKEN_IN_AT_ONCE)
            taken += self._reading.store.insert(self._waiting.rows(first, end - first))
            end = first
        self._waiting.close()
        self._waiting = SessionStore()
        return taken

    def forget(self, rows: tuple[SessionRow, ...]) -> None:
        """Rows that the walk has found meanwhile are not new any more."""
        if len(self._waiting):
            self._waiting.remove(row.id for row in rows)

    def close(self) -> None:
        """Give the room back."""
        self._waiting.close()

    def _sort_out(self, rows: tuple[SessionRow, ...], now: int) -> bool:
        reading = self._reading
        store = reading.store
        known = {row.id for row in rows if store.row_of(row.id) is not None}
        changed = store.update(row for row in rows if row.id in known)
        unknown = tuple(row for row in rows if row.id not in known and reading.has_passed(row))
        self._waiting.update(unknown)
        self._waiting.insert(reading.matching(unknown, now))
        return bool(changed)
