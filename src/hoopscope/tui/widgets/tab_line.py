"""The parts of a session on one line, each with its key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.strip import Strip

from hoopscope.tui.widgets.line import Line, Span
from hoopscope.untrusted import cell_width


@dataclass(frozen=True, slots=True)
class Tab:
    """One of them: its key ("" for none) and its name, both harmless, and whether it can be had."""

    key: str
    name: str
    is_there: bool = True


class TabLine(Line):
    """` 1 Summary  2 Script  – Replay`: the current one stands out, what is missing has no key.

    Where there is too little room, first the missing ones go, then the names of all but the
    current one.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--current"}
    DEFAULT_CSS = """
    TabLine > .line--current {
        background: $block-cursor-background;
        color: $block-cursor-foreground;
        text-style: bold;
    }
    """

    @dataclass
    class Chosen(Message):
        """A tab was clicked; `index` is its place in the line."""

        index: int

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._missing_sign = "-" if ascii_only else "–"
        self._tabs: Sequence[Tab] = ()
        self._current = 0
        self._ends: list[tuple[int, int]] = []
        self._width = 0

    def show_tabs(self, tabs: Sequence[Tab], current: int) -> None:
        """Show these; `current` is the index of the one that is open."""
        self._tabs, self._current = tabs, current
        self.show(self._laid_out(self.size.width))

    def render_line(self, y: int) -> Strip:
        """The line as a strip, exactly as wide as the widget."""
        width = self.size.width
        if width != self._width:
            # Another width has room for other names, and is drawn before it is told of.
            self._width = width
            self._left = tuple(self._laid_out(width))
        return super().render_line(y)

    def on_click(self, event: events.Click) -> None:
        """Choose the tab that was clicked."""
        event.stop()
        for end, index in self._ends:
            if event.x < end:
                self.post_message(self.Chosen(index))
                return

    def _laid_out(self, width: int) -> list[Span]:
        everything = [(index, self._text(tab)) for index, tab in enumerate(self._tabs)]
        there = [(index, text) for index, text in everything if self._is_there(index)]
        short = [
            (index, text if index == self._current else self._tabs[index].key or text)
            for index, text in there
        ]
        for texts in (everything, there, short):
            if sum(cell_width(text) + 2 for _, text in texts) - 1 <= width:
                break
        spans: list[Span] = []
        self._ends, at = [], 0
        for index, text in texts:
            tone = "" if self._tabs[index].is_there else "muted"
            spans.append((f" {text} ", "current" if index == self._current else tone))
            at += cell_width(text) + 2
            self._ends.append((at, index))
        if spans and at > width:
            spans[-1] = (spans[-1][0].removesuffix(" "), spans[-1][1])
        return spans

    def _is_there(self, index: int) -> bool:
        return self._tabs[index].is_there or index == self._current

    def _text(self, tab: Tab) -> str:
        key = tab.key if tab.is_there else self._missing_sign
        return f"{key} {tab.name}" if key else tab.name
