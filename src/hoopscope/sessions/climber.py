"""Climber: reads towards the newest where the reader jumped to a date, one climb at a time."""

from __future__ import annotations

import asyncio

from hoopscope.gateway.walk import PageSource
from hoopscope.sessions.climb import Climb
from hoopscope.sessions.feed_board import FeedBoard, quietly
from hoopscope.sessions.feed_state import FeedPhase
from hoopscope.sessions.pace import Pace
from hoopscope.sessions.reading import Reading

_MOST_STEPS = 10
_ENOUGH_ROWS = 20


class Climber:
    """Puts the sessions above the first row into the store, a page or so at a time."""

    def __init__(self, source: PageSource, board: FeedBoard, pace: Pace) -> None:
        self.task: asyncio.Task[None] | None = None
        self._source = source
        self._board = board
        self._pace = pace
        self._climb: Climb | None = None

    def begin_anew(self) -> None:
        """Another reading has taken over."""
        if self.task is not None:
            self.task.cancel()
        self.task = self._climb = None

    async def newer(self) -> None:
        """Read what comes before the first row; at the newest session nothing does.

        What is under way already is waited for. Never raises.
        """
        board = self._board
        reading = board.reading
        if reading is None or reading.at is None or board.is_opening or board.closed:
            return
        if self.task is None or self.task.done():
            if self._climb is None:
                self._climb = Climb(self._source, reading)
            self.task = asyncio.create_task(self._read(reading, self._climb))
        await quietly(self.task)

    async def _read(self, reading: Reading, climb: Climb) -> None:
        board, stored = self._board, 0
        failure: Exception | None = None
        try:
            # A local filter may leave out all of a page.
            for _ in range(_MOST_STEPS):
                rows = await climb.step()
                if reading is not board.reading:
                    return
                taken = reading.take_newer(tuple(rows), board.now, joined=climb.joined)
                self._pace.pushed_down(taken)
                stored += taken
                if climb.joined or stored >= _ENOUGH_ROWS:
                    break
        except Exception as error:  # noqa: BLE001 (whatever it is belongs on the screen)
            failure = error
        if reading is not board.reading:
            return
        # What failed further down stays said.
        said = board.state.error if board.state.phase is FeedPhase.FAILED else failure
        board.publish(at=reading.at, error=said, updates=board.state.updates + bool(stored))
