"""Lines of spans wrapped to a width, under their text where they begin with a label."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hoopscope.sessions.facts.panel import Line, Span
from hoopscope.untrusted import cell_width

_WORDS = re.compile(r" +|[^ ]+ *")
_NARROWEST = 8
"""Cells that a text gets at least, however long its label is."""


def wrap(line: Line, width: int) -> list[Line]:
    """The line in rows of at most `width` cells, broken between words where that is possible.

    Only plain spaces are places to break at; the text has to be harmless, and stays as it is.
    Where there is no room at all, a row still takes a character.
    """
    width = max(1, width)
    if sum(cell_width(text) for text, _ in line) <= width:
        return [line]
    hang = _hang(line, width)
    rows: list[list[Span]] = [[]]
    room = width
    for word, tone in _words(line):
        bare = cell_width(word.rstrip(" "))
        if bare > room and (bare <= width - hang or room < _NARROWEST):
            room = _new_row(rows, width, hang)
        while bare > room:
            head, word = _split(word, room)
            rows[-1].append((head, tone))
            room = _new_row(rows, width, hang)
            bare = cell_width(word.rstrip(" "))
        size = cell_width(word)
        if size > room:  # its spaces end the row, and are seen as its end
            word, size = word.rstrip(" "), room
        if word:
            rows[-1].append((word, tone))
        room -= size
    return [_joined(row) for row in rows]


def _new_row(rows: list[list[Span]], width: int, hang: int) -> int:
    """Begin another row, unless the last one is still empty; how many cells it has."""
    if len(rows) > 1 and len(rows[-1]) == (hang > 0):
        return width - hang
    if rows[-1]:
        rows.append([(" " * hang, "")] if hang else [])
    return width - hang


def _hang(line: Line, width: int) -> int:
    text, tone = line[0]
    if tone != "label":
        return 0
    return min(cell_width(text), max(0, width - _NARROWEST), width // 2)


def _words(line: Line) -> Iterator[Span]:
    for text, tone in line:
        if tone == "label":
            yield (text, tone)
        else:
            for match in _WORDS.finditer(text):
                yield (match.group(), tone)


def _split(word: str, room: int) -> tuple[str, str]:
    """The head of a word that fills the room, and the rest; at least one character of it."""
    if word.isascii():
        return word[: max(1, room)], word[max(1, room) :]
    used = 0
    for index, character in enumerate(word):
        used += cell_width(character)
        if used > room and index:
            return word[:index], word[index:]
    return word, ""


def _joined(row: list[Span]) -> Line:
    """Neighbours of the same tone as one span: fewer changes of style for the terminal."""
    spans: list[Span] = []
    for text, tone in row:
        if spans and spans[-1][1] == tone:
            spans[-1] = (spans[-1][0] + text, tone)
        else:
            spans.append((text, tone))
    return tuple(spans)
