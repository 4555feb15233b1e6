"""Finding a row among those that are loaded, without asking anybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from hoopscope.gateway.row import SessionRow
from hoopscope.sessions.store import SessionStore

# Few enough that whoever paints rows meanwhile does not have to wait.
_AT_ONCE = 200


class Found(NamedTuple):
    """The number of the row that was found, None for none, and how many rows were looked at."""

    row: int | None
    looked_at: int


def find(
    store: SessionStore,
    wanted: Callable[[SessionRow], bool],
    start: int,
    *,
    backwards: bool = False,
    go_on: Callable[[], bool] = lambda: True,
) -> Found:
    """The next row after `start` (or the last before it) that is wanted, going round once.

    `start` itself comes last; -1 begins with the first row. A million rows take some ten seconds:
    call it off the event loop, and end it by `go_on`.
    """
    total = len(store)
    if not total:
        return Found(None, 0)
    if backwards:
        start = max(start, 0)
        spans = _downwards(start - 1, 0) + _downwards(total - 1, start)
    else:
        spans = _upwards(start + 1, total) + _upwards(0, min(start + 1, total))
    looked_at = 0
    for first, count in spans:
        if not go_on():
            break
        rows = list(enumerate(store.rows(first, count), first))
        for number, row in reversed(rows) if backwards else rows:
            looked_at += 1
            if wanted(row):
                return Found(number, looked_at)
    return Found(None, looked_at)


def _upwards(first: int, end: int) -> list[tuple[int, int]]:
    return [(begin, min(_AT_ONCE, end - begin)) for begin in range(first, end, _AT_ONCE)]


def _downwards(last: int, end: int) -> list[tuple[int, int]]:
    spans = []
    while last >= end:
        first = max(end, last - _AT_ONCE + 1)
        spans.append((first, last - first + 1))
        last = first - 1
    return spans
