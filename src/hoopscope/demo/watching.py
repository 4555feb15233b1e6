"""Live sessions as they are watched: only a session that somebody looks at costs anything."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from hoopscope.demo.broker import Broker, LiveEvent, Watcher
from hoopscope.demo.connections import connections
from hoopscope.demo.database import StoredSession
from hoopscope.demo.scenarios import STATUSES

if TYPE_CHECKING:
    from hoopscope.demo.world import World

_DONE = STATUSES.index("done")
_LOOK_SECONDS = 0.05
_UNSEEN = ("postgres", "mysql", "mongodb")


def _answers_unseen(session: StoredSession) -> bool:
    """Whether a connection's answers are published without their payload."""
    return connections()[session.connection].scripts in _UNSEEN


class Watching:
    """Tells watchers what their session does, and that it is over."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._broker = Broker()
        self._tasks: dict[bytes, asyncio.Task[None]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    def over(self, session: bytes) -> bool:
        found = self._world.database.one(session)
        return found is None or found.status == _DONE

    def begin(self, session: bytes) -> Watcher:
        """Somebody looks at a session."""
        self._loop = asyncio.get_running_loop()
        watcher = self._broker.watch(session)
        if session not in self._tasks:
            self._tasks[session] = asyncio.create_task(self._follow(session))
        return watcher

    def leave(self, session: bytes, watcher: Watcher) -> None:
        self._broker.leave(session, watcher)
        if not self._broker.watched(session) and session in self._tasks:
            self._tasks.pop(session).cancel()

    def emit(self, session: bytes, kind: str, payload: bytes) -> None:
        """Have a session emit something now; any thread may say so."""
        event = self._world.live.emit(session, kind, payload)
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._publish, session, event)

    def _publish(self, session: bytes, event: LiveEvent) -> None:
        if event.kind != "e":
            self._broker.publish(session, event)

    async def _follow(self, session: bytes) -> None:
        """Publish what a session does as time passes, until it is over."""
        since = self._world.now() * 1000
        while (found := self._world.database.one(session)) is not None:
            over = found.status == _DONE
            until = self._world.now() * 1000
            if over and found.finish is not None:
                until = min(until, found.finish * 1000)
            if not self._world.live.told(session):
                for event in self._world.renderer.happening(found, since, until):
                    self._publish(session, event)
                    await asyncio.sleep(0)  # only readers who are slow themselves lose any
                    if event.kind == "i" and _answers_unseen(found):
                        self._publish(session, LiveEvent(event.moment + 2_000_003, "o", b""))
            if over:
                break
            since = until
            await asyncio.sleep(_LOOK_SECONDS)
        self._tasks.pop(session, None)
        self._broker.end(session)
