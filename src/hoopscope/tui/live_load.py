"""LiveLoad: an open session followed as it happens; looks like any other load from outside."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import TYPE_CHECKING

from hoopscope.recordings.following.snapshot import LiveState
from hoopscope.tui.stream_load import LoadPhase

if TYPE_CHECKING:
    from hoopscope.gateway.client import Gateway
    from hoopscope.gateway.row import SessionRow
    from hoopscope.recordings.following.snapshot import LiveSnapshot
    from hoopscope.recordings.live import LiveRecording
    from hoopscope.recordings.recording import Recording
    from hoopscope.sessions.gateway_link import GatewayLink

_PHASES = {LiveState.ENDED: LoadPhase.COMPLETE, LiveState.FAILED: LoadPhase.FAILED}


class NotFollowed(Exception):
    """The session is not followed any more; the text says why."""


class LiveLoad:
    """Follows a session from when it is made until it ends, or until it is stopped.

    `on_change` is called in the API worker's thread, and not again before `take`, so that a fast
    stream never gets ahead of the interface. What is said by `phase` and `snapshot` holds for all
    threads.
    """

    expected = 0
    rate = 0.0

    def __init__(self, link: GatewayLink, row: SessionRow, on_change: Callable[[], None]) -> None:
        self.snapshot: LiveSnapshot | None = None
        self.problem: BaseException | None = None
        self._row = row
        self._on_change = on_change
        self._told = False
        self._is_closed = self._is_writing = False
        self._closing = threading.Lock()
        self._live: LiveRecording | None = None
        self._stopped = False
        self._future: Future[None] = link.run(self._follow)
        self._future.add_done_callback(self._ended)

    @property
    def phase(self) -> LoadPhase:
        """How it stands."""
        if self.problem is not None:
            return LoadPhase.FAILED
        if self.snapshot is not None and self.snapshot.state in _PHASES:
            return _PHASES[self.snapshot.state]
        return LoadPhase.STOPPED if self._stopped else LoadPhase.RUNNING

    @property
    def is_running(self) -> bool:
        """Whether more may come."""
        return self.phase is LoadPhase.RUNNING

    @property
    def received(self) -> int:
        """How many bytes are there."""
        return 0 if self.snapshot is None else self.snapshot.recording.payloads.size()

    def take(self) -> Recording | None:
        """What there is now; `on_change` may be called again."""
        self._told = False
        return None if self.snapshot is None else self.snapshot.recording

    def stop(self) -> None:
        """Follow no further; what came stays."""
        self._future.cancel()

    def close(self) -> None:
        """Stop, and give the disk back as soon as nothing writes to it any more."""
        with self._closing:
            self._is_closed = True
            is_writing = self._is_writing
        self.stop()
        # A future that was cancelled is done at once, and what it stood for still ends.
        if not is_writing:
            self._give_back()

    async def _follow(self, gateway: Gateway) -> None:
        from hoopscope.recordings.live import LiveRecording

        with self._closing:
            if self._is_closed:
                return
            self._is_writing = True
        row = self._row
        began = row.start * 1000 if row.verb == "connect" and row.start > 0 else None
        self._live = LiveRecording(gateway, row.id, self._changed, began=began)
        try:
            await self._live.run()
        finally:
            with self._closing:
                self._is_writing, is_closed = False, self._is_closed
            if is_closed:
                self._give_back()

    def _give_back(self) -> None:
        with self._closing:
            live, self._live = self._live, None
        if live is not None:
            live.close()

    def _changed(self, snapshot: LiveSnapshot) -> None:
        self.snapshot = snapshot
        if snapshot.state is LiveState.FAILED:
            self.problem = NotFollowed(snapshot.why)
            self.problem.__cause__ = None if self._live is None else self._live.failure
        if not self._told:
            self._told = True
            self._on_change()

    def _ended(self, future: Future[None]) -> None:
        try:
            future.result()
        except CancelledError:
            self._stopped = True
        except Exception as error:  # noqa: BLE001 (told, whatever it was)
            self.problem = error
        self._on_change()
