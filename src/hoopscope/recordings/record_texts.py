"""The texts of records: bodies by reference, hexadecimal views, what a pager reads."""

from __future__ import annotations

import json

from hoopscope.recordings.byte_source import ByteSource, HeldBytes
from hoopscope.recordings.decoders.hex_dump import hex_lines
from hoopscope.recordings.marked_text import MarkedText, joined
from hoopscope.recordings.record import HEX, TEXT, Record
from hoopscope.recordings.record_log import RecordLog
from hoopscope.recordings.secret_patterns import marked
from hoopscope.recordings.terminal_text import readable

GLANCE = 65_536
"""Bytes of a body that a glance shows."""
_NEAR = 64
_LONGEST_MASKED = 8 << 20
_LONGEST_HEX = 1 << 20
_LONGEST_LAID_OUT = 262_144


def payload_of(log: RecordLog, record: Record, limit: int) -> bytes:
    """At most `limit` bytes of the payloads that a record was made of, in its direction."""
    parts = []
    left = limit
    for _, _, kind, offset, length in log.recording.entries(record.first, record.last + 1):
        if kind != record.direction:
            continue
        parts.append(log.recording.payloads.read(offset, min(length, left)))
        left -= min(length, left)
        if not left:
            break
    return b"".join(parts)


def size_of_payload(log: RecordLog, record: Record) -> int:
    """How many bytes a record was made of, in its direction."""
    return sum(
        length
        for _, _, kind, _, length in log.recording.entries(record.first, record.last + 1)
        if kind == record.direction
    )


def body_of(log: RecordLog, record: Record, limit: int = GLANCE) -> MarkedText:
    """The text of a record, JSON laid out; at most `limit` bytes are read of one by reference."""
    if record.reference == HEX:
        return MarkedText("\n".join(hex_lines(payload_of(log, record, limit))))
    if record.language == "json":
        text = readable(payload_of(log, record, limit)) if record.reference else record.body.text
        return marked(laid_out(text))
    if not record.reference:
        return record.body
    return marked(readable(payload_of(log, record, limit)))


def laid_out(text: str) -> str:
    """JSON, one document or one a line, with an indent; any other text as it is."""
    if len(text) > _LONGEST_LAID_OUT:
        return text
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        pass
    lines = [line for line in text.split("\n") if line.strip()]
    try:
        laid = [json.dumps(json.loads(line), indent=2, ensure_ascii=False) for line in lines]
    except (ValueError, RecursionError):
        return text
    return "\n".join(laid)


def shown_body(
    log: RecordLog, number: int, record: Record, revealed: bool, limit: int = GLANCE
) -> str:
    """The text of a record for a glance, without its secrets unless they are to be shown."""
    if record.reference == HEX and not revealed and hides_bytes(log, number, record):
        return HIDDEN
    return body_of(log, record, limit).shown(revealed)


HIDDEN = "These bytes hold a secret. They are shown together with all secrets."
"""What stands in the place of bytes of which a part may not be seen."""


def hides_bytes(log: RecordLog, number: int, record: Record) -> bool:
    """Whether the events of a record hold a secret, be it another record's."""
    if record.is_masked:
        return True
    for head in log.heads(max(0, number - _NEAR), 2 * _NEAR):
        if (
            head.is_masked
            and head.direction == record.direction
            and head.first <= record.last
            and record.first <= head.last
        ):
            return True
    return False


def source_of(log: RecordLog, number: int, record: Record, revealed: bool) -> ByteSource:
    """What a pager reads: the body without its secrets unless they are to be shown."""
    if record.reference == TEXT and not record.language and (revealed or not record.has_secrets):
        return RecordedPiece(log, record)
    if record.reference == HEX:
        if not revealed and hides_bytes(log, number, record):
            return HeldBytes(HIDDEN.encode())
        return HeldBytes(body_of(log, record, _LONGEST_HEX).text.encode())
    text = body_of(log, record, _LONGEST_MASKED)
    if not text.text:
        text = whole_text(log, record)
    return HeldBytes(text.shown(revealed).encode("utf-8", "backslashreplace"))


def hex_source_of(log: RecordLog, number: int, record: Record, revealed: bool) -> ByteSource:
    """What a pager reads to see the bytes of a record, the first MB of them, in hexadecimal."""
    if not revealed and hides_bytes(log, number, record):
        return HeldBytes(HIDDEN.encode())
    return HeldBytes("\n".join(hex_lines(payload_of(log, record, _LONGEST_HEX))).encode())


class RecordedPiece:
    """A ByteSource of the payloads that a record was made of, as they are."""

    def __init__(self, log: RecordLog, record: Record) -> None:
        self._payloads = log.recording.payloads
        self._pieces = [
            (offset, length)
            for _, _, kind, offset, length in log.recording.entries(record.first, record.last + 1)
            if kind == record.direction
        ]

    def size(self) -> int:
        """How many bytes there are."""
        return sum(length for _, length in self._pieces)

    def read(self, offset: int, count: int) -> bytes:
        """At most `count` bytes from `offset` on."""
        parts = []
        for there, length in self._pieces:
            if offset < length and count > 0:
                parts.append(self._payloads.read(there + offset, min(count, length - offset)))
                count -= len(parts[-1])
            offset = max(0, offset - length)
        return b"".join(parts)


def whole_text(log: RecordLog, record: Record) -> MarkedText:
    """Everything about a record, for a clipboard: title, fields, body."""
    lines: list[MarkedText | str] = [record.kind, "  ", record.title]
    for name, text in record.fields:
        lines += ["\n", name, ": ", text]
    body = body_of(log, record)
    if body.text:
        lines += ["\n\n", body]
    return joined(*lines)
