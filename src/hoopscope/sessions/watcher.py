"""Watcher: looks at the head and at the rows on screen from time to time, and counts once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from hoopscope.gateway.walk import PageSource
from hoopscope.sessions.feed_board import FeedBoard, quietly
from hoopscope.sessions.head import HeadWatch
from hoopscope.sessions.pace import BackOff, Pace
from hoopscope.sessions.reading import Reading
from hoopscope.sessions.retrying import Retries, is_worth_retrying

_IDLE_TIMES = 6
_COUNT_AGAIN_SECONDS = 60


class Watcher:
    """Keeps `new`, `updates`, `total` and `head_lost_since` of the state."""

    def __init__(
        self,
        source: PageSource,
        board: FeedBoard,
        pace: Pace,
        retries: Retries,
        *,
        poll_seconds: float,
        sleep: Callable[[float], Awaitable[object]],
        jitter: Callable[[], float],
    ) -> None:
        self.idle = False
        self.task: asyncio.Task[None] | None = None
        self._source = source
        self._board = board
        self._pace = pace
        self._retries = retries
        self._poll_seconds = poll_seconds
        self._sleep = sleep
        self._jitter = jitter

    async def watch(self) -> None:
        """Look again and again; a lost gateway is asked less and less often, up to a minute."""
        lost = BackOff(self._jitter)
        while self._poll_seconds > 0:
            delay = self._poll_seconds * (_IDLE_TIMES if self.idle else 1) * self._jitter()
            if self._board.state.head_lost_since is None:
                lost.reset()
            else:
                delay = max(delay, lost.next_delay())
            await self._sleep(delay)
            await self.look()

    async def look(self) -> None:
        """Look at the head and at the rows on screen; what is under way already is waited for."""
        board = self._board
        if self.task is None or self.task.done():
            if board.reading is None or board.head is None:
                return
            self.task = asyncio.create_task(self._look_once(board.reading, board.head))
        await quietly(self.task)

    def begin_anew(self) -> None:
        """Another reading has taken over."""
        if self.task is not None:
            self.task.cancel()
        reading = self._board.reading
        if reading is not None and self._board.state.total is None:
            self._board.spawn(self._count(reading))

    async def _look_once(self, reading: Reading, head: HeadWatch) -> None:
        board = self._board
        changed = False
        try:
            changed = await head.look(board.now)
            first, count = self._pace.first, self._pace.count
            changed |= await head.look_again(first, count, board.now)
        except Exception:  # noqa: BLE001 (whatever it is, the head is not watched)
            if reading is board.reading:
                lost = board.state.head_lost_since or board.clock()
                board.publish(head_lost_since=lost, updates=board.state.updates + changed)
            return
        if reading is board.reading:
            healed = board.state.head_lost_since is not None
            board.publish(head_lost_since=None, updates=board.state.updates + changed)
            if healed and self._retries.pending:
                board.spawn(self._retries.now())

    async def _count(self, reading: Reading) -> None:
        board = self._board
        query = reading.query.replace(limit=1, offset=None, count="capped")
        while reading is board.reading and board.state.total is None:
            try:
                page = await self._source.sessions(query)
            except Exception as error:  # noqa: BLE001 (only a number is missing)
                if not is_worth_retrying(error):
                    return
                await self._sleep(_COUNT_AGAIN_SECONDS * self._jitter())
                continue
            if reading is board.reading and page.total is not None:
                board.publish(total=page.total, total_is_capped=page.total_is_capped)
            return
