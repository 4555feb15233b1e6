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
from datetime import datetime
from typing import TYPE_CHECKING

from hoopscope.gateway.query import SessionQuery
from hoopscope.gateway.walk import PageSource
from hoopscope.sessions.feed_board import FeedBoard
from hoopscope.sessions.feed_state import FeedPhase, FeedState
from hoopscope.sessions.head import HeadWatch
from hoopscope.sessions.local_filter import LocalFilter
from hoopscope.sessions.oldest import oldest_end
from hoopscope.sessions.pace import BackOff, Pace
from hoopscope.sessions.page_loader import PageLoader
from hoopscope.sessions.reading import Reading
from hoopscope.sessions.retrying import Retries
from hoopscope.sessions.store import SessionStore
from hoopscope.sessions.watcher import Watcher

if TYPE_CHECKING:
    from hoopscope.sessions.climber import Climber

__all__ = ["FeedPhase", "FeedState", "SessionFeed"]

Where = Callable[[], Awaitable[datetime | None]]


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
        self._gateway = gateway
        self._page_size = page_size
        self._board = FeedBoard(on_change, clock)
        self._pace = Pace()
        self._retries = Retries(sleep, BackOff(jitter))
        self._loader = PageLoader(self._board, self._pace, self._retries)
        self._watcher = Watcher(
            gateway,
            self._board,
            self._pace,
            self._retries,
            poll_seconds=poll_seconds,
            sleep=sleep,
            jitter=jitter,
        )
        self._climber: Climber | None = None
        self._before_any = SessionStore()
        self._outgoing: Reading | None = None
        self._ticket = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._hinted = False

    @property
    def state(self) -> FeedState:
        """How it stands."""
        return self._board.state

    @property
    def store(self) -> SessionStore:
        """The rows of the present generation; safe to read from any thread."""
        reading = self._board.reading
        return self._before_any if reading is None else reading.store

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

        async def where() -> datetime | None:
            return at

        await self._open(query, local, where)

    async def oldest(self) -> None:
        """Go to the oldest sessions of the query, by halving the time instead of walking."""
        reading = self._board.reading
        if reading is None or reading.ended or reading.reached is None:
            return
        query, known = reading.query, reading.reached

        async def where() -> datetime:
            return await oldest_end(self._gateway, query, known)

        await self._open(query, reading.local, where)

    async def more(self) -> None:
        """Read the next page, also after a failure. Never raises: see `state.error`."""
        if self._retries.of_opening:
            await self._retries.now()
        else:
            await self._loader.more()

    async def newer(self) -> None:
        """Read what comes before the first row, where the reader jumped to a date. Never raises."""
        if self._climber is None:
            # Late: most readers begin at the newest and stay below.
            from hoopscope.sessions.climber import Climber

            self._climber = Climber(self._gateway, self._board, self._pace)
        await self._climber.newer()

    async def refresh(self) -> None:
        """Look at the head now, and try again what failed."""
        if self._retries.pending:
            await self._retries.now()
        await self._watcher.look()

    async def take_in_new(self) -> int:
        """Put the sessions that arrived meanwhile where they belong; gives how many.

        Where the reader jumped elsewhere, this goes back to the newest and gives 0.
        """
        board = self._board
        if board.reading is None or board.head is None:
            return 0
        if board.reading.at is not None:
            await self.open(board.reading.query, board.reading.local)
            return 0
        try:
            taken = board.head.take_in()
            self._pace.pushed_down(taken)
        except Exception as error:  # noqa: BLE001 (a full disk, and whatever else: on screen)
            board.publish(error=error)
            return 0
        state = board.state
        total = state.total
        if total is not None and not state.total_is_capped:
            total += taken
        board.publish(total=total, updates=state.updates + bool(taken))
        return taken

    def reader_at(self, first: int, count: int) -> None:
        """The rows `first` … are on screen; read on if their end is near. Thread-safe."""
        self._pace.saw(first, count, self._board.clock())
        if self._loop is not None and not self._hinted and not self._board.closed:
            self._hinted = True
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._take_hint)

    def idle(self, idle: bool) -> None:
        """Whether nobody uses the terminal: then the head is looked at less often. Thread-safe."""
        self._watcher.idle = idle

    def stop(self) -> None:
        """Stop the search for what the local filter lets through; `more` goes on. Thread-safe."""
        reading = self._board.reading
        if reading is not None and not reading.ended:
            reading.stopped = True

    async def aclose(self) -> None:
        """End everything that is under way and give the room back."""
        board = self._board
        board.closed = True
        self._ticket += 1
        self._retries.cancel()
        climbing = None if self._climber is None else self._climber.task
        await board.end(board.opening, self._loader.task, self._watcher.task, climbing)
        for reading in (board.reading, self._outgoing):
            if reading is not None:
                reading.store.close()
        if board.head is not None:
            board.head.close()

    async def _open(self, query: SessionQuery, local: LocalFilter | None, where: Where) -> None:
        board = self._board
        self._loop = asyncio.get_running_loop()
        self._ticket += 1
        ticket = self._ticket
        self._retries.cancel()
        if board.opening is not None:
            board.opening.cancel()
        board.publish(phase=FeedPhase.OPENING, error=None)
        task = board.opening = asyncio.create_task(self._first_page(query, local, where))
        try:
            reading = await task
        except asyncio.CancelledError:
            if ticket == self._ticket:
                raise
        except Exception as error:  # noqa: BLE001 (whatever it is belongs on the screen)
            if ticket == self._ticket:
                board.publish(phase=FeedPhase.FAILED, error=error)
                self._retries.later(lambda: self._open(query, local, where), error, of_opening=True)
        else:
            if ticket == self._ticket:
                self._take_over(reading)
            else:
                reading.store.close()

    async def _first_page(
        self, query: SessionQuery, local: LocalFilter | None, where: Where
    ) -> Reading:
        reading = Reading(self._gateway, query, local, await where(), self._page_size)
        try:
            await self._loader.read_page(reading)
        except BaseException:
            reading.store.close()
            raise
        return reading

    def _take_over(self, reading: Reading) -> None:
        board, before = self._board, self._board.reading
        self._retries.succeeded()
        # What is on screen may still read the last rows for a moment; older ones nobody does.
        if self._outgoing is not None:
            self._outgoing.store.close()
        if board.head is not None:
            board.head.close()
        self._outgoing, board.reading = before, reading
        board.head = HeadWatch(self._gateway, reading, board.now)
        total, capped = board.state.total, board.state.total_is_capped
        if before is None or before.query != reading.query:
            total, capped = None, False
        if reading.at is None and reading.walk.total is not None:
            total, capped = reading.walk.total, reading.walk.total_is_capped
        elif reading.at is None and reading.ended:
            total, capped = reading.looked_through, False
        board.publish(
            generation=board.state.generation + 1,
            query=reading.query,
            at=reading.at,
            total=total,
            total_is_capped=capped,
            phase=reading.resting_phase,
            error=None,
            # It answers.
            head_lost_since=None,
        )
        self._loader.begin_anew()
        if self._climber is not None:
            self._climber.begin_anew()
        self._watcher.begin_anew()
        if before is None:
            board.spawn(self._watcher.watch())

    def _take_hint(self) -> None:
        self._hinted = False
        self._loader.load()
