"""A gateway in memory with the exact semantics of its list, for walks and feeds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable

from hoopscope.gateway.errors import QueryRefused
from hoopscope.gateway.moments import microseconds
from hoopscope.gateway.page import SessionPage
from hoopscope.gateway.query import SessionQuery
from hoopscope.gateway.row import NO_START, SessionRow

SECOND = 1_000_000
MAX_OFFSET = 10_000


def key_of(row: SessionRow) -> tuple[int, str]:
    start, session_id = row.sort_key
    return start, session_id


class SimulatedGateway:
    """Rows in order; every query is answered from what it would send over the wire.

    `before` is called with each query and may write rows, or raise.
    """

    def __init__(
        self,
        rows: Iterable[SessionRow] = (),
        *,
        old: bool = False,
        now: int = 2 * 10**15,
        max_offset: int = MAX_OFFSET,
    ) -> None:
        self.rows = sorted(rows, key=key_of)
        self.old = old
        self.now = now
        self.max_offset = max_offset
        self.before: Callable[[SessionQuery], None] | None = None
        self.queries: list[SessionQuery] = []

    def add(self, *rows: SessionRow) -> None:
        for row in rows:
            insort(self.rows, row, key=key_of)

    def change(self, row: SessionRow) -> None:
        self.rows = [row if known.id == row.id else known for known in self.rows]

    def matching(self, query: SessionQuery) -> list[SessionRow]:
        """Every row that matches, newest first."""
        wire = dict(query.parameters())
        first, last = 0, len(self.rows)
        if "start_date" in wire:
            end = microseconds(wire["end_date"]) if "end_date" in wire else self.now
            first = bisect_left(self.rows, (microseconds(wire["start_date"]), ""), key=key_of)
            last = bisect_right(self.rows, (end, "\U0010ffff"), key=key_of)
        found = self.rows[first:last]
        if "user" in wire:
            found = [row for row in found if row.user_id == wire["user"]]
        return found[::-1]

    async def sessions(self, query: SessionQuery) -> SessionPage:
        self.queries.append(query)
        if self.before is not None:
            self.before(query)
        wire = dict(query.parameters())
        limit = min(int(wire.get("limit", 20)), 100)
        offset = int(wire.get("offset", 0))
        if offset > self.max_offset and not self.old:
            raise QueryRefused("The gateway refused the question.", status=422)
        found = self.matching(query)
        page = tuple(found[offset : offset + limit])
        count = "exact" if self.old else wire.get("count", "capped")
        total = None if count == "none" else len(found)
        capped = count == "capped" and len(found) > MAX_OFFSET
        return SessionPage(
            rows=page,
            raw=tuple({"id": row.id} for row in page),
            total=MAX_OFFSET if capped else total,
            total_is_capped=capped,
            has_next_page=len(page) == limit if self.old else offset + limit < len(found),
        )


def session_id(number: int) -> str:
    """A UUID made of a number."""
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def session(number: int, start: int = NO_START, **fields: object) -> SessionRow:
    """A row with the id of `number`; `start` in microseconds."""
    return SessionRow(id=session_id(number), start=start, **fields)  # type: ignore[arg-type]
