"""Where a reader stopped: which of a list's sessions began since, and how that is said."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from hoopscope.gateway.row import NO_START

if TYPE_CHECKING:
    from hoopscope.config.kept_state import Looked
    from hoopscope.sessions.store import SessionStore

_SECOND = 1_000_000
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Mark(NamedTuple):
    """How a list stands to the moment where its reader stopped.

    new: sessions in it that began later; row: the number of the newest one that did not, None
        where none is loaded; key: its id.
    """

    new: int
    row: int | None = None
    key: str = ""


def mark_in(store: SessionStore, looked: Looked) -> Mark:
    """Find the mark by halving. Sessions that began at the very moment were there to be seen."""
    length = len(store)

    def has_start(row: int) -> bool:
        found = store.rows(row, 1)
        return not found or found[0].start != NO_START

    def was_seen(row: int) -> bool:
        found = store.rows(row, 1)
        return not found or NO_START != found[0].start <= looked.newest

    # Those without a start come first of all, and nobody can tell since when.
    timeless = bisect_left(range(length), True, key=has_start)
    row = bisect_left(range(length), True, timeless, key=was_seen)
    there = store.rows(row, 1) if row < length else []
    return Mark(row - timeless, row, there[0].id) if there else Mark(row - timeless)


def newest_in(store: SessionStore, first: int, count: int) -> int | None:
    """When the newest of these rows began, in microseconds since 1970 UTC; None without a start."""
    rows = store.rows(first, count)
    return next((row.start for row in rows if row.start != NO_START), None)


def since_text(looked: Looked, now: int, *, utc: bool) -> str:
    """When the reader looked last, as people say it; `now` as the moments of `looked`."""
    zone = UTC if utc else None
    then, today = (datetime.fromtimestamp(moment / _SECOND, zone) for moment in (looked.at, now))
    clock = f"{then:%H:%M}"
    days = today.toordinal() - then.toordinal()
    if days == 0:
        return clock
    if days == 1:
        return f"yesterday {clock}"
    if 1 < days < 7:
        return f"{_DAYS[then.weekday()]} {clock}"
    return f"{then:%Y-%m-%d} {clock}"
