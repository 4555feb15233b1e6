"""Loading what a session recorded: from the gateway to the disk, batch by batch."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from hoopscope.recordings.recording import Recording
from hoopscope.recordings.spool import Spool

if TYPE_CHECKING:
    from hoopscope.gateway.event import Event


@dataclass(frozen=True, slots=True)
class Progress:
    """How far loading has come.

    received: bytes of recorded content that are there.
    expected: bytes of it that are to be expected, an estimate; 0 where nothing is known (a live
        session's size is not).
    events: how many events are there; 0 for output, which has none.
    """

    received: int
    expected: int
    events: int


class RecordingSource(Protocol):
    """What is asked of a gateway's client here."""

    def recorded_events(self, session_id: str) -> AsyncGenerator[list[Event]]:
        """Events in batches."""
        ...

    def recorded_output(
        self, session_id: str, events: Sequence[str] = ("o", "e")
    ) -> AsyncGenerator[bytes]:
        """Output in pieces."""
        ...


OnProgress = Callable[[Progress], None]


async def load_recording(
    gateway: RecordingSource,
    session_id: str,
    recording: Recording,
    on_progress: OnProgress | None = None,
    *,
    expected: int = 0,
) -> None:
    """Fill a recording with all that is stored of a session.

    expected: the session's `event_size`, from which the payloads' size is estimated.

    What came before an error or a cancellation stays readable; `is_complete` is then false, and
    `failure` says why. Raises what the client raises, and SpoolFull.
    """
    estimate = estimated_size(expected)
    recording.failure = ""
    try:
        async with aclosing(gateway.recorded_events(session_id)) as batches:
            async for events in batches:
                recording.append(events)
                if on_progress is not None:
                    on_progress(Progress(recording.payloads.size(), estimate, len(recording)))
    except asyncio.CancelledError:
        recording.failure = "Loading was stopped."
        raise
    except Exception as error:
        recording.failure = str(error)
        raise
    recording.is_complete = True


async def load_output(
    gateway: RecordingSource,
    session_id: str,
    spool: Spool,
    on_progress: OnProgress | None = None,
    *,
    events: Sequence[str] = ("o", "e"),
    expected: int = 0,
) -> None:
    """Fill a spool with the output of a session, without times. Otherwise as `load_recording`."""
    estimate = estimated_size(expected)
    async with aclosing(gateway.recorded_output(session_id, events)) as pieces:
        async for piece in pieces:
            spool.append(piece)
            if on_progress is not None:
                on_progress(Progress(spool.size(), estimate, 0))


def estimated_size(event_size: int) -> int:
    """About how many bytes of payloads a session has, from its `event_size`.

    Source: gateway behaviour: `event_size` counts the stored JSON, in which a payload is base64 and
    stands beside its time and its kind.
    """
    return event_size * 3 // 4
