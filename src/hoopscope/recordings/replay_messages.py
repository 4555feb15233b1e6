"""What a replay process and its owner say to each other: JSON objects behind their length.

From the owner, by `do`: `open` (`columns` and `rows`, 0 to have them estimated; `words`, guardrail
words to mark; `plain`, whether a line break alone begins a line), `show` (`id`, `event`: the screen
after so many events), `grew`, `size` (`columns`, `rows`), `find` (`id`, `text`).

From the process, by `is`: `size` (`columns`, `rows`, `certainty`), `screen`
(`id`, `event`, `columns`, `rows`, `whole`, `cursor`, `changed`: pairs of a row's number and its
runs), `progress` (`indexed`, `events`, `markers`: new ones by kind, `full`: whether no more lines
are kept, `amounts` of bytes for each so many `seconds`), `found` (`id`, `events`, `whole`).
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from typing import Any

Message = dict[str, Any]

ANSWERS = ("screen", "found")
"""What a process says because it was asked to."""

_LENGTH = struct.Struct(">I")
MAX_BYTES = 1 << 24
"""No message is longer."""


class BadMessage(Exception):
    """What came is not a message; nothing that follows can be understood."""


def encoded(message: Message) -> bytes:
    """A message as bytes. Raises BadMessage where it is too long."""
    body = json.dumps(message, separators=(",", ":")).encode()
    if len(body) > MAX_BYTES:
        raise BadMessage(f"{len(body)} bytes")
    return _LENGTH.pack(len(body)) + body


class Inbox:
    """Puts messages together from bytes as they arrive."""

    def __init__(self) -> None:
        self._held = bytearray()

    def take(self, content: bytes) -> Iterator[Message]:
        """The messages that are complete now. Raises BadMessage."""
        self._held += content
        while len(self._held) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._held)
            if length > MAX_BYTES:
                raise BadMessage(f"{length} bytes")
            end = _LENGTH.size + length
            if len(self._held) < end:
                return
            try:
                message = json.loads(self._held[_LENGTH.size : end])
            except ValueError as error:
                raise BadMessage("no JSON") from error
            del self._held[:end]
            if not isinstance(message, dict):
                raise BadMessage("no object")
            yield message
