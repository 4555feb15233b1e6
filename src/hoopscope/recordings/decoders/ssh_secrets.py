"""Secrets among SSH data: what was typed in a channel without being shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hoopscope.gateway.event import Event
from hoopscope.recordings.decoders.ssh_frames import DATA, SshTerminals, ssh_frame
from hoopscope.recordings.marked_text import Secret
from hoopscope.recordings.typed_lines import TypedLine, TypedLines

_MOST_CHANNELS = 64


class SshSecrets:
    """Finds them in the payloads, each channel being a terminal of its own."""

    def __init__(self) -> None:
        self._terminals = SshTerminals()
        self._channels: dict[int, TypedLines] = {}

    @property
    def first_undecided(self) -> int | None:
        """The number of the first event of which it is not known yet."""
        numbers = [typed.first_undecided for typed in self._channels.values()]
        return min((number for number in numbers if number is not None), default=None)

    def feed(self, number: int, event: Event) -> Iterator[tuple[int, Secret]]:
        """Secrets with the events that they are in."""
        frame = ssh_frame(event.payload)
        if frame is None or event.kind not in ("i", "o"):
            return
        if frame.type != DATA:
            self._terminals.see(event.payload, frame)
        if frame.type != DATA or frame.channel not in self._terminals:
            return
        typed = self._channels.get(frame.channel)
        if typed is None:
            if len(self._channels) >= _MOST_CHANNELS:
                yield from self._drop(next(iter(self._channels)))
            typed = self._channels[frame.channel] = TypedLines()
        yield from _in_lines(typed.feed(number, event, frame.start))

    def close(self) -> Iterator[tuple[int, Secret]]:
        """Those in lines that never ended."""
        for channel in list(self._channels):
            yield from self._drop(channel)

    def _drop(self, channel: int) -> Iterator[tuple[int, Secret]]:
        yield from _in_lines(self._channels.pop(channel).close())


def _in_lines(lines: Iterable[TypedLine]) -> Iterator[tuple[int, Secret]]:
    for line in lines:
        if line.what:
            for number, start, end in line.places:
                yield number, Secret(start, end, line.what)
