"""The thread in which everything that talks to a gateway runs, with an event loop of its own.

It starts before the interface is even imported, so that the first page is on its way meanwhile,
and decoding and storing never take time from the interface's own loop.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")


class ApiWorker:
    """A daemon thread with an asyncio loop; coroutines are handed to it from any thread."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="api-worker", daemon=True)
        self._thread.start()

    def submit(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """Run a coroutine on the worker's loop; cancelling the future cancels it there.

        Raises:
            RuntimeError: the worker has been closed.
        """
        try:
            return asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        except RuntimeError:
            coroutine.close()
            raise

    def call_soon(self, work: Callable[[], object]) -> None:
        """Call something that returns at once, on the worker's loop.

        Raises:
            RuntimeError: the worker has been closed.
        """
        self._loop.call_soon_threadsafe(work)

    def close(self, timeout: float = 2.0) -> None:
        """Cancel what is still running and end the thread; waits at most `timeout` seconds."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(timeout)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
            unfinished = asyncio.all_tasks(self._loop)
            for task in unfinished:
                task.cancel()
            self._loop.run_until_complete(asyncio.gather(*unfinished, return_exceptions=True))
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        finally:
            self._loop.close()
