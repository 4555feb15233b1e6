"""TextColouring: the tones of those lines of a text that are in sight, found off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from hoopscope.recordings.highlighting import LONGEST_LINE, Highlighter, Tone
from hoopscope.recordings.text_lines import LONG, TextLines

_BEFORE = 60
"""Lines before those in sight that are read too: a comment may have begun there."""

_AFTER = 20
_KEPT = 2_000


class TextColouring:
    """Knows the tones of lines that were asked for.

    Args:
        lines: the text.
        language: a name or alias that pygments knows, "" for none.
        found: called in the event loop with the lines whose tones are known now.
    """

    def __init__(
        self, lines: TextLines, language: str, found: Callable[[Sequence[int]], None]
    ) -> None:
        self._lines = lines
        self._highlighter = Highlighter(language)
        self._found = found
        self._tones: dict[int, list[Tone]] = {}
        self._asked: tuple[int, int] | None = None

    def tones_of(self, line: int) -> Sequence[Tone]:
        """The tones of a line's signs; none as long as they are not known."""
        return self._tones.get(line, ())

    def forget(self, first: int = 0) -> None:
        """Lines are other than they were from this one on."""
        self._tones = {line: tones for line, tones in self._tones.items() if line < first}
        self._asked = None

    def prepare(self, first: int, last: int) -> tuple[int, int] | None:
        """Find the tones of lines from `first` to before `last` if that is a matter of moments.

        Otherwise gives the lines that `find` is to be awaited for; None if nothing is left to do.
        """
        wanted = range(first, min(last, len(self._lines)))
        if not self._highlighter.language or all(line in self._tones for line in wanted):
            return None
        around = max(0, first - _BEFORE), min(wanted.stop + _AFTER, len(self._lines))
        texts = self._texts(*around)
        if self._highlighter.is_quick(sum(map(len, texts))):
            self._keep(around, self._highlighter.tones(texts))
            return None
        if around == self._asked:
            return None
        self._asked = around
        return around

    async def find(self, first: int, last: int) -> None:
        """Find the tones of lines in a thread, and tell when they are known."""
        texts = self._texts(first, last)
        tones = await asyncio.to_thread(self._highlighter.tones, texts)
        if self._asked == (first, last):
            self._asked = None
            self._keep((first, last), tones)
            self._found(range(first, last))

    def _keep(self, around: tuple[int, int], tones: Sequence[list[Tone]]) -> None:
        if len(self._tones) > _KEPT:
            self._tones.clear()
        self._tones.update(zip(range(*around), tones, strict=True))

    def _texts(self, first: int, last: int) -> list[str]:
        texts = []
        for line in range(first, last):
            begins, ends = self._lines.index.span(line)
            is_short = ends - begins <= min(LONG, LONGEST_LINE)
            texts.append(self._lines.piece(line, 0, LONGEST_LINE).text if is_short else "")
        return texts
