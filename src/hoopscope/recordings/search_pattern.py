"""What is looked for in a text: words as they are, or a regular expression."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

Places: TypeAlias = tuple[int, int]
"""Where a match begins, and where it ends."""

_META = re.compile(r"[\\^$.|?*+()\[\]{}]")


class PatternTooSlow(Exception):
    """A regular expression took longer than it may; it was stopped."""


class SearchPattern:
    """Finds its matches in bytes. Ignores case unless it is written with capitals.

    A match lies within one line and is never empty. What is no valid expression, or has nothing of
    one, is looked for as it is written; that is many times faster.

    Args:
        text: what was asked for.
        ignores_case: whether case matters; None leaves it to the text.
        seconds: how long a regular expression may look through one piece of text.
    """

    def __init__(
        self, text: str, *, ignores_case: bool | None = None, seconds: float = 2.0
    ) -> None:
        self.text = text
        self.is_literal = not _META.search(text)
        self.why_literal = ""
        """Why what looks like an expression is none; "" otherwise."""
        self._seconds = seconds
        self.ignores_case = text == text.lower() if ignores_case is None else ignores_case
        self._expression: Any = None
        self._bytes = text.encode("utf-8", "surrogatepass")
        if self.ignores_case:
            self._bytes = self._bytes.lower()
        if not self.is_literal:
            self._compile(text)
        if self.is_literal and self.ignores_case and not text.isascii():
            self._compile(re.escape(text))

    @classmethod
    def of_words(cls, words: Iterable[str], expression: str = "") -> SearchPattern | None:
        """A pattern for any of some words, whatever their case, or an expression; None for none."""
        choices = [re.escape(word) for word in sorted({*words} - {""}, key=len, reverse=True)]
        if expression:
            choices.append(expression)
        return cls("|".join(choices), ignores_case=True) if choices else None

    @property
    def is_quick(self) -> bool:
        """Whether it is words in bytes, without an expression."""
        return self._expression is None

    def _compile(self, expression: str) -> None:
        import regex  # some tens of milliseconds, needed by those only who search

        flags = regex.MULTILINE | (regex.IGNORECASE if self.ignores_case else 0)
        try:
            self._expression = regex.compile(expression, flags)
        except (regex.error, RecursionError, OverflowError) as error:
            self.is_literal, self.why_literal = True, str(error)

    def count(self, content: bytes, begins: int, ends: int) -> int:
        """How many matches begin within some of the bytes. Raises PatternTooSlow."""
        if self._expression is not None:
            return sum(1 for _ in self.matches(content, begins, ends))
        if not self._bytes:
            return 0
        folded = content.lower() if self.ignores_case else content
        return folded.count(self._bytes, begins, ends + len(self._bytes) - 1)

    def matches(self, content: bytes, begins: int = 0, ends: int | None = None) -> Iterator[Places]:
        """The matches that begin at a byte from `begins` to before `ends`, in order.

        What stands before and after is seen too, by `^` and the like. Raises PatternTooSlow.
        """
        ends = len(content) if ends is None else ends
        if self._expression is not None:
            yield from self._expressed(content, begins, ends)
            return
        wanted = self._bytes
        folded = content.lower() if self.ignores_case else content
        at = folded.find(wanted, begins) if wanted else -1
        while 0 <= at < ends:
            yield at, at + len(wanted)
            at = folded.find(wanted, at + len(wanted))

    def last(self, content: bytes, begins: int, ends: int) -> Places | None:
        """The last of the matches. Raises PatternTooSlow."""
        if self._expression is None and self._bytes:
            folded = content.lower() if self.ignores_case else content
            at = folded.rfind(self._bytes, begins, ends + len(self._bytes) - 1)
            return (at, at + len(self._bytes)) if at >= 0 else None
        return next(iter(deque(self.matches(content, begins, ends), maxlen=1)), None)

    def _expressed(self, content: bytes, begins: int, ends: int) -> Iterator[Places]:
        text = content.decode("utf-8", "surrogateescape")
        plain = len(text) == len(content)
        first = begins if plain else len(content[:begins].decode("utf-8", "surrogateescape"))
        last = ends if plain else len(content[:ends].decode("utf-8", "surrogateescape"))
        places = self._in_text(text, first, last)
        if plain:
            yield from places
        else:
            yield from _in_bytes(text, places)

    def _in_text(self, text: str, at: int, ends: int) -> Iterator[Places]:
        while at < ends:
            found = self._search(text, at, len(text))
            if found is None or found[0] >= ends:
                return
            line_end = text.find("\n", found[0], found[1])
            if line_end >= 0:
                # It would go on in the next line: look again in this one alone.
                at = found[0]
                if line_end == at:
                    at += 1
                    continue
                found = self._search(text, at, line_end)
                if found is None:
                    at = line_end + 1
                    continue
            if found[1] > found[0]:
                yield found
            at = max(found[1], found[0] + 1)

    def _search(self, text: str, begins: int, ends: int) -> Places | None:
        try:
            found = self._expression.search(
                text, begins, ends, timeout=self._seconds, concurrent=True
            )
        except TimeoutError as error:
            raise PatternTooSlow(self.text) from error
        return None if found is None else found.span()


def _in_bytes(text: str, places: Iterable[Places]) -> Iterator[Places]:
    """Places in a text as places in its bytes."""
    sign = at = 0
    for begins, ends in places:
        at += len(text[sign:begins].encode("utf-8", "surrogateescape"))
        size = len(text[begins:ends].encode("utf-8", "surrogateescape"))
        yield at, at + size
        sign, at = ends, at + size
