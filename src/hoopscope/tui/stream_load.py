"""StreamLoad: something large on its way from the gateway to the disk, watched and stoppable."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hoopscope.recordings.loading import OnProgress, Progress

TOLD_EVERY = 1.0
"""Seconds between two words about progress, after the first bytes, which are told at once."""


class LoadPhase(StrEnum):
    """How a load stands."""

    RUNNING = "running"
    COMPLETE = "complete"
    STOPPED = "stopped"
    FAILED = "failed"


class StreamLoad:
    """One load. Begins when it is made; what came stays, however it ends.

    Args:
        start: begins the work, given what it has to tell of its progress.
        on_change: called in the API worker's thread: at the first bytes, then about twice a
            second, and when the load has ended.
        expected: about how many bytes there will be; 0 where nobody knows.
    """

    def __init__(
        self,
        start: Callable[[OnProgress], Future[None]],
        on_change: Callable[[], None],
        *,
        expected: int = 0,
    ) -> None:
        self.expected = expected
        self.received = 0
        self.problem: BaseException | None = None
        self._phase = LoadPhase.RUNNING
        self._on_change = on_change
        self._began = time.monotonic()
        self._took = 0.0
        self._told = 0.0
        self._future = start(self._progress)
        self._future.add_done_callback(self._ended)

    @property
    def phase(self) -> LoadPhase:
        """How it stands."""
        return self._phase

    @property
    def is_running(self) -> bool:
        """Whether more may come."""
        return self._phase is LoadPhase.RUNNING

    @property
    def rate(self) -> float:
        """Bytes a second so far."""
        seconds = self._took or time.monotonic() - self._began
        return self.received / seconds if seconds > 0 else 0.0

    def stop(self) -> None:
        """Ask for no more."""
        self._future.cancel()

    def _progress(self, progress: Progress) -> None:
        first = not self.received
        self.received = progress.received
        self.expected = progress.expected
        now = time.monotonic()
        if self.received and (first or now - self._told >= TOLD_EVERY):
            self._told = now
            self._on_change()

    def _ended(self, future: Future[None]) -> None:
        self._took = time.monotonic() - self._began
        try:
            future.result()
            self._phase = LoadPhase.COMPLETE
        except CancelledError:
            self._phase = LoadPhase.STOPPED
        except Exception as error:  # noqa: BLE001 (told, whatever it was)
            self.problem = error
            self._phase = LoadPhase.FAILED
        self._on_change()
