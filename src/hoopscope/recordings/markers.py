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

# At the begin of a line, or behind the name of the program that says it.
_ERRORS = re.compile(
    rb"^[ \t]*+(?:[\w./\[\]-]{1,40}+: (?:[^\n:]{1,80}+: )?)?"
    rb"(?:error|fatal|failed|failure|panic|exception|traceback \(most|segmentation fault"
    rb"|permission denied|access denied|command not found|no such file or directory"
    rb"|cannot access|operation not permitted|[\w.]{1,60}(?:error|exception):)",
    re.IGNORECASE | re.MULTILINE,
)
_PROMPTS = re.compile(
    rb"^[\w@:~/.,()\[\]{}=*+\- ]{0,80}+(?:[$#%>]|\xe2\x9d\xaf|\xc2\xbb|\xe2\x9e\x9c)$",
    re.MULTILINE,
)
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
        wanted = [re.escape(word.encode("utf-8", "replace")) for word in words if word.strip()]
        self._patterns = {ERROR: _ERRORS, PROMPT: _PROMPTS}
        if wanted:
            self._patterns[WORD] = re.compile(b"|".join(wanted), re.IGNORECASE)

    def find(self, lines: NewLines, start: int, into: Markers) -> None:
        """Mark what lines hold, from a byte of them on."""
        content = lines.joined()
        for kind, pattern in self._patterns.items():
            into.add(kind, _found(pattern, content, lines, start))


def entered(payload: bytes) -> bool:
    """Whether an input event enters a line."""
    return b"\r" in payload or b"\n" in payload


def announced(payload: bytes) -> str:
    """What kind of marker a shell puts into its output by itself (OSC 133); "" for none."""
    if b"\x1b]133;" not in payload:
        return ""
    if _SHELL_COMMAND.search(payload):
        return COMMAND
    return PROMPT if _SHELL_PROMPT.search(payload) else ""


def _found(
    pattern: re.Pattern[bytes], content: bytes, lines: NewLines, start: int
) -> Iterable[int]:
    before = b""
    while match := pattern.search(content, start):
        event, start = lines.place(match.start())
        line = content[content.rfind(b"\n", 0, match.end()) + 1 : content.find(b"\n", match.end())]
        # A line that is being typed is new with each key: it counts once.
        if not (before and line.startswith(before)):
            yield event
        before = line
