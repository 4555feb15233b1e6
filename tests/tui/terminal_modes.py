"""What a terminal is left with after all that was written to it: modes, colours, margins."""

from __future__ import annotations

import re

_SEQUENCE = re.compile(rb"\x1b\[([<>=?]?)([0-9;:]*)([ -/]*)([@-~])")
FRESH = {7, 25}
"""Private modes that are on in a terminal that nobody has used: wrapping, a cursor in sight."""


class TerminalModes:
    """Follows escape sequences; knows nothing of what is on the screen."""

    def __init__(self, written: bytes) -> None:
        self.private = set(FRESH)
        """Private modes that are on."""
        self.keyboards = 0
        """Kitty's keyboard flags that were pushed and not taken back."""
        self.pen = ""
        """The last colours and styles, "" for none."""
        self.margins = ""
        """The last scrolling region, "" for the whole screen."""
        for mark, numbers, between, final in _SEQUENCE.findall(written):
            self._take(mark.decode(), numbers.decode(), between.decode(), final.decode())

    def _take(self, mark: str, numbers: str, between: str, final: str) -> None:
        if between:
            return
        if mark == "?" and final in "hl":
            modes = {int(number) for number in numbers.split(";") if number}
            self.private = self.private | modes if final == "h" else self.private - modes
        elif final == "u" and mark in "<>" and mark:
            self.keyboards += 1 if mark == ">" else -1
        elif final == "m" and not mark:
            self.pen = "" if numbers in ("", "0") else numbers
        elif final == "r" and not mark:
            self.margins = numbers

    @property
    def is_fresh(self) -> bool:
        """Whether nothing is left of the program."""
        return (self.private, self.keyboards, self.pen, self.margins) == (set(FRESH), 0, "", "")

    def __repr__(self) -> str:
        left = sorted(self.private ^ FRESH)
        return f"modes {left}, keyboards {self.keyboards}, pen {self.pen!r}, {self.margins!r}"
