"""PageLoader: reads on, so that the reader never gets to the end of what is loaded."""

from __future__ import annotations

import asyncio

from hoopscope.sessions.feed_board import FeedBoard, quietly
from hoopscope.sessions.feed_state import FeedPhase
from hoopscope.sessions.pace import Pace
from hoopscope.sessions.reading import Reading
from hoopscope.sessions.retrying import Retries


class PageLoader:
    """Reads one page after the other while the reader is near the end, never two at a time."""

    def __init__(self, board: FeedBoard, pace: Pace, retries: Retries) -> None:
        self._board = board
        self._pace = pace
        self._retries = retries
        self._asked_for_more = False
        self.task: asyncio.Task[None] | None = None

    async def read_page(self, reading: Reading) -> None:
        """The next page of a reading. Raises what it raises."""
        board = self._board
        began = board.clock()
        page = await reading.read_page(board.now)
        self._pace.page_took(max(0.0, board.clock() - began))
        if page is not None and page.late and board.head is not None and reading is board.reading:
            board.head.forget(page.late)

    async def more(self) -> None:
        """One page at least, also after a failure. Never raises."""
        if self._board.is_opening:
            await quietly(self._board.opening)
        if self._board.reading is not None:
            self._board.reading.stopped = False
            self._asked_for_more = True
            self.load()
            await quietly(self.task)

    def load(self) -> None:
        """Read on in the background if the reader is near the end, or somebody asked for it."""
        board, reading = self._board, self._board.reading
        busy = board.is_opening or (self.task is not None and not self.task.done())
        if reading is None or reading.ended or busy or board.closed:
            return
        failed = board.state.phase is FeedPhase.FAILED
        if self._asked_for_more or (not failed and self._is_near(reading)):
            self.task = asyncio.create_task(self._read_on(reading))

    def begin_anew(self) -> None:
        """Another reading has taken over."""
        if self.task is not None:
            self.task.cancel()
        self.task, self._asked_for_more = None, False
        self._pace.begin_anew()
        self.load()

    def _is_near(self, reading: Reading) -> bool:
        """Whether the reader is; a search that finds little does not look screens ahead."""
        if reading.stopped:
            return False
        loaded, pace = len(reading.store), self._pace
        if reading.local is not None:
            return loaded < pace.first + 2 * pace.count
        return pace.wants_more(loaded)

    async def _read_on(self, reading: Reading) -> None:
        board = self._board
        while (
            not reading.ended
            and not board.is_opening
            and (self._asked_for_more or self._is_near(reading))
        ):
            self._asked_for_more = False
            if board.state.phase is not FeedPhase.LOADING:
                board.publish(phase=FeedPhase.LOADING, error=None)
            try:
                await self.read_page(reading)
            except Exception as error:  # noqa: BLE001 (whatever it is belongs on the screen)
                if reading is board.reading and not board.is_opening:
                    board.publish(phase=FeedPhase.FAILED, error=error)
                    self._retries.later(self.more, error)
                return
            if reading is not board.reading:
                return
            if not board.is_opening:
                self._retries.succeeded()
            board.publish()
        if board.state.phase is FeedPhase.LOADING:
            board.publish(phase=reading.resting_phase)
