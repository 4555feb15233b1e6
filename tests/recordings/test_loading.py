"""Loading recordings and output to the disk."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import closing

import pytest

from hoopscope.gateway.event import Event
from hoopscope.recordings.loading import Progress, load_output, load_recording
from hoopscope.recordings.recording import Recording
from hoopscope.recordings.spool import Spool, SpoolFull

EVENTS = [Event(0.5 * number, "o", bytes([number]) * 10) for number in range(6)]


@pytest.fixture
def recording() -> Iterator[Recording]:
    with closing(Recording()) as made:
        yield made


class Source:
    """Gives events two by two and output byte by byte, then does what `ending` does."""

    def __init__(self, ending: BaseException | None = None) -> None:
        self._ending = ending
        self.is_closed = False

    async def recorded_events(self, session_id: str) -> AsyncGenerator[list[Event]]:
        try:
            for start in range(0, len(EVENTS), 2):
                yield EVENTS[start : start + 2]
            if self._ending:
                raise self._ending
        finally:
            self.is_closed = True

    async def recorded_output(
        self, session_id: str, events: Sequence[str] = ("o", "e")
    ) -> AsyncGenerator[bytes]:
        for letter in b"".join(event.payload for event in EVENTS if event.kind in events):
            yield bytes([letter])


async def test_all_events_are_loaded_and_progress_is_told(recording: Recording) -> None:
    told: list[Progress] = []
    await load_recording(Source(), "id", recording, told.append, expected=200)
    assert list(recording.events()) == EVENTS
    assert recording.is_complete
    assert told == [Progress(20, 150, 2), Progress(40, 150, 4), Progress(60, 150, 6)]


async def test_what_came_before_an_error_stays_readable(recording: Recording) -> None:
    source = Source(ValueError("broken off"))
    with pytest.raises(ValueError, match="broken off"):
        await load_recording(source, "id", recording)
    assert list(recording.events()) == EVENTS
    assert not recording.is_complete
    assert recording.failure == "broken off"
    assert source.is_closed


async def test_loading_can_be_stopped_between_two_batches(recording: Recording) -> None:
    source = Source()

    def stop(progress: Progress) -> None:
        if progress.events == 4:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await load_recording(source, "id", recording, stop)
    assert list(recording.events()) == EVENTS[:4]
    assert (recording.is_complete, recording.failure) == (False, "Loading was stopped.")
    assert source.is_closed


async def test_a_full_disk_is_told_and_what_fits_stays(
    recording: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.pwrite

    def limited(descriptor: int, content: bytes, offset: int) -> int:
        if len(recording) >= 4:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(descriptor, content, offset)

    monkeypatch.setattr(os, "pwrite", limited)
    with pytest.raises(SpoolFull, match="no room left"):
        await load_recording(Source(), "id", recording)
    assert list(recording.events()) == EVENTS[:4]
    assert "no room left" in recording.failure


async def test_output_is_loaded_without_times() -> None:
    told: list[Progress] = []
    with closing(Spool()) as spool:
        await load_output(Source(), "id", spool, told.append, events=("o",), expected=80)
        assert spool.read(0, 100) == b"".join(event.payload for event in EVENTS)
    assert told[-1] == Progress(60, 60, 0)
