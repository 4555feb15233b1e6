"""How a feed stands, as a value that any thread may keep."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from hoopscope.gateway.query import SessionQuery
from hoopscope.gateway.second import UnreadableSecond


class FeedPhase(StrEnum):
    """What the feed is doing with its pages."""

    OPENING = "opening"
    LOADING = "loading"
    IDLE = "idle"
    FAILED = "failed"
    ENDED = "ended"


class FeedState(NamedTuple):
    """How a feed stands.

    generation: grows whenever another query's rows take over.
    loaded: rows in the store; looked_through: rows read from the gateway for them, more when a
        local filter leaves some out; reached: start of the last one read (microseconds since
        1970 UTC), None before there is one.
    total: what the gateway counted, at least that many when total_is_capped, None when unknown.
    error: why the last page failed; the rows stay. None once it is well again.
    new: sessions at the head that are not taken in.
    head_lost_since: epoch seconds since when the head cannot be watched, None while it can.
    updates: grows whenever rows that are in the store changed or moved.
    unreadable: seconds with more sessions than the gateway lets anybody read.
    at: the moment that the reader jumped to, None when the rows begin at the newest.
    stopped: the reader stopped the search for what a local filter lets through.
    """

    generation: int = 0
    loaded: int = 0
    looked_through: int = 0
    total: int | None = None
    total_is_capped: bool = False
    phase: FeedPhase = FeedPhase.IDLE
    error: Exception | None = None
    new: int = 0
    head_lost_since: float | None = None
    updates: int = 0
    unreadable: tuple[UnreadableSecond, ...] = ()
    query: SessionQuery = SessionQuery()
    reached: int | None = None
    at: datetime | None = None
    stopped: bool = False
