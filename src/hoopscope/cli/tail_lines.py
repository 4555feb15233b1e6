"""Events of a session that is followed, as bytes or as lines of JSON, without secrets."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from hoopscope.cli.output import ByteSink
from hoopscope.gateway.event import Event
from hoopscope.recordings.kinds import RecordingKind

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_COMPACT = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


class EventWriter:
    """Writes events as they come.

    masked: the kind of session whose secrets are to be masked; None masks nothing. To know what is
        a secret can take the rest of a line: `holds` tells that events are held back.
    kinds: the kinds of events that are written; of others nothing is looked at.
    """

    def __init__(
        self, sink: ByteSink, masked: RecordingKind | None, kinds: str, *, as_json: bool
    ) -> None:
        from hoopscope.recordings.secrets import EventMask

        self._sink = sink
        self._kinds = kinds
        self._as_json = as_json
        self._new_masker = None if masked is None else lambda: EventMask(masked)
        self._masker = self._new_masker and self._new_masker()
        self._given = self._written = 0
        self._began: int | None = None

    @property
    def holds(self) -> bool:
        """Whether events are held back."""
        return self._given > self._written

    def write(self, events: Iterable[Event], began: int | None) -> None:
        """Write events; `began` is when recording began, in nanoseconds since 1970."""
        self._began = began
        for event in events:
            if event.kind in self._kinds:
                self._given += 1
                known = [event] if self._masker is None else self._masker.feed(event)
                self._write(known)
        self._sink.flush()

    def release(self) -> None:
        """Write what is held back."""
        if self._masker is not None and self._new_masker is not None and self.holds:
            self._write(self._masker.close())
            self._masker = self._new_masker()
        self._sink.flush()

    def give_up(self) -> None:
        """Write what is held back, but not what is still being typed."""
        if self._masker is not None:
            self._write(self._masker.give_up())
        self._sink.flush()

    def _write(self, events: Iterable[Event]) -> None:
        for event in events:
            self._written += 1
            self._sink.write_bytes(self._line(event) if self._as_json else event.payload)

    def _line(self, event: Event) -> bytes:
        line: dict[str, object] = {
            "seconds": event.seconds,
            "time": self._moment(event.seconds),
            "kind": event.kind,
        }
        try:
            line["text"] = event.payload.decode()
        except UnicodeDecodeError:
            line["base64"] = b64encode(event.payload).decode()
        # The only control character that JSON's ASCII form leaves as it is.
        return (_COMPACT(line).replace("\x7f", "\\u007f") + "\n").encode()

    def _moment(self, seconds: float) -> str | None:
        """A time in UTC, to the microsecond; None where it is not known."""
        if self._began is None:
            return None
        moment = _EPOCH + timedelta(microseconds=self._began / 1_000, seconds=seconds)
        return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
