"""LiveRecording: an open session, followed as it happens and joined to what is stored of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import aclosing, suppress
from math import inf

from hoopscope.gateway.errors import (
    GatewayError,
    NothingRecorded,
    RecordingWithheld,
    UnexpectedAnswer,
)
from hoopscope.gateway.event import LiveEvent
from hoopscope.gateway.retries import is_worth_it
from hoopscope.recordings.following.joined import JoinedRecording
from hoopscope.recordings.following.schedule import FLUSHED, Schedule, back_off
from hoopscope.recordings.following.slowness import Slowness
from hoopscope.recordings.following.snapshot import GapReason, LiveSnapshot, LiveState
from hoopscope.recordings.following.source import LiveSource
from hoopscope.recordings.spool import SpoolFull

_TOLD_EVERY = 0.02
_LINE_FIRST = 3.0
_NOTHING_LIVE = (
    "Nothing arrives live, as behind several replicas of a gateway; what is stored is read about "
    "once a minute."
)


class LiveRecording:
    """Follows a session until it ends: subscribes, reads what is stored, joins the two.

    No event is in the recording twice; where some may be missing there is a gap, which closes when
    the stored part covers it. `on_change` is called in the thread of the loop that `run` runs in,
    with a new snapshot each time, at most every 20 ms or so.

    began: when recording began as far as is known, in nanoseconds since 1970: the start of a
        session that somebody connected for. Times are right by themselves as soon as events have
        come both ways.
    """

    def __init__(
        self,
        gateway: LiveSource,
        session_id: str,
        on_change: Callable[[LiveSnapshot], None] | None = None,
        *,
        began: int | None = None,
    ) -> None:
        self._gateway = gateway
        self._id = session_id
        self._on_change = on_change
        self._joined = JoinedRecording(began)
        self._schedule = Schedule()
        self._slowness = Slowness()
        self._arrived: list[LiveEvent] = []
        self._telling: asyncio.TimerHandle | None = None
        self._state, self._since, self._why = LiveState.CONNECTING, time.time(), ""
        self._is_withheld = False
        self._is_joined = False
        self.failure: GatewayError | SpoolFull | None = None
        """What made it give up, once it has FAILED."""
        self._failure: SpoolFull | None = None
        self._is_over = asyncio.Event()
        self._line_tried = asyncio.Event()
        self._wake = asyncio.Event()
        # A time of the loop's clock; None while there is none.
        self._subscribed: float | None = None
        self._hears = False
        self._heard_since_reading = False
        self.snapshot = self._present()
        """The present moment; replaced by another, never changed."""

    async def run(self) -> None:
        """Follow to the end. Raises nothing for what happens out there: `snapshot` says it.

        The state is then ENDED or FAILED. A run that was cancelled can be begun again.
        """
        line = asyncio.create_task(self._follow_line())
        stored = asyncio.create_task(self._follow_stored())
        pending = {line, stored}
        try:
            while stored in pending:
                done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                for each in done:
                    each.result()
        except (GatewayError, SpoolFull) as error:
            self.failure = error
            self._stand(LiveState.FAILED, str(error))
        finally:
            line.cancel()
            stored.cancel()
            await asyncio.gather(line, stored, return_exceptions=True)
            self._tell()

    def close(self) -> None:
        """Give the disk back; `run` has to have ended."""
        self._joined.close()

    async def _follow_line(self) -> None:
        tries = 0
        reason = GapReason.NOT_STORED
        while True:
            try:
                async with self._gateway.live_events(self._id) as events:
                    self._has_subscribed(reason)
                    reason = GapReason.LINE_LOST
                    async for event in events:
                        tries = 0
                        self._has_arrived(event)
            except GatewayError as error:
                if not self._may_come_back(error):
                    return
            else:
                self._is_over.set()
                self._wake.set()
                return
            finally:
                self._line_tried.set()
            await asyncio.sleep(back_off(tries))
            tries += 1

    def _has_subscribed(self, reason: GapReason) -> None:
        self._take_in()
        self._subscribed = asyncio.get_running_loop().time()
        self._hears = False
        self._slowness.subscribed_again()
        # Until something comes that was seen before, nobody knows what one has missed.
        self._joined.doubt(reason, self._subscribed)
        self._line_tried.set()
        if self._state is not LiveState.STORED_ONLY:
            self._stand(LiveState.LIVE)

    def _has_arrived(self, event: LiveEvent) -> None:
        now = asyncio.get_running_loop().time()
        if self._slowness.may_have_lost(event.nanoseconds, int(now * 1e9)):
            self._take_in()
            self._joined.doubt(GapReason.TOO_FAST, now)
        self._hears = self._heard_since_reading = True
        if self._state is not LiveState.LIVE:
            self._stand(LiveState.LIVE)
        # What has no content is never stored.
        if event.payload:
            self._arrived.append(event)
        self._tell_soon()

    def _may_come_back(self, error: GatewayError) -> bool:
        """What a failure of the line means; raises it where there is nothing to hope for."""
        self._take_in()
        if self._subscribed is not None:
            self._subscribed = None
            self._joined.doubt(GapReason.LINE_LOST, inf)
        if is_worth_it(error):
            self._stand(LiveState.LOST, str(error))
            return True
        if isinstance(error, UnexpectedAnswer):
            # An older gateway, or a proxy that lets no live stream through.
            self._stand(LiveState.STORED_ONLY, f"The gateway offers no live stream. {error}")
            return False
        raise error

    async def _follow_stored(self) -> None:
        # To subscribe first is to miss nothing in between; but a line may take for ever.
        with suppress(TimeoutError):
            async with asyncio.timeout(_LINE_FIRST):
                await self._line_tried.wait()
        tries = 0
        while True:
            try:
                is_over = self._is_over.is_set() or await self._has_ended()
                if self._is_withheld:
                    self._schedule.asked_at(asyncio.get_running_loop().time())
                else:
                    await self._read_stored(is_over=is_over)
                tries = 0
            except RecordingWithheld as error:
                self._is_withheld = self._is_joined = True
                self._joined.withhold()
                self._stand(self._state, str(error))
                continue
            except GatewayError as error:
                if not is_worth_it(error):
                    raise
                await asyncio.sleep(back_off(tries))
                tries += 1
                continue
            if is_over:
                self._joined.end(is_complete=not self._is_withheld)
                self._stand(LiveState.ENDED, self._why if self._is_withheld else "")
                return
            await self._until_due()

    async def _has_ended(self) -> bool:
        """Whether a session is over that says nothing any more, or never did."""
        has_heard, self._heard_since_reading = self._heard_since_reading, False
        if has_heard or not self._is_joined:
            return False
        whole = await self._gateway.session(self._id)
        return whole.raw.get("status") == "done"

    async def _read_stored(self, *, is_over: bool) -> None:
        clock = asyncio.get_running_loop().time
        started = clock()
        before = self._joined.stored
        self._take_in()
        reading = self._joined.read_stored()
        is_whole = False
        try:
            async with aclosing(self._gateway.recorded_events(self._id)) as batches:
                async for events in batches:
                    self._take_in()
                    reading.take(events)
                    if reading.adds:
                        self._tell_soon()
            is_whole = True
        except NothingRecorded:
            is_whole = True
        finally:
            self._take_in()
            self._is_joined |= is_whole
            covers = inf if is_over else started - FLUSHED
            self._joined.settle(reading, is_whole=is_whole, covers=covers, now=clock())
            self._tell()
        found_more = reading.count > before
        if found_more and not self._hears and self._schedule.would_have_come(self._subscribed):
            self._stand(LiveState.STORED_ONLY, _NOTHING_LIVE)
        size = self._joined.recording.payloads.size()
        self._schedule.has_read(started, size, found_more=found_more)

    async def _until_due(self) -> None:
        clock = asyncio.get_running_loop().time
        while not self._is_over.is_set():
            self._schedule.unsettled(self._joined.is_unsettled, clock())
            due = self._schedule.due(hears=self._hears)
            if due is not None and due <= clock():
                return
            await self._sleep(None if due is None else due - clock())

    async def _sleep(self, seconds: float | None) -> None:
        """Wait, unless something happens before. Raises SpoolFull."""
        self._wake.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        if self._failure is not None:
            raise self._failure

    def _take_in(self) -> None:
        arrived, self._arrived = self._arrived, []
        if arrived:
            self._joined.arrived(arrived, asyncio.get_running_loop().time())
            self._wake.set()

    def _stand(self, state: LiveState, why: str = "") -> None:
        if state is not self._state:
            self._since = time.time()
        self._state, self._why = state, why
        self._tell_soon()

    def _tell_soon(self) -> None:
        if self._telling is None:
            self._telling = asyncio.get_running_loop().call_later(_TOLD_EVERY, self._tell)

    def _tell(self) -> None:
        if self._telling is not None:
            self._telling.cancel()
            self._telling = None
        try:
            self._take_in()
        except SpoolFull as error:
            self._failure = error
            self._wake.set()
        self.snapshot = self._present()
        if self._on_change is not None:
            self._on_change(self.snapshot)

    def _present(self) -> LiveSnapshot:
        return LiveSnapshot(
            recording=self._joined.recording,
            generation=self._joined.generation,
            same=self._joined.same,
            moved=self._joined.moved,
            stored=self._joined.stored,
            gaps=self._joined.gaps(),
            state=self._state,
            since=self._since,
            why=self._why,
            is_withheld=self._is_withheld,
            began=self._joined.began,
            is_joined=self._is_joined,
        )
