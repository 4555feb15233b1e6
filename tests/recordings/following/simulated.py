"""A gateway as a real one treats who follows a session: no ids, no replay, 32 events and no more.

The truth is a list of events with nanosecond times. They are published at their time, stored every
50 s at the latest, sent live to whoever is subscribed, and lost for who is more than 32 behind.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from random import Random
from typing import Any, NamedTuple

from hoopscope.gateway.errors import Unreachable
from hoopscope.gateway.event import Event, LiveEvent

SECOND = 1_000_000_000
BACKLOG = 32
BEGAN = 1_795_435_078_123_456_789


class Phase(NamedTuple):
    """What happens next: `idle`, `typing`, `flood`, `query` (a database), `break`, `refuse` (line
    and store), `slow` (the gateway's sender), `flush`; for `amount` events or seconds.
    """

    what: str
    amount: int


class Session:
    def __init__(self, raw: dict[str, Any]) -> None:
        self.raw = raw


class SimulatedGateway:
    """Plays the phases, by chance from a seed, then ends the session."""

    def __init__(self, phases: list[Phase], seed: int, *, replicas: bool = False) -> None:
        self._phases = phases
        self._random = Random(seed)
        self._replicas = replicas
        self.truth: list[LiveEvent] = []
        self._stored = 0
        self._is_over = False
        self._watchers: list[asyncio.Queue[LiveEvent | None]] = []
        self._refuses = False
        self._is_slow = False
        self._is_broken = asyncio.Event()
        self._now = 0
        self.dropped = 0
        self.readings = 0

    def stored(self, count: int | None = None) -> list[Event]:
        """What is stored of the first `count` events of the truth; now, if None."""
        events = self.truth[: self._stored if count is None else count]
        return [
            Event((moment - BEGAN) / SECOND, kind, payload)
            for moment, kind, payload in events
            if payload
        ]

    async def play(self) -> None:
        """Go through the phases and end."""
        flushing = asyncio.create_task(self._flush_on_time())
        for what, amount in self._phases:
            await getattr(self, f"_{what}")(amount)
        self._publish("e", b"context canceled")
        flushing.cancel()
        self._stored = len(self.truth)
        self._is_over = True
        for watcher in self._watchers:
            watcher.put_nowait(None)

    async def _flush_on_time(self) -> None:
        while True:
            await asyncio.sleep(50)
            self._stored = len(self.truth)

    async def _flush(self, _amount: int) -> None:
        self._stored = len(self.truth)

    async def _idle(self, amount: int) -> None:
        await self._pass(amount * SECOND)

    async def _typing(self, amount: int) -> None:
        for _ in range(amount):
            letter = self._random.choice([b"a", b"a", b"l", b"\r"])
            await self._pass(self._random.randrange(50_000_000, 400_000_000))
            self._publish("i", letter)
            await self._pass(self._random.randrange(200_000, 9_000_000))
            self._publish("o", letter)

    async def _flood(self, amount: int) -> None:
        for _ in range(amount):
            await self._pass(self._random.randrange(20_000, 200_000))
            self._publish("o", b"y\r\n")

    async def _query(self, amount: int) -> None:
        for _ in range(amount):
            await self._pass(self._random.randrange(1_000_000, 900_000_000))
            self._publish("i", b"Q\0\0\0\x0dselect 1\0")
            self._publish("o", b"")

    async def _slow(self, amount: int) -> None:
        self._is_slow = amount % 2 == 1

    async def _break(self, amount: int) -> None:
        self._is_broken.set()
        self._is_broken = asyncio.Event()
        await self._pass(amount * SECOND // 4)

    async def _refuse(self, amount: int) -> None:
        self._refuses = amount % 2 == 1
        if self._refuses:
            await self._break(0)

    async def _pass(self, nanoseconds: int) -> None:
        self._now += nanoseconds + self._random.randrange(1, 1_000)
        loop = asyncio.get_running_loop()
        await asyncio.sleep(max(0.0, self._now / SECOND - loop.time()))

    def _publish(self, kind: str, payload: bytes) -> None:
        self._now += self._random.randrange(100, 3_000)
        event = LiveEvent(BEGAN + self._now, kind, payload)
        self.truth.append(event)
        if kind == "e" or self._replicas:
            return
        for watcher in self._watchers:
            if watcher.qsize() < BACKLOG:
                watcher.put_nowait(event)
            else:
                self.dropped += 1

    async def session(self, session_id: str) -> Session:
        self._check()
        return Session({"status": "done" if self._is_over else "open"})

    async def recorded_events(self, session_id: str) -> AsyncGenerator[list[Event]]:
        self._check()
        self.readings += 1
        events = self.stored()
        # An answer takes longer than an event of a line that is not slow.
        await asyncio.sleep(self._random.uniform(0.4, 0.7))
        while events:
            count = self._random.randrange(1, 40)
            yield events[:count]
            events = events[count:]
            await asyncio.sleep(self._random.choice([0, 0, 0.05]))
            if self._refuses:
                raise Unreachable("broke off")

    @asynccontextmanager
    async def live_events(self, session_id: str) -> AsyncIterator[AsyncGenerator[LiveEvent]]:
        self._check()
        await asyncio.sleep(self._random.uniform(0, 0.2))
        watcher: asyncio.Queue[LiveEvent | None] = asyncio.Queue()
        if self._is_over:
            watcher.put_nowait(None)
        self._watchers.append(watcher)
        events = self._sent(watcher)
        try:
            yield events
        finally:
            self._watchers.remove(watcher)
            await events.aclose()

    async def _sent(self, watcher: asyncio.Queue[LiveEvent | None]) -> AsyncGenerator[LiveEvent]:
        is_broken = self._is_broken
        while True:
            getting = asyncio.ensure_future(watcher.get())
            breaking = asyncio.ensure_future(is_broken.wait())
            await asyncio.wait([getting, breaking], return_when=asyncio.FIRST_COMPLETED)
            getting.cancel()
            breaking.cancel()
            if is_broken.is_set():
                raise Unreachable("broke off")
            event = getting.result()
            # Until it is on its way it takes no place among those that wait.
            await asyncio.sleep(self._random.uniform(0, 0.4 if self._is_slow else 0.01))
            if event is None:
                return
            yield event

    def _check(self) -> None:
        if self._refuses:
            raise Unreachable("no route")
