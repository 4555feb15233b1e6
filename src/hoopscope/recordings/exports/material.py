"""Material: what a file is made of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cached_property

from hoopscope.gateway.event import Event
from hoopscope.gateway.row import NO_START, SessionRow
from hoopscope.recordings.kinds import RecordingKind, kind_by_bytes, kind_of
from hoopscope.recordings.recording import Recording

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Material:
    """A session, what it recorded, and how much of that has been read. Belongs to one thread.

    `script` is None where nobody asked the gateway for it.
    """

    def __init__(self, row: SessionRow, recording: Recording, script: str | None = None) -> None:
        self.row = row
        self.recording = recording
        self.script = script
        self.bytes_read = 0
        """Bytes of payloads that a format has taken; another thread may look."""

    @cached_property
    def kind(self) -> RecordingKind:
        """What the recording holds."""
        kind = kind_of(self.row.type, self.row.subtype, self.row.verb)
        for event in self.recording.events(0, 1):
            kind = kind_by_bytes(kind, event.kind, event.payload)
        return kind

    @property
    def began(self) -> datetime | None:
        """When recording began; None where the gateway does not tell.

        It is the session's start, except for an exec that waited for its review: that one began
        when it was executed. Source: gateway behaviour.
        """
        row = self.row
        waited = bool(row.review_status) and self.kind is RecordingKind.EXEC
        if row.start == NO_START or waited:
            return None
        return _EPOCH + timedelta(microseconds=row.start)

    def events(self, *, with_secrets: bool) -> Iterator[Event]:
        """The events in their order; without `with_secrets`, what is secret in them is masked."""
        if with_secrets:
            return self._counted()
        from hoopscope.recordings.secrets import masked

        return masked(self.kind, self._counted())

    def _counted(self) -> Iterator[Event]:
        for event in self.recording.events():
            yield event
            self.bytes_read += len(event.payload)

    def moment(self, seconds: float) -> str | None:
        """A time of the recording in UTC, to the microsecond; None where it is not known."""
        began = self.began
        if began is None:
            return None
        try:
            moment = began + timedelta(seconds=seconds)
        except (OverflowError, ValueError):
            return None
        return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
