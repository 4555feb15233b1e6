"""What a walk asks, and what a step of it gives."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, Protocol

from hoopscope.gateway.errors import UnexpectedAnswer
from hoopscope.gateway.page import SessionPage
from hoopscope.gateway.position import microseconds_of
from hoopscope.gateway.query import SessionQuery
from hoopscope.gateway.row import NO_START, SessionRow
from hoopscope.gateway.second import UnreadableSecond

Found = tuple[SessionRow, object]


class PageSource(Protocol):
    """What answers queries: a gateway, or what stands for one in a test."""

    async def sessions(self, query: SessionQuery) -> SessionPage:
        """One page. Raises GatewayError."""
        ...


class WalkPage(NamedTuple):
    """What one step of a walk found.

    `rows` follow, in the gateway's order, on everything given before; `raw` are the JSON values
    that they came from. `late` sort before the last row given before: they were written into a
    second while it was being read and belong further up. `unreadable` are seconds with more
    sessions than the gateway lets anybody reach.
    """

    rows: tuple[SessionRow, ...] = ()
    raw: tuple[object, ...] = ()
    late: tuple[SessionRow, ...] = ()
    late_raw: tuple[object, ...] = ()
    unreadable: tuple[UnreadableSecond, ...] = ()


def check_order(page: SessionPage, end: datetime | None) -> None:
    """A gateway that ignores dates, or sorts otherwise, would be read in a circle."""
    highest = microseconds_of(end) if end else None
    for row in page.rows:
        if row.start == NO_START:
            continue
        if highest is not None and row.start > highest:
            raise UnexpectedAnswer(
                "The gateway did not keep to the dates asked for, or to its order.",
                "Check that the address is a hoop gateway's and that nothing between changes it.",
            )
        highest = row.start


def pairs_of(page: SessionPage) -> list[Found]:
    return list(zip(page.rows, page.raw, strict=True))


def walk_page(
    fresh: Iterable[Found],
    late: Iterable[Found],
    unreadable: tuple[UnreadableSecond, ...] = (),
) -> WalkPage | None:
    fresh, late = tuple(fresh), tuple(late)
    if not (fresh or late or unreadable):
        return None
    return WalkPage(
        rows=tuple(row for row, _ in fresh),
        raw=tuple(value for _, value in fresh),
        late=tuple(row for row, _ in late),
        late_raw=tuple(value for _, value in late),
        unreadable=unreadable,
    )
