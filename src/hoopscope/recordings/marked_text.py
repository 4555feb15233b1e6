"""MarkedText: text of which some places are secrets, so that it can be shown with and without."""

from __future__ import annotations

from typing import NamedTuple

MASK = "********"
"""What stands in the place of a secret, however long that is."""


class Secret(NamedTuple):
    """A place that holds a secret: from `start` to before `end`, and what it is ("password")."""

    start: int
    end: int
    what: str


class MarkedText(NamedTuple):
    """A text, which may be hostile, and where its secrets are: in order, without overlaps."""

    text: str
    secrets: tuple[Secret, ...] = ()

    def masked(self) -> str:
        """The text without its secrets."""
        if not self.secrets:
            return self.text
        parts: list[str] = []
        at = 0
        for start, end, _ in self.secrets:
            parts += self.text[at:start], MASK
            at = end
        return "".join((*parts, self.text[at:]))

    def shown(self, revealed: bool) -> str:
        """The text as it is, or without its secrets."""
        return self.text if revealed else self.masked()

    def cut(self, length: int) -> MarkedText:
        """At most the first `length` characters."""
        if len(self.text) <= length:
            return self
        kept = tuple(
            Secret(start, min(end, length), what)
            for start, end, what in self.secrets
            if start < length
        )
        return MarkedText(self.text[:length], kept)


NOTHING = MarkedText("")


def secret(text: str, what: str) -> MarkedText:
    """A text that is a secret as a whole."""
    return MarkedText(text, (Secret(0, len(text), what),) if text else ())


def joined(*texts: MarkedText | str) -> MarkedText:
    """Texts one behind the other."""
    parts: list[str] = []
    secrets: list[Secret] = []
    at = 0
    for text in texts:
        if isinstance(text, str):
            parts.append(text)
            at += len(text)
            continue
        parts.append(text.text)
        secrets += [Secret(at + start, at + end, what) for start, end, what in text.secrets]
        at += len(text.text)
    return MarkedText("".join(parts), tuple(secrets))
