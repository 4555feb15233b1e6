"""Who watches which live session: what is published reaches watchers, or is lost for slow ones."""

from __future__ import annotations

import asyncio
from typing import NamedTuple

MOST_BEHIND = 32


class LiveEvent(NamedTuple):
    """An event as it happens; `moment` is in nanoseconds since 1970."""

    moment: int
    kind: str
    payload: bytes


class Watcher:
    """One reader of one session, at most 32 events behind; None is the session's end."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[LiveEvent | None] = asyncio.Queue()

    def tell(self, event: LiveEvent) -> None:
        """Keep an event for the reader, or drop it when too many wait already."""
        if self._waiting.qsize() < MOST_BEHIND:
            self._waiting.put_nowait(event)

    def end(self) -> None:
        self._waiting.put_nowait(None)

    async def next(self) -> LiveEvent | None:
        return await self._waiting.get()


class Broker:
    """The watchers of every session, by its id; for one event loop's thread only."""

    def __init__(self) -> None:
        self._watchers: dict[bytes, set[Watcher]] = {}

    def watch(self, session: bytes) -> Watcher:
        watcher = Watcher()
        self._watchers.setdefault(session, set()).add(watcher)
        return watcher

    def leave(self, session: bytes, watcher: Watcher) -> None:
        watchers = self._watchers.get(session, set())
        watchers.discard(watcher)
        if not watchers:
            self._watchers.pop(session, None)

    def watched(self, session: bytes) -> bool:
        return session in self._watchers

    def publish(self, session: bytes, event: LiveEvent) -> None:
        for watcher in self._watchers.get(session, ()):
            watcher.tell(event)

    def end(self, session: bytes) -> None:
        """Tell every watcher of a session that it is over."""
        for watcher in self._watchers.pop(session, ()):
            watcher.end()
