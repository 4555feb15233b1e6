"""OutputRun: pieces of output that are read as one."""

from __future__ import annotations

from hoopscope.gateway.event import Event
from hoopscope.recordings.decoders.hex_dump import is_text
from hoopscope.recordings.decoders.wording import TITLE, first_line, size_of, title_of
from hoopscope.recordings.marked_text import NOTHING, MarkedText
from hoopscope.recordings.record import HEX, TEXT, Record
from hoopscope.recordings.secret_patterns import has_secrets, marked
from hoopscope.recordings.terminal_text import readable

_HEAD = 4 * TITLE


class OutputRun:
    """Collects events of output; their text is kept by reference, or inline for bytes in frames."""

    def __init__(self, inline: bool = False) -> None:
        self._inline = inline
        self._parts: list[bytes] = []
        self._number = 0
        self._seconds = 0.0
        self.size = 0
        """Bytes so far."""
        self.last = 0
        """The number of the last event."""

    def holds(self, seconds: float, size: int, together: float, most: int) -> bool:
        """Whether another piece can be one with what there is."""
        return not self.size or (seconds - self._seconds < together and self.size + size <= most)

    def add(self, number: int, event: Event, first: int = 0) -> None:
        """Another piece, without its first bytes."""
        if not self.size:
            self._number = number
            self._seconds = event.seconds
        payload = event.payload[first:] if first else event.payload
        self.last = number
        self.size += len(payload)
        self._parts.append(payload)

    def ended(self, full_screen: bool = False) -> Record:
        """The record of it; what is added next begins another one."""
        content = self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)
        self._parts = []
        size, self.size = self.size, 0
        hides = has_secrets(content)
        if full_screen:
            title = MarkedText(f"full screen, {size_of(size)}")
        elif hides:
            title = title_of(readable(content[:_HEAD]))
        else:
            title = MarkedText(first_line(readable(content[:_HEAD])))
        low = title.text[:10].lower()
        return Record(
            self._seconds,
            "o",
            self._number,
            self.last,
            "screen" if full_screen else "output",
            title,
            (),
            marked(readable(content)) if self._inline else NOTHING,
            "" if self._inline else TEXT if is_text(content) else HEX,
            not self._inline and hides,
            "blocked" if low == "blocked by" else "",
        )
