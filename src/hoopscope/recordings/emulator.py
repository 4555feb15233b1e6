"""Emulator: a terminal without a screen, into which what was recorded is fed."""

from __future__ import annotations

from typing import NamedTuple, Protocol

BOLD, ITALIC, FAINT, BLINK, INVERSE, INVISIBLE, STRUCK, UNDERLINED = (1 << bit for bit in range(8))

DEFAULT_COLOUR = -1
TRUE_COLOUR = 1 << 24
"""A colour is -1 (the terminal's own), 0 to 255 (of its palette), or this and 0xRRGGBB."""

MAX_COLUMNS, MAX_ROWS = 500, 200


class EmulatorFailed(Exception):
    """An emulator could not do what it was asked, such as taking a snapshot."""


class Run(NamedTuple):
    """Cells beside each other that look the same.

    text: harmless, and exactly as wide as the cells that it stands for.
    attributes: BOLD and others, added.
    """

    text: str
    attributes: int = 0
    foreground: int = DEFAULT_COLOUR
    background: int = DEFAULT_COLOUR


class Cursor(NamedTuple):
    """Where the cursor is, from 0, and whether it can be seen."""

    column: int
    row: int
    visible: bool


class Emulator(Protocol):
    """One terminal, for one thread. No bytes that it is fed make it raise; the rest may.

    Raises:
        EmulatorFailed: from everything but `feed` and `close`.
    """

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows; a program may have changed them."""
        ...

    def feed(self, content: bytes) -> None:
        """Let it obey some bytes, which may end amid a sequence."""
        ...

    def rows(self) -> list[list[Run]]:
        """What is on its screen, row by row."""
        ...

    def cursor(self) -> Cursor:
        """The cursor."""
        ...

    @property
    def is_alternate(self) -> bool:
        """Whether a full-screen program has the screen to itself."""
        ...

    def text(self, first: int = 0, last: int | None = None) -> bytes:
        """Rows as plain text in UTF-8, without blanks at the ends; not made harmless.

        From row `first` to row `last`, by default all; what is not on the screen is left out.
        """
        ...

    def snapshot(self) -> bytes:
        """All of its state, for `restore` of an emulator of the same kind in this process."""
        ...

    def restore(self, snapshot: bytes) -> None:
        """Be as it was when the snapshot was taken."""
        ...

    def resize(self, columns: int, rows: int) -> None:
        """Become another size."""
        ...

    def close(self) -> None:
        """Give its memory back."""
        ...


def open_emulator(columns: int, rows: int) -> Emulator:
    """The best emulator that there is here: native code, or where it was not built pure Python."""
    columns, rows = max(1, min(columns, MAX_COLUMNS)), max(1, min(rows, MAX_ROWS))
    try:
        from hoopscope.recordings.ghostty_emulator import GhosttyEmulator
    except (ImportError, OSError):
        from hoopscope.recordings.pyte_emulator import PyteEmulator

        return PyteEmulator(columns, rows)
    return GhosttyEmulator(columns, rows)
