"""Terminal output as text: what a terminal would obey is left out or shown, piece by piece."""

from __future__ import annotations

import re

from hoopscope.untrusted import harmless

# What places the cursor somewhere: what follows is not part of the line before.
_PLACING = re.compile(r"\x1b\[[0-9;]*[EFHdf]")
# What moves it, colours or switches modes carries no text of its own.
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[ -/]+[0-~]|[0-OQ-WYZ\\`-~])")
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[ -/]*)\Z")
_LONGEST_SEQUENCE = 64
_LINE_ENDS = re.compile(r"\r+\n")
_AT_START = re.compile(r"\n\r+")
_RETURNS = re.compile(r"\r+")
_RUNS = re.compile(r"[^\n\t]+")


class PlainText:
    """Removes colours, cursor movements and mode switches; shows all else that is obeyed.

    A carriage return that is not part of a line's end begins a new line, as does placing the
    cursor, so that what a progress bar wrote over can be read. Line ends become `\\n`. What is cut
    in two between pieces is held back until the rest comes, or `end`.
    """

    def __init__(self) -> None:
        self._held = ""
        self._at_start = True
        self._has_returned = False

    def feed(self, text: str) -> str:
        """The next piece."""
        text = self._held + text
        self._held = ""
        # A sequence that began longer ago is none.
        if found := _UNFINISHED.search(text, max(0, len(text) - _LONGEST_SEQUENCE)):
            self._held = text[found.start() :]
            text = text[: found.start()]
        return self._plain(text)

    def end(self) -> str:
        """What was held back."""
        held, self._held = self._held, ""
        return self._plain(held)

    def _plain(self, text: str) -> str:
        if "\x1b" in text:
            text = _SEQUENCE.sub("", _PLACING.sub("\r", text))
        if self._has_returned or "\r" in text:
            text = self._without_returns(text)
        if text:
            self._at_start = text[-1] == "\n"
        return shown(text)

    def _without_returns(self, text: str) -> str:
        whole = "\r" + text if self._has_returned else text
        # What a return at the end means, the next piece tells.
        text = whole.rstrip("\r")
        self._has_returned = len(text) < len(whole)
        text = text.replace("\r\n", "\n")
        if "\r" not in text:
            return text
        text = _LINE_ENDS.sub("\n", text)
        if self._at_start:
            text = text.lstrip("\r")
        return _RETURNS.sub("\n", _AT_START.sub("\n", text))


class ShownText:
    """Shows everything that a terminal would obey, line ends apart."""

    def __init__(self) -> None:
        self._held = ""

    def feed(self, text: str) -> str:
        """The next piece."""
        text = self._held + text
        self._held = "\r" if text.endswith("\r") else ""
        return shown(text.removesuffix("\r").replace("\r\n", "\n"))

    def end(self) -> str:
        """What was held back."""
        held, self._held = self._held, ""
        return shown(held)


def shown(text: str) -> str:
    """Several lines, harmless; line ends and tabs stay."""
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return _RUNS.sub(lambda run: harmless(run[0]), text)
