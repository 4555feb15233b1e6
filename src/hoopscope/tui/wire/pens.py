"""Pens: what a terminal writes with, and the shortest way from one to another.

A pen is stood for by a sign, so that the looks of a row are a string as long as the row.
"""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

PLAIN = "\ue000"
"""The pen without any colour or mark; what a terminal begins with."""

_MOST_PENS = 0x1800
"""As many signs are for private use from `PLAIN` on."""

_MARKS = frozenset(["1", "2", "3", "4", "5", "6", "7", "8", "9", "21", "51", "52", "53"])
_SEEN_ON_BLANKS = frozenset(["4", "5", "6", "7", "9", "21", "51", "52", "53"])
_COLOUR_NUMBERS = {"5": 1, "2": 3}


class NotUnderstood(ValueError):
    """Something is no frame, or has something in it that is not known here."""


class Pen(NamedTuple):
    """Numbers as SGR has them; an empty colour is the terminal's own."""

    marks: frozenset[str] = frozenset()
    foreground: str = ""
    background: str = ""


class Pens:
    """The pens seen so far, each by its sign; not for two threads."""

    def __init__(self) -> None:
        self._pens = [Pen()]
        self._signs = {Pen(): PLAIN}
        self._after: dict[tuple[str, str], str] = {}
        self._blanks: dict[str, str] = {}
        self._changes: dict[tuple[str, str], str] = {}

    def after(self, sign: str, numbers: str) -> str:
        """The pen that `ESC [ numbers m` makes of another one.

        Raises:
            NotUnderstood: a number is not known here, or there are too many pens by now.
        """
        pen = self._after.get((sign, numbers))
        if pen is None:
            pen = self._after[sign, numbers] = self._sign(_changed(self._pen(sign), numbers))
        return pen

    def blank(self, sign: str) -> str:
        """The pen whose blanks look like those of this one: foregrounds are not seen there."""
        blank = self._blanks.get(sign)
        if blank is None:
            pen = self._pen(sign)
            seen = pen.marks & _SEEN_ON_BLANKS
            blank = sign if seen else self._sign(Pen(background=pen.background))
            self._blanks[sign] = blank
        return blank

    def change(self, old: str, new: str) -> str:
        """The fewest bytes that make one pen another."""
        change = self._changes.get((old, new))
        if change is None:
            change = self._changes[old, new] = _change(self._pen(old), self._pen(new))
        return change

    def _pen(self, sign: str) -> Pen:
        return self._pens[ord(sign) - ord(PLAIN)]

    def _sign(self, pen: Pen) -> str:
        sign = self._signs.get(pen)
        if sign is None:
            if len(self._pens) >= _MOST_PENS:
                raise NotUnderstood("too many pens")
            sign = self._signs[pen] = chr(ord(PLAIN) + len(self._pens))
            self._pens.append(pen)
        return sign


def _changed(pen: Pen, numbers: str) -> Pen:
    marks, foreground, background = pen
    rest = iter(numbers.split(";"))
    for part in rest:
        number = int(part or "0")
        if number == 0:
            marks, foreground, background = Pen()
        elif part in _MARKS:
            marks |= {part}
        elif number in (38, 48):
            kind = next(rest, "")
            values = list(islice(rest, _COLOUR_NUMBERS.get(kind, 0)))
            if not values or len(values) < _COLOUR_NUMBERS[kind]:
                raise NotUnderstood(numbers)
            colour = ";".join([part, kind, *values])
            foreground, background = (colour, background) if number == 38 else (foreground, colour)
        elif 30 <= number <= 39 or 90 <= number <= 97:
            foreground = "" if number == 39 else part
        elif 40 <= number <= 49 or 100 <= number <= 107:
            background = "" if number == 49 else part
        else:
            raise NotUnderstood(numbers)
    return Pen(marks, foreground, background)


def _change(old: Pen, new: Pen) -> str:
    if old == new:
        return ""
    if new == Pen():
        return "\x1b[m"
    numbers = [part for part in (*sorted(new.marks), *new[1:]) if part]
    # An empty number is 0, which takes everything back.
    ways = [f"\x1b[{';'.join(numbers if old == Pen() else ['', *numbers])}m"]
    if old.marks <= new.marks:
        added = sorted(new.marks - old.marks)
        if old.foreground != new.foreground:
            added.append(new.foreground or "39")
        if old.background != new.background:
            added.append(new.background or "49")
        ways.append(f"\x1b[{';'.join(added)}m")
    return min(ways, key=len)
