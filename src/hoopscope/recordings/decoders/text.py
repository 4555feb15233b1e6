"""Text: what an exec was given and what it printed; and all that nothing else is known about."""

from __future__ import annotations

from collections.abc import Iterator

from hoopscope.gateway.event import Event
from hoopscope.recordings.decoders.output_run import OutputRun
from hoopscope.recordings.decoders.raw import raw_record
from hoopscope.recordings.decoders.wording import closing, title_of
from hoopscope.recordings.record import TEXT, Record
from hoopscope.recordings.secret_patterns import has_secrets
from hoopscope.recordings.terminal_text import readable

_TOGETHER = 0.05
"""Seconds within which pieces of output are one."""
_RUN_BYTES = 4096


class TextDecoder:
    """Scripts and output; small pieces of output that came at once are one record."""

    def __init__(self) -> None:
        self._run = OutputRun()

    def feed(self, number: int, event: Event) -> Iterator[Record]:
        """The records that are whole now."""
        kind, payload = event.kind, event.payload
        if kind == "o":
            run = self._run
            if not run.holds(event.seconds, len(payload), _TOGETHER, _RUN_BYTES):
                yield run.ended()
            run.add(number, event)
            return
        yield from self.settle()
        if kind == "e":
            yield closing(number, event)
        elif kind == "i":
            yield Record(
                event.seconds,
                kind,
                number,
                number,
                "input",
                title_of(readable(payload[:1200])),
                reference=TEXT,
                has_secrets=has_secrets(payload),
            )
        else:
            yield raw_record(number, event)

    def settle(self) -> Iterator[Record]:
        """The output so far."""
        if self._run.size:
            yield self._run.ended()

    def close(self) -> Iterator[Record]:
        """All that is left."""
        return self.settle()
