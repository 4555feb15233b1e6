"""Raw bytes of a protocol that is not known: text where they look like it, else hexadecimal."""

from __future__ import annotations

from collections.abc import Iterator

from hoopscope.gateway.event import Event
from hoopscope.recordings.decoders.hex_dump import hex_lines, is_text, preview
from hoopscope.recordings.decoders.wording import closing, size_of, title_of
from hoopscope.recordings.marked_text import MarkedText, joined
from hoopscope.recordings.record import HEX, TEXT, Record
from hoopscope.recordings.secret_patterns import has_secrets, marked
from hoopscope.recordings.terminal_text import readable

_CUT_AT = 5000
"""Bytes after which the gateway cuts a piece of such a stream."""
_PART_SHOWN = 65_536


class RawDecoder:
    """A record for each event."""

    def feed(self, number: int, event: Event) -> Iterator[Record]:
        """The record of this event."""
        yield closing(number, event) if event.kind == "e" else raw_record(number, event)

    def settle(self) -> Iterator[Record]:
        """Nothing is held back."""
        return iter(())

    def close(self) -> Iterator[Record]:
        """Nothing is held back."""
        return iter(())


def raw_record(number: int, event: Event, kind: str = "", *, is_part: bool = False) -> Record:
    """The record of bytes as they are.

    kind: its word, by default "text" or "bytes".
    is_part: whether there is more in the event, which is not meant.
    """
    payload = event.payload
    plain = is_text(payload)
    size = size_of(len(payload))
    if plain:
        title = title_of(readable(payload[:1200]))
    else:
        title = joined(f"{size}  ", marked(preview(payload)))
    fields = [("size", MarkedText(size))]
    if len(payload) == _CUT_AT:
        fields.append(("note", MarkedText("may go on: the gateway keeps 5,000 bytes of a piece")))
    word = kind or ("text" if plain else "bytes")
    if is_part:
        shown = readable(payload[:_PART_SHOWN]) if plain else "\n".join(hex_lines(payload[:1024]))
        body = marked(shown)
        return Record(
            event.seconds, event.kind, number, number, word, title, tuple(fields), body
        )  # fmt: skip
    return Record(
        event.seconds,
        event.kind,
        number,
        number,
        word,
        title,
        tuple(fields),
        reference=TEXT if plain else HEX,
        has_secrets=has_secrets(payload),
    )
