"""Carries out `hoopscope tail`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from hoopscope.cli import exit_codes
from hoopscope.cli.exporting import check_permission
from hoopscope.cli.failures import CommandFailed
from hoopscope.cli.invocation import access_from, gateway_from, settings_with_warnings
from hoopscope.cli.messages import complain
from hoopscope.cli.output import ByteSink, standard_bytes
from hoopscope.cli.tail_gaps import GapTeller
from hoopscope.cli.tail_lines import EventWriter
from hoopscope.gateway.client import Gateway, checked_session_id
from hoopscope.gateway.row import NO_START, SessionRow
from hoopscope.recordings.following.snapshot import LiveSnapshot, LiveState
from hoopscope.recordings.following.unseen import Unseen
from hoopscope.recordings.kinds import kind_of
from hoopscope.recordings.live import LiveRecording
from hoopscope.recordings.recording import Recording
from hoopscope.recordings.spool import SpoolFull

_LAST_LINES = 10
_LAST_BYTES = 65_536
# A prompt has no line break: what may be the beginning of a secret is held back no longer.
_QUIET_SECONDS = 1.0
# What was typed and is not echoed by then was not to be seen.
_QUIET_INPUT_SECONDS = 2.5


@dataclass(frozen=True, slots=True)
class TailOptions:
    """What is followed, and how it is written."""

    from_start: bool = False
    with_input: bool = False
    with_secrets: bool = False
    as_json: bool = False

    @property
    def kinds(self) -> str:
        """The kinds of events that are written."""
        return "ioe" if self.with_input else "oe"

    @property
    def quiet_seconds(self) -> float:
        """How long nothing has to happen for what is held back to be written."""
        return _QUIET_INPUT_SECONDS if self.with_input else _QUIET_SECONDS


def follow(flags: Mapping[str, object], session_id: str, options: TailOptions) -> int:
    """Write what a session does to standard output until it ends; gives the exit code.

    Raises:
        SettingsError, UsageFailed, GatewayError, CommandFailed, OutputClosed.
    """
    session_id = checked_session_id(session_id)
    settings = settings_with_warnings(flags)
    access = access_from(settings)

    async def with_gateway(sink: ByteSink) -> None:
        async with gateway_from(settings, access) as gateway:
            if sys.stdout is not None and not sys.stdout.isatty():
                await check_permission(gateway)
            await _followed(gateway, session_id, options, sink)

    with standard_bytes() as sink:
        asyncio.run(with_gateway(sink))
    return exit_codes.OK


async def _followed(
    gateway: Gateway, session_id: str, options: TailOptions, sink: ByteSink
) -> None:
    row = SessionRow.from_json((await gateway.session(session_id)).raw)
    kind = kind_of(row.type, row.subtype, row.verb)
    if not kind.facts.has_output and not options.with_input:
        complain(f"there may be no output to follow. {kind.facts.stored} --input shows that.")
    writer = EventWriter(
        sink, None if options.with_secrets else kind, options.kinds, as_json=options.as_json
    )
    has_changed = asyncio.Event()
    began = None if row.start == NO_START else row.start * 1_000
    live = LiveRecording(gateway, session_id, lambda _: has_changed.set(), began=began)
    running = asyncio.create_task(live.run())
    try:
        tail = _Tail(options, writer)
        while not running.done():
            await _either(running, has_changed, options.quiet_seconds if writer.holds else None)
            if has_changed.is_set():
                has_changed.clear()
                tail.show(live.snapshot)
            elif options.with_input:
                writer.give_up()
            else:
                writer.release()
        await running
        tail.show(live.snapshot)
        writer.release()
        if isinstance(live.failure, SpoolFull):
            raise CommandFailed(str(live.failure))
        if live.failure is not None:
            raise live.failure
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        live.close()


async def _either(
    running: asyncio.Task[None], has_changed: asyncio.Event, seconds: float | None
) -> None:
    """Wait until something has changed, all is over, or a time has passed."""
    waiting = asyncio.ensure_future(has_changed.wait())
    await asyncio.wait((running, waiting), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()


class _Tail:
    """Writes what each snapshot has more than the one before."""

    def __init__(self, options: TailOptions, writer: EventWriter) -> None:
        self._options = options
        self._writer = writer
        self._unseen = Unseen()
        self._gaps = GapTeller()
        self._has_begun = options.from_start

    def show(self, snapshot: LiveSnapshot) -> None:
        if not self._has_begun:
            if not snapshot.is_joined and snapshot.state is not LiveState.FAILED:
                return
            self._has_begun = True
            first = _before_the_end(snapshot.recording, self._options.kinds)
            self._unseen.skip_to(snapshot, first)
        events = self._unseen.take(snapshot)
        recording, began = snapshot.recording, snapshot.began
        if self._options.as_json:
            self._writer.write((recording.event(number) for number in events.late), began)
        else:
            self._gaps.were_late(len(events.late))
        start = events.new.start
        for number in self._gaps.places(snapshot, events.new):
            self._writer.write(recording.events(start, number), began)
            self._gaps.tell(snapshot, number)
            start = number
        self._writer.write(recording.events(start, events.new.stop), began)
        self._gaps.tell_state(snapshot)


def _before_the_end(recording: Recording, kinds: str) -> int:
    """The number of the event in which the last ten lines begin, or a little before."""
    lines = size = 0
    for number in range(len(recording) - 1, -1, -1):
        _, kind, payload = recording.event(number)
        if kind not in kinds:
            continue
        if lines == _LAST_LINES and payload.endswith(b"\n"):
            return number + 1
        lines += payload.count(b"\n")
        size += len(payload)
        if lines > _LAST_LINES or size > _LAST_BYTES:
            return number
    return 0
