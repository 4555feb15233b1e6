"""A record in lines of harmless spans."""

from __future__ import annotations

from collections.abc import Iterator

from hoopscope.recordings.decoders.hex_dump import hex_lines
from hoopscope.recordings.marked_text import MASK, MarkedText
from hoopscope.recordings.record import Record
from hoopscope.recordings.record_log import RecordLog
from hoopscope.recordings.record_texts import (
    HIDDEN,
    body_of,
    hides_bytes,
    payload_of,
    shown_body,
    size_of_payload,
)
from hoopscope.sessions.facts.panel import Line, Span
from hoopscope.sessions.facts.quantities import size
from hoopscope.untrusted import harmless, harmless_lines

GLANCE = 8192
"""Bytes of a body that are put into lines; a pager shows all of it."""

_TITLE = 2000
_VALUE = 4000
_PIECE = 240


def record_lines(log: RecordLog, number: int, record: Record, *, revealed: bool) -> Iterator[Line]:
    """Title, fields and body, as much as a glance shows."""
    title = record.title
    if record.reference or record.body.text:
        body = shown_body(log, number, record, revealed, GLANCE)
    else:
        body = ""
    if record.fields or not body:
        yield _spans("", title.cut(_TITLE), revealed)
    labels = max((len(name) for name, _ in record.fields), default=0)
    for name, text in record.fields:
        label = f"{harmless(name, 40):<{min(labels, 20)}}  "
        yield ((label, "label"), *_spans("", text.cut(_VALUE), revealed))
    if not body:
        return
    if record.fields:
        yield ()
    for line in harmless_lines(body[:GLANCE]):
        # Wrapping takes the square of a line's length.
        for at in range(0, len(line) or 1, _PIECE):
            yield ((line[at : at + _PIECE], ""),)
    left = size_of_payload(log, record) if record.reference else len(record.body.text)
    if left > GLANCE:
        yield ()
        yield ((f"… of {size(left)}; enter opens all of it", "muted"),)


def byte_lines(log: RecordLog, number: int, record: Record, *, revealed: bool) -> Iterator[Line]:
    """The bytes that a record was made of, in hexadecimal, as many as a glance shows."""
    if not revealed and hides_bytes(log, number, record):
        yield ((HIDDEN, "muted"),)
        return
    for line in hex_lines(payload_of(log, record, GLANCE)):
        yield ((line, ""),)
    whole = size_of_payload(log, record)
    if whole > GLANCE:
        yield ()
        yield ((f"… of {size(whole)}; enter opens all of it", "muted"),)


def secret_count(log: RecordLog, record: Record) -> int:
    """How many secrets a record has."""
    texts = [record.title, record.body, *[text for _, text in record.fields]]
    count = len({(text.text, secret) for text in texts for secret in text.secrets})
    if record.has_secrets:
        count += len(body_of(log, record, GLANCE).secrets)
    return count


def _spans(tone: str, text: MarkedText, revealed: bool) -> tuple[Span, ...]:
    """A text in one line, its secrets in a tone of their own."""
    if not text.secrets:
        return ((_line(text.text), tone),)
    spans = []
    at = 0
    for start, end, _ in text.secrets:
        spans.append((_line(text.text[at:start]), tone))
        spans.append((_line(text.text[start:end]) if revealed else MASK, "notice"))
        at = end
    spans.append((_line(text.text[at:]), tone))
    return tuple(span for span in spans if span[0]) or (("", tone),)


def _line(text: str) -> str:
    return harmless(text.replace("\r\n", " ").replace("\n", " "))
