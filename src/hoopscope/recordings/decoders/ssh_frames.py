"""The framing that the gateway wraps SSH channels in, as far as recorded bytes show it.

A type byte and a channel of 16 bits begin each record; the rest of the layout is not documented. A
length in front of the data is passed over where one is there.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

TYPES = {
    1: "open channel",
    2: "request",
    3: "data",
    4: "close channel",
    5: "reply",
    6: "end of data",
    7: "request",
}
"""What a type byte says; 7 is a request of the server's, such as one that tells the exit code."""

OPEN, DATA, CLOSE = 1, 3, 4
_HEAD = struct.Struct(">BH")
_LENGTHS = (struct.Struct(">I"), struct.Struct(">H"))


class SshFrame(NamedTuple):
    """A record's type, channel, and where its contents begin in the payload."""

    type: int
    channel: int
    start: int


class SshTerminals:
    """The channels that a terminal was asked for; a number can be used again by another one."""

    def __init__(self) -> None:
        self._channels: set[int] = set()

    def __contains__(self, channel: int) -> bool:
        return channel in self._channels

    def see(self, payload: bytes, frame: SshFrame) -> None:
        """Take note of a frame that is no data."""
        if frame.type in (OPEN, CLOSE):
            self._channels.discard(frame.channel)
        elif b"pty-req" in payload[frame.start : frame.start + 64]:
            self._channels.add(frame.channel)


def ssh_frame(payload: bytes) -> SshFrame | None:
    """The frame that a payload is; None where it does not look like one."""
    if len(payload) < _HEAD.size:
        return None
    type_, channel = _HEAD.unpack_from(payload)
    if type_ not in TYPES:
        return None
    at = _HEAD.size
    if type_ == DATA:
        for length in _LENGTHS:
            end = at + length.size
            if len(payload) >= end and length.unpack_from(payload, at)[0] == len(payload) - end:
                return SshFrame(type_, channel, end)
    return SshFrame(type_, channel, at)
