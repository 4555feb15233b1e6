"""SSH, git: the gateway's framing of channels, as far as the recorded bytes show it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hoopscope.gateway.event import Event
from hoopscope.recordings.decoders.hex_dump import hex_lines, is_text, preview
from hoopscope.recordings.decoders.raw import raw_record
from hoopscope.recordings.decoders.ssh_frames import (
    DATA,
    TYPES,
    SshFrame,
    SshTerminals,
    ssh_frame,
)
from hoopscope.recordings.decoders.terminal import TerminalDecoder
from hoopscope.recordings.decoders.wording import closing, size_of, title_of
from hoopscope.recordings.marked_text import MarkedText, joined
from hoopscope.recordings.record import HEX, Record
from hoopscope.recordings.secret_patterns import marked
from hoopscope.recordings.terminal_text import readable

_MOST_CHANNELS = 64
_SHOWN = 65536
_HEX_SHOWN = 1024
_WORDS = re.compile(rb"[\x20-\x7e]{3,}")


class SshDecoder:
    """Channels with a terminal are read as one; what opens, asks and closes is a record too."""

    def __init__(self) -> None:
        self._terminals = SshTerminals()
        self._channels: dict[int, TerminalDecoder] = {}

    def feed(self, number: int, event: Event) -> Iterator[Record]:
        """The records that are whole now."""
        if event.kind not in ("i", "o"):
            yield from self.close()
            yield closing(number, event) if event.kind == "e" else raw_record(number, event)
            return
        frame = ssh_frame(event.payload)
        if frame is None:
            yield raw_record(number, event)
        elif frame.type == DATA and frame.channel not in self._terminals:
            yield _data(number, event, frame)
        elif frame.type == DATA:
            channel = self._channels.get(frame.channel)
            if channel is None:
                if len(self._channels) >= _MOST_CHANNELS:
                    yield from self._drop(next(iter(self._channels)))
                channel = self._channels[frame.channel] = TerminalDecoder(inline=True)
            for record in channel.feed(number, event, frame.start):
                yield _of_channel(record, frame.channel)
        else:
            if frame.channel in self._channels:
                for record in self._channels[frame.channel].settle():
                    yield _of_channel(record, frame.channel)
            self._terminals.see(event.payload, frame)
            yield _control(number, event, frame)

    def settle(self) -> Iterator[Record]:
        """The output so far."""
        for name, channel in self._channels.items():
            for record in channel.settle():
                yield _of_channel(record, name)

    def give_up(self) -> Iterator[Record]:
        """All that has come; no line waits for its echo any longer."""
        for name, channel in self._channels.items():
            for record in channel.give_up():
                yield _of_channel(record, name)

    def close(self) -> Iterator[Record]:
        """All that is left."""
        for channel in list(self._channels):
            yield from self._drop(channel)

    def _drop(self, channel: int) -> Iterator[Record]:
        for record in self._channels.pop(channel).close():
            yield _of_channel(record, channel)


def _of_channel(record: Record, channel: int) -> Record:
    return record._replace(fields=(("channel", MarkedText(str(channel))), *record.fields))


def _data(number: int, event: Event, frame: SshFrame) -> Record:
    """Data of a channel without a terminal: of a command, a transfer, a forwarded port."""
    contents = event.payload[frame.start :]
    plain = is_text(contents)
    if plain:
        body = marked(readable(contents[:_SHOWN]))
        title = title_of(body.text[:1200])
    else:
        body = MarkedText("\n".join(hex_lines(contents[:_HEX_SHOWN])))
        title = MarkedText(f"{size_of(len(contents))}  {preview(contents)}")
    fields = [("channel", MarkedText(str(frame.channel)))]
    if len(contents) > (_SHOWN if plain else _HEX_SHOWN):
        fields.append(
            ("note", MarkedText(f"the first of {size_of(len(contents))}; its bytes are all there"))
        )
    kind = "text" if plain else "bytes"
    return Record(event.seconds, event.kind, number, number, kind, title, tuple(fields), body)


def _control(number: int, event: Event, frame: SshFrame) -> Record:
    contents = event.payload[frame.start : frame.start + 4096]
    words = [word.decode("ascii") for word in _WORDS.findall(contents)]
    title = joined(f"channel {frame.channel}  ", marked(" ".join(words)[:200]))
    return Record(
        event.seconds, event.kind, number, number, TYPES[frame.type], title, reference=HEX
    )
