"""What a decoder made of a recording, as texts: for what was recorded as messages, not as text."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from hoopscope.gateway.event import Event
from hoopscope.recordings.decoders import decoder_for
from hoopscope.recordings.decoders.hex_dump import hex_lines
from hoopscope.recordings.exports.material import Material
from hoopscope.recordings.kinds import RecordingKind
from hoopscope.recordings.marked_text import MarkedText
from hoopscope.recordings.record import HEX, Record
from hoopscope.recordings.secret_patterns import marked, secrets_in

HIDDEN = "(bytes that hold a secret)"
_LONGEST = 8 << 20
"""Bytes of one record that are written."""

_NEAR = 256
"""Events that are kept at hand for what refers to them."""


class Decoded:
    """The records of a recording and their texts, which are untrusted."""

    def __init__(self, material: Material, *, with_secrets: bool) -> None:
        self._material = material
        self._with_secrets = with_secrets
        # Frames keep their lengths when they are masked, and are shown as bytes of whole events.
        self._masks_first = material.kind is RecordingKind.SSH and not with_secrets
        self._near: deque[Event] = deque(maxlen=_NEAR)
        self._count = 0

    def records(self) -> Iterator[Record]:
        """The records, in the order in which they became whole."""
        decoder = decoder_for(self._material.kind)
        for event in self._material.events(with_secrets=not self._masks_first):
            self._near.append(event)
            self._count += 1
            yield from decoder.feed(self._count - 1, event)
        yield from decoder.close()

    def shown(self, text: MarkedText) -> str:
        """A text, without its secrets unless they are wanted."""
        return text.shown(self._with_secrets)

    def text(self, record: Record) -> str:
        """The text of a record: its body, or its title where that says it all."""
        if not record.reference:
            return self.shown(record.body if record.body.text else record.title)
        content = self._payload(record)
        if record.reference != HEX:
            return self.shown(marked(content.decode("utf-8", "backslashreplace")))
        if content is _UNKNOWN or (record.is_masked and not self._with_secrets):
            return HIDDEN
        if not self._with_secrets:
            content = _blanked(content)
        return "\n".join(hex_lines(content))

    def _payload(self, record: Record) -> bytes:
        """What the events of a record hold in its direction."""
        parts = []
        left = _LONGEST
        if self._masks_first:
            oldest = self._count - len(self._near)
            if record.first < oldest:
                return _UNKNOWN
            for number in range(record.first, record.last + 1):
                event = self._near[number - oldest]
                if event.kind == record.direction:
                    parts.append(event.payload)
            return b"".join(parts)[:left]
        recording = self._material.recording
        for _, _, kind, offset, length in recording.entries(record.first, record.last + 1):
            if kind == record.direction and left > 0:
                parts.append(recording.payloads.read(offset, min(length, left)))
                left -= len(parts[-1])
        return b"".join(parts)


_UNKNOWN = b"?"


def _blanked(content: bytes) -> bytes:
    """The same bytes with stars where there is a secret."""
    blanked = bytearray(content)
    for start, end, _ in secrets_in(content):
        blanked[start:end] = b"*" * (end - start)
    return bytes(blanked)
