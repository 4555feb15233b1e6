"""TextFinder: what is looked for in a text, where it was found, and how often it is in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from hoopscope.recordings.byte_source import ByteSource
from hoopscope.recordings.search_pattern import PatternTooSlow, Places, SearchPattern
from hoopscope.recordings.text_search import TextSearch
from hoopscope.untrusted import harmless

_ON_SCREEN_SECONDS = 0.02
"""How long an expression may look through one row; the event loop waits for it."""

_TOLD_SECONDS = 0.25


class TextFinder:
    """Finds the matches of one pattern in one text, forwards and backwards.

    Args:
        source: the text.
        pattern: what is looked for.
        skips_sequences: see TextSearch.
        moved: called in the event loop when it has counted further.
    """

    def __init__(
        self,
        source: ByteSource,
        pattern: SearchPattern,
        *,
        skips_sequences: bool,
        moved: Callable[[], None],
    ) -> None:
        self.pattern = pattern
        self.current: Places | None = None
        self.too_slow = False
        self.number: int | None = None
        """Which of all matches the current one is, from 1, if it is known."""
        self._search = TextSearch(source, pattern, skips_sequences=skips_sequences)
        on_screen = SearchPattern(
            pattern.text, ignores_case=pattern.ignores_case, seconds=_ON_SCREEN_SECONDS
        )
        self._on_screen = TextSearch(source, on_screen, skips_sequences=skips_sequences)
        self._is_slow_on_screen = False
        self._moved = moved
        self._latest = 0

    @property
    def shown(self) -> str:
        """What is looked for, harmless."""
        return f"“{harmless(self.pattern.text, 40)}”"

    @property
    def standing(self) -> str:
        """How many matches there are, and which of them is the current one."""
        if self.too_slow:
            return "stopped: the expression is too slow"
        count = self._search.count
        if not self._search.is_counted:
            return f"{count:,} matches, counting …" if count else "counting …"
        if not count:
            return "no match"
        matches = f"{count:,} " + ("match" if count == 1 else "matches")
        return f"{self.number:,} of {matches}" if self.number else matches

    def in_sight(self, begins: int, ends: int, line: tuple[int, int]) -> Sequence[Places]:
        """The matches in a part of a line; only the current one where the expression is slow."""
        if not self.too_slow and not self._is_slow_on_screen:
            try:
                return self._on_screen.within(begins, ends, line)
            except PatternTooSlow:
                self._is_slow_on_screen = True  # one row has cost enough
        return () if self.current is None else (self.current,)

    def stop(self) -> None:
        """Look no further: something else is looked for."""
        self._latest += 1

    async def step(self, offset: int, *, backwards: bool) -> tuple[Places | None, bool]:
        """The next match from an offset on, or the last before it; and whether it went around.

        None where there is none, or another step was asked for meanwhile. Raises PatternTooSlow.
        """
        self._latest += 1
        ticket = self._latest

        def go_on() -> bool:
            return ticket == self._latest

        def look() -> tuple[Places | None, bool]:
            search, size = self._search, self._search.source.size()
            if backwards:
                found = search.last_before(offset, go_on=go_on)
                around = None if found else search.last_before(size, go_on=go_on)
            else:
                found = search.next_from(offset, go_on=go_on)
                around = None if found else search.next_from(0, go_on=go_on)
            return found or around, found is None

        try:
            found, went_around = await asyncio.to_thread(look)
        except PatternTooSlow:
            self.too_slow = True
            raise
        if ticket != self._latest:
            return None, False
        self.current, self.number = found, None
        return found, went_around

    async def count(self) -> None:
        """Count all matches, and find out which of them the current one is."""
        loop = asyncio.get_running_loop()
        told = loop.time()
        try:
            while await asyncio.to_thread(self._search.count_on):
                if loop.time() - told > _TOLD_SECONDS:
                    told = loop.time()
                    self._moved()
            current = self.current
            if current is not None:
                number = await asyncio.to_thread(self._search.number_of, current)
                if current == self.current:
                    self.number = number
        except PatternTooSlow:
            self.too_slow = True
        self._moved()
