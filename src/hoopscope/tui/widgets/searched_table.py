"""SearchedTable: a virtual table in whose rows a text or an expression is looked for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar, NamedTuple

from textual import work

from hoopscope.recordings.search_pattern import PatternTooSlow, SearchPattern
from hoopscope.tui.widgets.requests import AnswerWanted, SentenceWanted
from hoopscope.tui.widgets.session_table import VirtualTable
from hoopscope.untrusted import harmless


class Searched(NamedTuple):
    """What is looked through: places from 0 to `size`, around from `start`, each with a text.

    rows: what the places belong to; what was found in other rows by then is left aside.
    """

    rows: object
    start: int
    size: int
    text: Callable[[int], str]


class SearchedTable(VirtualTable):
    """Looks in a thread, one place after the other; a later search ends an earlier one."""

    find_question: ClassVar[str]
    found_nowhere: ClassVar[str]
    """What is said of a text behind its name."""

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self._pattern: SearchPattern | None = None
        self._looking = 0

    def _searched(self) -> Searched | None:
        """What there is to look through now, if anything."""
        raise NotImplementedError

    def _go_to_found(self, place: int, shown: str) -> None:
        """Go to a place; `shown` names what was looked for, harmless."""
        raise NotImplementedError

    def action_find(self) -> None:
        """Ask what to look for."""
        self.post_message(AnswerWanted(self.find_question, self.find))

    def find(self, text: str) -> None:
        """Go to the next place with a text or an expression; for "" to that of the last one."""
        if text:
            self._look_for(text)
        else:
            self.action_find_next(False)

    @work(exclusive=True, group="find-in-rows")
    async def _look_for(self, text: str) -> None:
        self._pattern = await asyncio.to_thread(SearchPattern, text)
        self.action_find_next(False)

    def action_find_next(self, backwards: bool) -> None:
        """To the next or the previous place with what is looked for."""
        if self._pattern is None:
            self.post_message(SentenceWanted("Nothing has been looked for yet."))
        elif (searched := self._searched()) is not None:
            self._find(searched, self._pattern, -1 if backwards else 1)

    @work(exclusive=True, group="find-in-rows")
    async def _find(self, searched: Searched, pattern: SearchPattern, step: int) -> None:
        self._looking += 1
        ticket = self._looking

        def look() -> int | None:
            for away in range(1, searched.size + 1):
                if ticket != self._looking:
                    return None
                place = (searched.start + step * away) % searched.size
                content = searched.text(place).replace("\n", " ")
                if next(pattern.matches(content.encode("utf-8", "replace")), None):
                    return place
            return None

        try:
            found = await asyncio.to_thread(look)
        except PatternTooSlow:
            self.post_message(SentenceWanted("The expression is too slow: it was stopped."))
            return
        now = self._searched()
        if ticket != self._looking or now is None or now.rows is not searched.rows:
            return
        shown = f"“{harmless(pattern.text, 40)}”"
        if found is None:
            self.post_message(SentenceWanted(f"{shown} {self.found_nowhere}"))
        else:
            self._go_to_found(found, shown)
