"""The file that a terminal is, for a thread that has to outlive it."""

from __future__ import annotations

from typing import TextIO


class TerminalFile:
    """Takes what is written, also where there is nobody any more to read it.

    Textual's thread would end with the first thing that cannot be written. Then nobody takes
    anything from its queue, and whoever puts something there waits for good: the loop, and with it
    all that would end the application.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._is_gone = False

    def write(self, text: str) -> int:
        """Write a text if there is still somebody; gives its length."""
        if not self._is_gone:
            try:
                self._file.write(text)
            except (OSError, ValueError):
                self._is_gone = True
        return len(text)

    def flush(self) -> None:
        """Send what was written."""
        if not self._is_gone:
            try:
                self._file.flush()
            except (OSError, ValueError):
                self._is_gone = True

    def fileno(self) -> int:
        """The file's descriptor."""
        return self._file.fileno()

    def isatty(self) -> bool:
        """It is a terminal."""
        return True
