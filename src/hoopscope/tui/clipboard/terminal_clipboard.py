"""TerminalClipboard: copies, if that is allowed, and says what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from hoopscope.tui.clipboard.copied_text import amount, one_line, several_lines
from hoopscope.tui.clipboard.ways import Way, sequence

LONGEST = 74_994
"""Bytes: encoded they are just below 100,000, from which on terminals drop all of it, silently."""

OFF_HERE = "Copying is switched off in the settings."
OFF_AT_GATEWAY = "This gateway has copying switched off for its clients."

_WHERE = {
    Way.PLAIN: "to the terminal",
    Way.TMUX: "through tmux",
    Way.SCREEN: "through screen",
    Way.TMUX_OR_SCREEN: "through tmux or screen",
}


class Copied(NamedTuple):
    """What became of a copy: a harmless sentence, its tone; `text` was copied, "" for nothing."""

    said: str
    tone: str = "waiting"
    text: str = ""


class TerminalClipboard:
    """The clipboard of the terminal; whether something arrives there cannot be known.

    Args:
        way: how it is reached.
        write: sends to the terminal.
    """

    def __init__(self, way: Way, write: Callable[[str], None]) -> None:
        self.way = way
        self._write = write

    def refusal(self, *, allowed: bool) -> str:
        """Why nothing can be copied at all; "" where copying is on."""
        if not allowed:
            return OFF_AT_GATEWAY
        return OFF_HERE if self.way is Way.OFF else ""

    def copy(self, text: str, what: str, *, allowed: bool, is_line: bool = False) -> Copied:
        """Copy a text.

        Args:
            text: may be hostile.
            what: names it in a sentence ("the link"), harmless.
            allowed: whether the gateway lets its clients copy.
            is_line: a line break in it is copied as an escape.
        """
        refusal = self.refusal(allowed=allowed)
        if refusal:
            return Copied(refusal)
        if not text:
            return Copied(f"There is nothing to copy: {what} is empty.", "muted")
        size = len(text.encode("utf-8", "replace"))
        fits = size <= LONGEST
        if fits:
            text = one_line(text) if is_line else several_lines(text)
            size = len(text.encode())
            fits = size <= LONGEST
        if not fits:
            reason = f"{size:,} bytes, and terminals take {LONGEST:,}"
            return Copied(f"{what[0].upper()}{what[1:]} is too long for a clipboard: {reason}.")
        self._write(sequence(text, self.way))
        return Copied(f"Copied {what}, {amount(text)}, {_WHERE[self.way]} (OSC 52).", "muted", text)
