"""A feed on a simulated gateway in a time of its own: nothing sleeps."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from hoopscope.gateway.page import SessionPage
from hoopscope.gateway.query import SessionQuery
from hoopscope.gateway.row import SessionRow
from hoopscope.sessions.feed import FeedState, SessionFeed
from tests.simulated_gateway import SECOND, SimulatedGateway, key_of

NOW = 1_763_000_000


class FakeTime:
    """Seconds that pass only by `advance`."""

    def __init__(self) -> None:
        self.now = float(NOW)
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    async def sleep(self, seconds: float) -> None:
        future = asyncio.get_running_loop().create_future()
        self._sleepers.append((self.now + seconds, future))
        await future

    async def advance(self, seconds: float) -> None:
        end = self.now + seconds
        while True:
            due = [at for at, future in self._sleepers if at <= end and not future.done()]
            if not due:
                break
            self.now = max(self.now, min(due))
            for at, future in self._sleepers:
                if at <= self.now and not future.done():
                    future.set_result(None)
            await settled()
        self.now = end
        await settled()


async def settled() -> None:
    """Let everything run that does not wait for time."""
    loop = asyncio.get_running_loop()
    quiet = 0
    while quiet < 2:
        await asyncio.sleep(0)
        # What hands over between threads arrives here too.
        quiet = 0 if getattr(loop, "_ready", ()) else quiet + 1


class GatedGateway(SimulatedGateway):
    """Requests that `holds` says yes to wait until `let_go`; counts those in flight by kind."""

    def __init__(self, rows: list[SessionRow], *, old: bool = False) -> None:
        super().__init__(rows, old=old, now=NOW * SECOND)
        self.holds: Callable[[SessionQuery], bool] = lambda _: False
        self.let_go = asyncio.Event()
        self.in_flight = 0
        self.most_in_flight = 0

    async def sessions(self, query: SessionQuery) -> SessionPage:
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            if self.holds(query):
                await self.let_go.wait()
            await asyncio.sleep(0)
            return await super().sessions(query)
        finally:
            self.in_flight -= 1


class FeedLab:
    """A feed and everything around it."""

    def __init__(
        self, rows: list[SessionRow], *, old: bool = False, poll_seconds: float = 5.0
    ) -> None:
        self.gateway = GatedGateway(rows, old=old)
        self.time = FakeTime()
        self.states: list[FeedState] = []
        self.feed = SessionFeed(
            self.gateway,
            on_change=self.states.append,
            poll_seconds=poll_seconds,
            clock=lambda: self.time.now,
            sleep=self.time.sleep,
            jitter=lambda: 1.0,
        )

    @property
    def state(self) -> FeedState:
        return self.feed.state

    @property
    def phase(self) -> str:
        return self.feed.state.phase.value

    async def open(self, query: SessionQuery | None = None) -> None:
        await self.feed.open(query or SessionQuery())
        await settled()

    def shown(self) -> list[SessionRow]:
        return self.feed.store.rows(0, 100_000)

    def newest_first(self) -> list[SessionRow]:
        return sorted(self.gateway.rows, key=key_of, reverse=True)
