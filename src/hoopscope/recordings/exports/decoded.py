"""What a decoder made of a recording, as texts: for what was recorded as messages, not as text."""

from __future__ import annotations

from collections.abc import Iterator

from hoopscope.recordings.decoders import decoder_for
from hoopscope.recordings.decoders.hex_dump import hex_lines
from hoopscope.recordings.exports.material import Material
from hoopscope.recordings.record import HEX, Record
from hoopscope.recordings.secret_patterns import marked

HIDDEN = "(bytes that hold a secret)"
_LONGEST = 8 << 20
"""Bytes of one record that are written."""


def records_of(material: Material) -> Iterator[Record]:
    """The records of a recording, in the order in which they became whole."""
    decoder = decoder_for(material.kind)
    for number, event in enumerate(material.events(with_secrets=True)):
        yield from decoder.feed(number, event)
    yield from decoder.close()


def text_of(material: Material, record: Record, *, with_secrets: bool) -> str:
    """The text of a record: its body, its title where that says it all. Untrusted."""
    if record.reference:
        content = _payload(material, record)
        if record.reference != HEX:
            return marked(content.decode("utf-8", "backslashreplace")).shown(with_secrets)
        hidden = record.is_masked and not with_secrets
        return HIDDEN if hidden else "\n".join(hex_lines(content))
    return (record.body if record.body.text else record.title).shown(with_secrets)


def _payload(material: Material, record: Record) -> bytes:
    parts = []
    left = _LONGEST
    for _, _, kind, offset, length in material.recording.entries(record.first, record.last + 1):
        if kind == record.direction and left > 0:
            parts.append(material.recording.payloads.read(offset, min(length, left)))
            left -= len(parts[-1])
    return b"".join(parts)
