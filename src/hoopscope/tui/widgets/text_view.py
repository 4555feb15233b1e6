"""TextView: a pager for a text of any size, in which one finds, marks and copies."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.strip import Strip

from hoopscope.recordings.byte_source import ByteSource
from hoopscope.recordings.error_words import ERRORS
from hoopscope.recordings.search_pattern import PatternTooSlow, Places, SearchPattern
from hoopscope.recordings.shown_text import Way
from hoopscope.recordings.text_lines import LONG
from hoopscope.tui.widgets.requests import AnswerWanted, SentenceWanted
from hoopscope.tui.widgets.text_colouring import TextColouring
from hoopscope.tui.widgets.text_finder import TextFinder
from hoopscope.tui.widgets.text_pager import MomentOf
from hoopscope.tui.widgets.text_painter import Layer, RowLook
from hoopscope.tui.widgets.text_selecting import TextSelecting
from hoopscope.tui.widgets.text_viewport import TextRow
from hoopscope.untrusted import harmless

TOO_SLOW = (
    "The expression is too slow for this text and was stopped. "
    "Words without special signs are found in a text of any size."
)


class TextView(TextSelecting):
    """A pager: moves, selects, copies, finds, goes from error to error, colours, marks words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "find", "find", id="pager.find"),
        Binding("n", "find_next(False)", "next match", show=False, id="pager.find_next"),
        Binding("N", "find_next(True)", "previous match", show=False, id="pager.find_previous"),
        Binding("e", "next_error(False)", "next error", id="pager.go_to_next_error"),
        Binding(
            "E", "next_error(True)", "previous error", show=False, id="pager.go_to_previous_error"
        ),
    ]

    _place: Places | None = None
    _words: Sequence[str] = ()
    _marks: re.Pattern[bytes] | None = None
    _errors: TextFinder | None = None
    _finder: TextFinder | None = None
    _colouring: TextColouring | None = None

    @property
    def position(self) -> str:
        """Where the view is in the text, what is selected, how often something is in it."""
        finder = self._finder
        found = f"{finder.shown} {finder.standing}" if finder is not None else ""
        return " · ".join(part for part in (super().position, found) if part)

    def show(
        self,
        source: ByteSource,
        *,
        language: str = "",
        marks: Sequence[str] = (),
        moment_of: MomentOf | None = None,
        at_end: bool = False,
        complete: bool = True,
        way: Way | None = None,
    ) -> None:
        """Show a text from its start, or its end.

        Args:
            language: a name or alias that pygments knows, "" for none.
            marks: words to mark in the text, such as those that a guardrail matched.
            moment_of: when a byte was recorded; None where there are no times.
            at_end: begin at the end.
            complete: whether no more text will come; see `grew`.
            way: what is done with what a terminal would obey; by default a text in a language
                has it shown, any other is cooked.
        """
        self.usual_way = way or (Way.PLAIN if language else Way.COOKED)
        self._stop_finding()
        self._here = self._anchor = self._place = None
        self._finder = self._errors = self._colouring = None
        self._words = [word for word in marks if word]
        words = b"|".join(re.escape(word.encode()) for word in self._words)
        self._marks = re.compile(words, re.IGNORECASE) if words else None
        super().show(
            source, way=self.usual_way, moment_of=moment_of, at_end=at_end, complete=complete
        )
        if language:
            self._colouring = TextColouring(self._lines, language, self._lines_changed)
            self._settle(anew=True)

    def grew(self, complete: bool = False) -> None:
        """Take in text that came at the end of the source since; stays where it is, or follows."""
        super().grew(complete)
        if self._finder is not None and not self._finder.too_slow:
            self._count(self._finder)

    def set_way(self, way: Way) -> None:
        """Do something else with what a terminal would obey."""
        if self._colouring is not None:
            self._colouring.forget()
        self._errors = None
        finder = self._finder
        super().set_way(way)
        if finder is not None:
            self._finder = self._finder_of(finder.pattern)
            self._count(self._finder)
            self._settle(anew=True)

    def action_find(self) -> None:
        """Ask what to look for."""
        self.post_message(AnswerWanted("find", self.find))

    def find(self, text: str) -> None:
        """Go to the next place where a text or an expression is; for "" to that of the last one."""
        if text:
            self._stop_finding()
            self._look_for(text)
        else:
            self.action_find_next(False)

    @work(exclusive=True, group="text-find")
    async def _look_for(self, text: str) -> None:
        pattern = await asyncio.to_thread(SearchPattern, text)
        self._finder = self._finder_of(pattern)
        self._drawn.clear()
        self.action_find_next(False)

    def action_find_next(self, backwards: bool) -> None:
        """To the next or the previous match."""
        if self._finder is None:
            self.post_message(SentenceWanted("Nothing has been looked for yet."))
            return
        self._find(self._finder, backwards)

    def action_next_error(self, backwards: bool) -> None:
        """To the next or the previous line with an error, or with a word to be marked."""
        self._find_error(backwards)

    def action_clear(self) -> None:
        """End the selection; without one, look for nothing any more."""
        if self._anchor is None:
            self._stop_finding()
            self._finder = self._place = None
        super().action_clear()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape is for others where there is nothing to clear."""
        if action == "clear" and self._finder is not None:
            return True
        return super().check_action(action, parameters)

    def _look_of(self, row: TextRow) -> RowLook:
        look = super()._look_of(row)
        line = begins, ends = self._lines.index.span(row.line)
        if ends - begins > LONG:
            first, last = look.shown.signs_in(look.column, self._viewport.width + 2)
            begins, ends = look.shown.places[first], look.shown.places[last]
        layers: list[Layer] = []
        if self._marks is not None:
            content = self.source.read(begins, ends - begins)
            found = self._marks.finditer(content)
            layers += [(begins + at.start(), begins + at.end(), "marked") for at in found]
        sign = ("!", "marked") if layers and look.sign[0] == " " else look.sign
        if self._finder is not None:
            layers += [(*at, "match") for at in self._finder.in_sight(begins, ends, line)]
        if self._place is not None:
            layers.append((*self._place, "current"))
        if not layers and self._colouring is None:
            return look
        tones = self._colouring.tones_of(row.line) if self._colouring is not None else ()
        return replace(look, sign=sign, layers=layers, tones=tones)

    def _draw(self) -> list[Strip]:
        rows = self._viewport.rows()
        if self._colouring is not None and rows:
            left = self._colouring.prepare(rows[0].line, rows[-1].line + 1)
            if left is not None:
                self._colour(self._colouring, *left)
        return super()._draw()

    def _changed_from(self, line: int) -> None:
        if self._colouring is not None:
            self._colouring.forget(line)
        super()._changed_from(line)

    @work(exclusive=True, group="text-colours")
    async def _colour(self, colouring: TextColouring, first: int, last: int) -> None:
        await colouring.find(first, last)

    @work(exclusive=True, group="text-count")
    async def _count(self, finder: TextFinder) -> None:
        await finder.count()

    @work(exclusive=True, group="text-find")
    async def _find(self, finder: TextFinder, backwards: bool) -> None:
        current = finder.current if finder.current == self._place else None
        offset = self._offset_from(current, backwards=backwards)
        try:
            found, went_around = await finder.step(offset, backwards=backwards)
        except PatternTooSlow:
            self.post_message(SentenceWanted(TOO_SLOW, "failure"))
            self._settle(anew=True)
            return
        if found is None:
            if not self.is_complete:
                said = f"{finder.shown} is not in what is here so far."
            elif self.source.size():
                said = f"{finder.shown} is not in this text."
            else:
                said = "There is nothing here to look through."
            self.post_message(SentenceWanted(said))
        elif went_around:
            ends = ("the start", "the end") if backwards else ("the end", "the start")
            self.post_message(SentenceWanted(f"From {ends[0]} it went on at {ends[1]}."))
        else:
            why = finder.pattern.why_literal
            said = f"This is no expression ({why}): it is looked for as it is." if why else ""
            self.post_message(SentenceWanted(harmless(said)))
        self._arrive(found)
        self._count(finder)

    @work(exclusive=True, group="text-find")
    async def _find_error(self, backwards: bool) -> None:
        if not len(self._lines):
            return
        if self._errors is None:
            # In a script the words of an error are nothing but words.
            errors = "" if self._colouring else ERRORS
            pattern = await asyncio.to_thread(SearchPattern.of_words, self._words, errors)
            if pattern is None:
                self.post_message(SentenceWanted("No guardrail matched anything in this text."))
                return
            self._errors = self._finder_of(pattern)
        begins, ends = self._lines.index.span(self.line_here)
        if not backwards and self._here is None:
            ends = begins
        found, went_around = await self._errors.step(
            begins if backwards else ends, backwards=backwards
        )
        if found is None:
            words = "there is a guardrail's word" if self._colouring else "looks like an error"
            where = "In no line of this text" if self._colouring else "No line of this text"
            self.post_message(SentenceWanted(f"{where} {words}."))
        elif went_around:
            which = "last" if backwards else "first"
            self.post_message(SentenceWanted(f"There was none any more: this is the {which} one."))
        else:
            self.post_message(SentenceWanted(""))
        self._arrive(found)

    def _offset_from(self, current: Places | None, *, backwards: bool) -> int:
        """Where to look from: the last match if it is in sight, else what is in sight."""
        index = self._lines.index
        if current is not None:
            line = index.line_at(current[0])
            if any(row.line == line for row in self._viewport.rows()):
                return current[0] if backwards else current[1]
        return index.span(self.line_here)[0] if len(index) else 0

    def _arrive(self, found: Places | None) -> None:
        if found is not None:
            self._place = found
            self.go_to_offset(*found)
            self.go_here(self._lines.index.line_at(found[0]))
        self._settle(anew=True)

    def _stop_finding(self) -> None:
        if self._finder is not None:
            self._finder.stop()

    def _finder_of(self, pattern: SearchPattern) -> TextFinder:
        skips = self.way is Way.COOKED
        return TextFinder(self.source, pattern, skips_sequences=skips, moved=self._settle)
