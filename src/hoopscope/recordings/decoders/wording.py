"""Words that decoders share: titles, closing messages."""

from __future__ import annotations

import re
from collections.abc import Callable

from hoopscope.gateway.event import Event
from hoopscope.recordings.marked_text import MarkedText, joined, secret
from hoopscope.recordings.record import Record
from hoopscope.recordings.secret_patterns import has_secrets, marked

TITLE = 300
"""Characters that a title has at most."""

_BLOCKED = ("blocked by", "access to connection has been denied", "access request rejected")
_SPACES = re.compile(r"\s+")


def first_line(text: str) -> str:
    """The first line of a text with something in it, as much as a title takes."""
    for line in text[: 4 * TITLE].split("\n"):
        if line := line.strip():
            return line[:TITLE]
    return ""


def title_of(text: str) -> MarkedText:
    """The first line of a text with something in it, with its secrets marked."""
    return marked(first_line(text))


def marker_for(content: bytes) -> Callable[[str], MarkedText]:
    """What marks the secrets of texts that are parts of some bytes: nothing, if these have none."""
    return marked if has_secrets(content) else MarkedText


def one_line(text: MarkedText) -> MarkedText:
    """The head of a text as one line, line breaks and all runs of spaces as one space."""
    if "\n" not in text.text and "  " not in text.text and len(text.text) <= TITLE:
        return text
    head = text.cut(4 * TITLE)
    if not head.secrets:
        return MarkedText(_SPACES.sub(" ", head.text).strip()[:TITLE])
    parts: list[MarkedText | str] = []
    at = 0
    for start, end, what in head.secrets:
        parts += _SPACES.sub(" ", head.text[at:start]), secret(head.text[start:end], what)
        at = end
    return joined(*parts, _SPACES.sub(" ", head.text[at:])).cut(TITLE)


def size_of(count: int) -> str:
    """How many bytes, as people write it."""
    return "1 byte" if count == 1 else f"{count:,} bytes"


def closing(number: int, event: Event) -> Record:
    """The record of a message that the gateway itself ended the session with."""
    text = event.payload[:65536].decode("utf-8", "backslashreplace")
    low = text.lower()
    if low.startswith(_BLOCKED) or "guardrail" in low:
        tone = "blocked"
    elif low.startswith("context canceled"):
        tone = "notice"
    else:
        tone = "failure"
    body = marked(text) if "\n" in text.strip() or len(text) > TITLE else MarkedText("")
    return Record(
        event.seconds, event.kind, number, number, "closing", title_of(text), (), body, tone=tone
    )
