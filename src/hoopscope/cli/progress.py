"""Progress on standard error: one line that is written over, at most twice a second."""

from __future__ import annotations

import sys
import time

from hoopscope.cli.messages import say

EVERY_SECONDS = 0.5


class Progress:
    """Says how far a long command has come, where somebody can see it.

    Args:
        wanted: False where the output itself goes to the terminal.
    """

    def __init__(self, *, wanted: bool) -> None:
        self._visible = wanted and sys.stderr is not None and sys.stderr.isatty()
        self._next = time.monotonic() + EVERY_SECONDS
        self._shown = False

    def due(self) -> bool:
        """Whether it is time to show something; cheap enough to ask for each page."""
        return self._visible and time.monotonic() >= self._next

    def show(self, text: str) -> None:
        """Write over the line with ASCII text that is our own."""
        self._next = time.monotonic() + EVERY_SECONDS
        self._shown = True
        self._write(f"\r{text}\x1b[K")

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            self._shown = False
            self._write("\r\x1b[K")

    def note(self, text: str) -> None:
        """A last sentence for somebody who watches; nothing where nobody does."""
        self.clear()
        if sys.stderr is not None and sys.stderr.isatty():
            say(text)

    def _write(self, text: str) -> None:
        try:
            assert sys.stderr is not None
            sys.stderr.write(text)
            sys.stderr.flush()
        except (OSError, ValueError):
            self._visible = False
