"""Markers: moments of a recording that are worth going to."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from hoopscope.recordings.appearances import NewLines

COMMAND, PROMPT, ERROR, WORD = "command", "prompt", "error", "word"
KINDS = (COMMAND, PROMPT, ERROR, WORD)
"""A line entered, a prompt that appeared, something that failed, a guardrail word."""

_MOST = 100_000

# At the begin of a line, or behind the name of the program that says it; in lower case.
_ERRORS = re.compile(
    rb"[ \t]*+(?:[\w./\[\]-]{1,40}+: (?:[^\n:]{1,80}+: )?)?"
    rb"(?:error|fatal|failed|failure|panic|exception|traceback \(most|segmentation fault"
    rb"|permission denied|access denied|command not found|no such file or directory"
    rb"|cannot access|operation not permitted|[\w.]{1,60}(?:error|exception):)"
)
_ERROR_NEEDLES = (
    *(b"error", b"fatal", b"fail", b"panic", b"exception", b"traceback", b"segmentation"),
    *(b"denied", b"not found", b"no such", b"cannot access", b"not permitted"),
)
_PROMPTS = re.compile(
    rb"[\w@:~/.,()\[\]{}=*+\- ]{0,80}+(?:[$#%>]|\xe2\x9d\xaf|\xc2\xbb|\xe2\x9e\x9c)\n"
)
_PROMPT_NEEDLES = (b"$\n", b"#\n", b"%\n", b">\n", b"\x9d\xaf\n", b"\xc2\xbb\n", b"\x9e\x9c\n")
ANNOUNCEMENT = b"\x1b]133;"
"""How a shell begins to say itself where its prompts and commands are (OSC 133)."""

_SHELL_PROMPT = re.compile(rb"\x1b\]133;A")
_SHELL_COMMAND = re.compile(rb"\x1b\]133;C")


class Markers:
    """The numbers of the events at which something of a kind happened, in order."""

    def __init__(self) -> None:
        self._events = {kind: array("I") for kind in KINDS}

    def add(self, kind: str, events: Iterable[int]) -> None:
        """Add events behind those there are; the same one again counts once."""
        known = self._events.get(kind)
        if known is None:
            return
        for event in events:
            if len(known) < _MOST and (not known or event > known[-1]):
                known.append(event)

    def of(self, *kinds: str) -> Sequence[int]:
        """The events of one kind, or of several."""
        if len(kinds) == 1:
            return self._events[kinds[0]]
        return sorted({event for kind in kinds for event in self._events[kind]})

    def commands(self) -> Sequence[int]:
        """The events with which commands began; where none was recorded, prompts."""
        return self._events[COMMAND] or self._events[PROMPT]

    def since(self, known: dict[str, int]) -> dict[str, list[int]]:
        """What was added since so many of each kind were known; counts it as known."""
        added = {}
        for kind, events in self._events.items():
            if len(events) > known.get(kind, 0):
                added[kind] = list(events[known.get(kind, 0) :])
                known[kind] = len(events)
        return added


def following(events: Sequence[int], event: int) -> int | None:
    """The first of some events behind one."""
    at = bisect_right(events, event)
    return events[at] if at < len(events) else None


def preceding(events: Sequence[int], event: int) -> int | None:
    """The last of some events before one."""
    at = bisect_left(events, event) - 1
    return events[at] if at >= 0 else None


class LineMarks:
    """Finds errors, guardrail words and prompts in lines that appeared.

    Args:
        words: guardrail words, matched anywhere and in any case.
    """

    def __init__(self, words: Sequence[str] = ()) -> None:
        self._words = tuple(
            word.lower().encode("utf-8", "replace") for word in words if word.strip()
        )

    def find(self, lines: NewLines, start: int, into: Markers, *, prompts: bool = True) -> None:
        """Mark what lines hold, from a byte of them on; prompts only where nothing tells them."""
        content = lines.joined().lower()
        into.add(ERROR, _found(_ERROR_NEEDLES, _ERRORS, content, lines, start))
        if prompts:
            into.add(PROMPT, _found(_PROMPT_NEEDLES, _PROMPTS, content, lines, start))
        into.add(WORD, _found(self._words, None, content, lines, start))


def announced(payload: bytes) -> str:
    """What kind of marker a shell puts into its output by itself (OSC 133); "" for none."""
    if ANNOUNCEMENT not in payload:
        return ""
    if _SHELL_COMMAND.search(payload):
        return COMMAND
    return PROMPT if _SHELL_PROMPT.search(payload) else ""


def _found(
    needles: Sequence[bytes],
    pattern: re.Pattern[bytes] | None,
    content: bytes,
    lines: NewLines,
    start: int,
) -> list[int]:
    """The events with a line that has one of the needles and, from its begin on, the pattern."""
    found: set[tuple[int, bytes]] = set()
    for needle in needles:
        at = content.find(needle, start)
        while at >= 0:
            begin, end = content.rfind(b"\n", 0, at) + 1, content.find(b"\n", at) + 1
            if pattern is None or pattern.match(content, begin, end):
                event, end = lines.place(at)
                found.add((event, content[begin:end]))
            at = content.find(needle, end)
    events, before = [], b""
    for event, line in sorted(found):
        # A line that is being typed is new with each key: it counts once.
        if not (before and line.startswith(before)):
            events.append(event)
        before = line.rstrip(b"\n")
    return events
