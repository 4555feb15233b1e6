"""FeedBoard: what the parts of a feed share, and the one place where its state changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from hoopscope.sessions.feed_state import FeedState
from hoopscope.sessions.head import HeadWatch
from hoopscope.sessions.reading import Reading


class FeedBoard:
    """The reading on screen, its head, and how they stand.

    Args:
        on_change: called with each new state, on the feed's loop.
        clock: epoch seconds.
    """

    def __init__(self, on_change: Callable[[FeedState], None], clock: Callable[[], float]) -> None:
        self.state = FeedState()
        self.reading: Reading | None = None
        self.head: HeadWatch | None = None
        self.opening: asyncio.Task[Reading] | None = None
        self.closed = False
        self.clock = clock
        self._on_change = on_change
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def now(self) -> int:
        """Microseconds since 1970 UTC."""
        return int(self.clock() * 1_000_000)

    @property
    def is_opening(self) -> bool:
        """Whether another query is about to take over."""
        return self.opening is not None and not self.opening.done()

    def publish(self, **changes: Any) -> None:
        """Change the state; what follows from the reading follows by itself."""
        reading, head = self.reading, self.head
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
        state = self.state._replace(**changes)
        if state != self.state:
            self.state = state
            self._on_change(state)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something in the background until it is done or the feed is closed."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def end(self, *tasks: asyncio.Task[Any] | None) -> None:
        """Cancel these tasks and everything in the background, and wait for it."""
        running = [task for task in (*tasks, *self._tasks) if task is not None and not task.done()]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def quietly(task: asyncio.Task[Any] | None) -> None:
    """Wait for a task without ending it when the one who waits is ended, or the other way round."""
    if task is not None:
        with suppress(asyncio.CancelledError):
            await asyncio.shield(task)
