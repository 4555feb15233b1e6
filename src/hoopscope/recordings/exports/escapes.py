"""Terminal output as text: what a terminal would obey is left out or shown, piece by piece."""

from __future__ import annotations

import re

from hoopscope.untrusted import harmless

# What moves the cursor, colours or switches modes carries no text of its own.
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[ -/]+[0-~]|[0-OQ-WYZ\\`-~])")
_UNFINISHED = re.compile(r"(?:\x1b(?:\[[0-?]*[ -/]*|[ -/]*)|\r+)\Z")
_LONGEST_SEQUENCE = 64
_RETURNS = re.compile(r"\r+\n")
_AT_START = re.compile(r"\n\r+")
_RUNS = re.compile(r"[^\n\t]+")


class PlainText:
    """Removes colours, cursor movements and mode switches; shows all else that is obeyed.

    A carriage return that is not part of a line's end begins a new line, so that what a progress
    bar wrote over can be read. Line ends become `\\n`. What is cut in two between pieces is held
    back until the rest comes, or `end`.
    """

    def __init__(self) -> None:
        self._held = ""
        self._at_start = True

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
        return self._plain(held.rstrip("\r"))

    def _plain(self, text: str) -> str:
        if "\x1b" in text:
            text = _SEQUENCE.sub("", text)
        if "\r" in text:
            text = text.replace("\r\n", "\n")
            if "\r" in text:
                text = self._without_returns(_RETURNS.sub("\n", text))
        if text:
            self._at_start = text[-1] == "\n"
        return shown(text)

    def _without_returns(self, text: str) -> str:
        if self._at_start:
            text = text.lstrip("\r")
        return _AT_START.sub("\n", text).replace("\r", "\n")


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
