"""SessionFeed: one query's sessions, ahead of the reader, with an eye on the head.

It lives on one event loop; only `state`, `store`, `reader_at`, `idle` and `stop` may be used from
other threads. Each purpose (opening, next page, count, head, rows on screen) has at most one
request in flight, and what belongs to an older query is dropped.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from hoopscope.gateway.query import SessionQuery
from hoopscope.gateway.walk import PageSource
from hoopscope.sessions.feed_state import FeedPhase, FeedState
from hoopscope.sessions.head import HeadWatch
from hoopscope.sessions.local_filter import LocalFilter
from hoopscope.sessions.oldest import oldest_end
from hoopscope.sessions.pace import BackOff, Pace
from hoopscope.sessions.reading import Reading
from hoopscope.sessions.retrying import Retries, is_worth_retrying
from hoopscope.sessions.store import SessionStore

__all__ = ["FeedPhase", "FeedState", "SessionFeed"]

_IDLE_TIMES = 6


class SessionFeed:
    """The sessions of one query at a time.

    Args:
        gateway: where pages come from.
        on_change: called on the feed's loop with each new state; must return at once.
        poll_seconds: how often to look at the head, with jitter; 0 only on `refresh`.
        page_size: sessions a request, 2 to 100.
        clock: epoch seconds; sleep: as asyncio.sleep; jitter: a factor around 1.
    """

    def __init__(
        self,
        gateway: PageSource,
        *,
        on_change: Callable[[FeedState], None],
        poll_seconds: float = 5.0,
        page_size: int = 100,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        jitter: Callable[[], float] = lambda: random.uniform(0.8, 1.2),  # noqa: S311
    ) -> None:
        self.state = FeedState()
        self._gateway = gateway
        self._on_change = on_change
        self._poll_seconds = poll_seconds
        self._page_size = page_size
        self._clock = clock
        self._jitter = jitter
        self._sleep = sleep
        self._reading: Reading | None = None
        self._head: HeadWatch | None = None
        self._empty = SessionStore()
        self._outgoing: Reading | None = None
        self._pace = Pace()
        self._idle = False
        self._closed = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._hinted = False
        self._ticket = 0
        self._opening: asyncio.Task[Any] | None = None
        self._loading: asyncio.Task[None] | None = None
        self._looking: asyncio.Task[None] | None = None
        self._background: set[asyncio.Task[None]] = set()
        self._asked_for_more = False
        self._retries = Retries(sleep, BackOff(jitter))

    @property
    def store(self) -> SessionStore:
        """The rows of the present generation; safe to read from any thread."""
        return self._empty if self._reading is None else self._reading.store

    async def open(
        self, query: SessionQuery, local: LocalFilter | None = None, at: datetime | None = None
    ) -> None:
        """Read another query's first page and let it take over.

        Until it is there the rows of the last query stay, and they stay when it fails. Never
        raises: see `state.error`.

        Args:
            local: what is filtered here.
            at: begin at this moment instead of the newest session.
        """
        await self._open(query, local, lambda: _given(at))

    async def oldest(self) -> None:
        """Go to the oldest sessions of the query, by halving the time instead of walking."""
        reading = self._reading
        if reading is None or reading.ended or reading.reached is None:
            return
        query, known = reading.query, reading.reached
        await self._open(query, reading.local, lambda: oldest_end(self._gateway, query, known))

    async def more(self) -> None:
        """Read the next page, also after a failure. Never raises: see `state.error`."""
        if self._retries.of_opening:
            await self._retries.now()
            return
        if self._is_opening():
            await _quietly(self._opening)
        reading = self._reading
        if reading is None or reading.ended:
            return
        reading.stopped = False
        self._asked_for_more = True
        self._load()
        await _quietly(self._loading)

    async def refresh(self) -> None:
        """Look at the head now, and try again what failed."""
        if self._retries.pending:
            await self._retries.now()
        await self._look()

    async def take_in_new(self) -> int:
        """Put the sessions that arrived meanwhile where they belong; gives how many.

        Where the reader jumped elsewhere, this goes back to the newest and gives 0.
        """
        reading, head = self._reading, self._head
        if reading is None or head is None:
            return 0
        if reading.at is not None:
            await self.open(reading.query, reading.local)
            return 0
        if not len(head):
            return 0
        try:
            taken = head.take_in()
        except Exception as error:  # noqa: BLE001 (a full disk, and whatever else: on screen)
            self._publish(error=error)
            return 0
        state = self.state
        total = state.total
        if total is not None and not state.total_is_capped:
            total += taken
        self._publish(total=total, updates=state.updates + 1)
        return taken

    def reader_at(self, first: int, count: int) -> None:
        """The rows `first` … are on screen; read on if their end is near. Thread-safe."""
        self._pace.saw(first, count, self._clock())
        loop = self._loop
        if loop is not None and not self._hinted and not self._closed:
            self._hinted = True
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._take_hint)

    def idle(self, idle: bool) -> None:
        """Whether nobody uses the terminal: then the head is looked at less often. Thread-safe."""
        self._idle = idle

    def stop(self) -> None:
        """Stop the search for what the local filter lets through; `more` goes on. Thread-safe."""
        reading = self._reading
        if reading is not None and not reading.ended:
            reading.stopped = True

    async def aclose(self) -> None:
        """End everything that is under way and give the room back."""
        self._closed = True
        self._ticket += 1
        self._retries.cancel()
        tasks = [self._opening, self._loading, self._looking, *self._background]
        running = [task for task in tasks if task is not None and not task.done()]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        for reading in (self._reading, self._outgoing):
            if reading is not None:
                reading.store.close()
        if self._head is not None:
            self._head.close()

    async def _open(
        self,
        query: SessionQuery,
        local: LocalFilter | None,
        where: Callable[[], Awaitable[datetime | None]],
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._ticket += 1
        ticket = self._ticket
        self._retries.cancel()
        if self._opening is not None:
            self._opening.cancel()
        self._publish(phase=FeedPhase.OPENING, error=None)
        task = self._opening = asyncio.create_task(self._first_page(query, local, where))
        try:
            reading = await task
        except asyncio.CancelledError:
            if ticket == self._ticket:
                raise
        except Exception as error:  # noqa: BLE001 (whatever it is belongs on the screen)
            if ticket == self._ticket:
                self._publish(phase=FeedPhase.FAILED, error=error)
                again = lambda: self._open(query, local, where)  # noqa: E731
                self._retries.later(again, error, of_opening=True)
        else:
            if ticket == self._ticket:
                self._take_over(reading)
            else:
                reading.store.close()

    async def _first_page(
        self,
        query: SessionQuery,
        local: LocalFilter | None,
        where: Callable[[], Awaitable[datetime | None]],
    ) -> Reading:
        reading = Reading(self._gateway, query, local, await where(), self._page_size)
        try:
            await self._read_page(reading)
        except BaseException:
            reading.store.close()
            raise
        return reading

    async def _read_page(self, reading: Reading) -> None:
        began = self._clock()
        page = await reading.read_page(self._now())
        self._pace.page_took(max(0.0, self._clock() - began))
        if page is not None and page.late and self._head is not None and reading is self._reading:
            self._head.forget(page.late)

    def _take_over(self, reading: Reading) -> None:
        self._retries.succeeded()
        before, outgoing = self._reading, self._outgoing
        # What is on screen may still read the last rows for a moment; older ones nobody does.
        if outgoing is not None:
            outgoing.store.close()
        self._outgoing, self._reading = before, reading
        if self._head is not None:
            self._head.close()
        self._head = HeadWatch(self._gateway, reading, self._now())
        if self._loading is not None:
            self._loading.cancel()
            self._loading = None
        self._pace.begin_anew()
        total, capped = self.state.total, self.state.total_is_capped
        if before is None or before.query != reading.query:
            total, capped = None, False
        if reading.at is None and reading.walk.total is not None:
            total, capped = reading.walk.total, reading.walk.total_is_capped
        elif reading.at is None and reading.ended:
            total, capped = reading.looked_through, False
        self._publish(
            generation=self.state.generation + 1,
            query=reading.query,
            at=reading.at,
            total=total,
            total_is_capped=capped,
            phase=self._resting(reading),
            error=None,
        )
        if total is None:
            self._spawn(self._count(reading))
        if before is None and self._poll_seconds > 0:
            self._spawn(self._watch())
        self._load()

    def _resting(self, reading: Reading) -> FeedPhase:
        return FeedPhase.ENDED if reading.ended else FeedPhase.IDLE

    def _take_hint(self) -> None:
        self._hinted = False
        self._load()

    def _load(self) -> None:
        """Read on in the background if the reader is near the end, or somebody asked for it."""
        reading = self._reading
        if self._closed or reading is None or reading.ended or self._is_busy():
            return
        if self._asked_for_more or (
            self.state.phase is not FeedPhase.FAILED and self._is_near(reading)
        ):
            self._loading = asyncio.create_task(self._read_on(reading))

    def _is_busy(self) -> bool:
        return self._is_opening() or (self._loading is not None and not self._loading.done())

    def _is_opening(self) -> bool:
        return self._opening is not None and not self._opening.done()

    def _is_near(self, reading: Reading) -> bool:
        """Whether the reader is; a search that finds little does not look screens ahead."""
        if reading.stopped:
            return False
        loaded, pace = len(reading.store), self._pace
        if reading.local is not None:
            return loaded < pace.first + 2 * pace.count
        return pace.wants_more(loaded)

    async def _read_on(self, reading: Reading) -> None:
        while (
            not reading.ended
            and not self._is_opening()
            and (self._asked_for_more or self._is_near(reading))
        ):
            self._asked_for_more = False
            if self.state.phase is not FeedPhase.LOADING:
                self._publish(phase=FeedPhase.LOADING, error=None)
            try:
                await self._read_page(reading)
            except Exception as error:  # noqa: BLE001 (whatever it is belongs on the screen)
                if reading is self._reading:
                    self._publish(phase=FeedPhase.FAILED, error=error)
                    self._retries.later(self.more, error)
                return
            if reading is not self._reading:
                return
            self._retries.succeeded()
            self._publish()
        if self.state.phase is FeedPhase.LOADING:
            self._publish(phase=self._resting(reading))

    async def _count(self, reading: Reading) -> None:
        query = reading.query.replace(limit=1, offset=None, count="capped")
        try:
            page = await self._gateway.sessions(query)
        except Exception as error:  # noqa: BLE001 (only a number is missing)
            if reading is self._reading and is_worth_retrying(error):
                await self._sleep(60 * self._jitter())
                if reading is self._reading and self.state.total is None:
                    self._spawn(self._count(reading))
            return
        if reading is self._reading and page.total is not None:
            self._publish(total=page.total, total_is_capped=page.total_is_capped)

    async def _watch(self) -> None:
        lost = BackOff(self._jitter)
        while not self._closed:
            delay = self._poll_seconds * (_IDLE_TIMES if self._idle else 1) * self._jitter()
            if self.state.head_lost_since is not None:
                delay = max(delay, lost.next_delay())
            else:
                lost.reset()
            await self._sleep(delay)
            await self._look()

    async def _look(self) -> None:
        """Look at the head and at the rows on screen; what is under way already is waited for."""
        if self._looking is None or self._looking.done():
            if self._reading is None or self._head is None:
                return
            self._looking = asyncio.create_task(self._look_once(self._reading, self._head))
        await _quietly(self._looking)

    async def _look_once(self, reading: Reading, head: HeadWatch) -> None:
        changed = False
        try:
            changed = await head.look(self._now())
            if reading is self._reading:
                pace = self._pace
                changed |= await head.look_again(pace.first, pace.count, self._now())
        except Exception:  # noqa: BLE001 (whatever it is, the head is not watched)
            if reading is self._reading:
                lost = self.state.head_lost_since or self._clock()
                self._publish(head_lost_since=lost, updates=self.state.updates + changed)
            return
        if reading is not self._reading:
            return
        healed = self.state.head_lost_since is not None
        self._publish(head_lost_since=None, updates=self.state.updates + changed)
        if healed and self._retries.pending:
            self._spawn(self._retries.now())

    def _now(self) -> int:
        return int(self._clock() * 1_000_000)

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    def _publish(self, **changes: Any) -> None:
        reading, head = self._reading, self._head
        if reading is not None:
            changes = {
                "loaded": len(reading.store),
                "looked_through": reading.looked_through,
                "reached": reading.reached,
                "unreadable": reading.unreadable,
                "stopped": reading.stopped,
                "new": 0 if head is None else len(head),
                **changes,
            }
        state = replace(self.state, **changes)
        if state != self.state:
            self.state = state
            self._on_change(state)


async def _given(at: datetime | None) -> datetime | None:
    return at


async def _quietly(task: asyncio.Task[None] | None) -> None:
    """Wait for a task without cancelling it when the one who waits is, or with it."""
    if task is not None:
        with suppress(asyncio.CancelledError):
            await asyncio.shield(task)
