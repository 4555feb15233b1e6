"""TextMoving: the keys that move in a text, and those that decide how it is laid out."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType

from hoopscope.recordings.shown_text import Way
from hoopscope.tui.widgets.notice import EdgeReached
from hoopscope.tui.widgets.requests import AGAIN, AnswerWanted, SentenceWanted
from hoopscope.tui.widgets.text_pager import TextPager

_START, _END = "This is the start.", "This is the end."
_LEFT, _RIGHT = "This is the left end.", "This is the right end."


class TextMoving(TextPager):
    """Moves in a text by rows, pages, lines, to its ends and sideways; follows it."""

    BINDING_GROUP_TITLE = "Text"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_rows(1)", "next row", show=False, id="pager.scroll_down"),
        Binding("up,k", "scroll_rows(-1)", "previous row", show=False, id="pager.scroll_up"),
        Binding("pagedown,space", "scroll_page(1)", "page down", show=False, id="pager.page_down"),
        Binding("pageup,b", "scroll_page(-1)", "page up", show=False, id="pager.page_up"),
        Binding(
            "ctrl+d",
            "scroll_page(0.5)",
            "half a page down",
            show=False,
            id="pager.scroll_half_page_down",
        ),
        Binding(
            "ctrl+u",
            "scroll_page(-0.5)",
            "half a page up",
            show=False,
            id="pager.scroll_half_page_up",
        ),
        Binding("home", "go_to_start", "start", show=False, id="pager.go_to_start"),
        Binding("end,G", "go_to_end", "end", show=False, id="pager.go_to_end"),
        Binding(
            "right,l", "scroll_sideways(0.5)", "to the right", show=False, id="pager.scroll_right"
        ),
        Binding(
            "left,h", "scroll_sideways(-0.5)", "to the left", show=False, id="pager.scroll_left"
        ),
        Binding(
            "0",
            "scroll_to_side(False)",
            "left end",
            show=False,
            id="pager.go_to_left_end",
        ),
        Binding(
            "dollar_sign",
            "scroll_to_side(True)",
            "right end",
            show=False,
            id="pager.go_to_right_end",
        ),
        Binding("g", "ask_line", "line", id="pager.go_to_line"),
        Binding("w", "toggle_wrap", "wrap", id="pager.toggle_wrap"),
        Binding(
            "number_sign", "toggle_numbers", "line numbers", show=False, id="pager.toggle_numbers"
        ),
        Binding("T", "toggle_times", "when each line came", show=False, id="pager.toggle_times"),
        Binding("c", "toggle_raw", "escapes as they are", show=False, id="pager.toggle_escapes"),
        Binding("F", "toggle_follow", "follow what grows", show=False, id="pager.toggle_follow"),
    ]

    usual_way = Way.COOKED
    """What is done with what a terminal would obey, unless all of it is to be seen."""

    def action_scroll_rows(self, rows: int) -> None:
        """Some rows further."""
        self._go(lambda: self.scroll_rows(rows), _END if rows > 0 else _START)

    def action_scroll_page(self, pages: float) -> None:
        """A page further, one row of which was seen before, or half a page."""
        rows = self._viewport.height - 1 if abs(pages) == 1 else self._viewport.height // 2
        self.action_scroll_rows(max(1, rows) * (1 if pages > 0 else -1))

    def action_scroll_sideways(self, share: float) -> None:
        """A part of the width further; says so where there is no other side."""
        if self._viewport.wraps:
            self.post_message(SentenceWanted("Lines are wrapped: there is nothing at the side."))
            return
        cells = int(share * self._viewport.width)
        self._go(lambda: self.scroll_sideways(cells), _RIGHT if share > 0 else _LEFT)

    def action_scroll_to_side(self, end: bool) -> None:
        """To where lines begin, or to where the longest of those in sight ends."""
        wanted = max(0, self._viewport.widest() - self._viewport.width) if end else 0
        cells = wanted - self._viewport.column
        self._go(lambda: self.scroll_sideways(cells), _RIGHT if end else _LEFT)

    def action_go_to_start(self) -> None:
        """To the first line."""
        self._go(self.go_to_start, _START)

    def action_go_to_end(self) -> None:
        """To the last line."""
        self._go(self.go_to_end, _END)

    def action_ask_line(self) -> None:
        """Ask for a line to go to."""
        self.post_message(AnswerWanted("line (or 50 %)", self._go_to, AGAIN))

    def action_toggle_wrap(self) -> None:
        """Wrap long lines, or let them go on at the side."""
        self.set_wrap(not self._viewport.wraps)

    def action_toggle_numbers(self) -> None:
        """Number the lines, or not."""
        self.set_numbers(not self._gutter.numbers)

    def action_toggle_times(self) -> None:
        """Say when each line was recorded, or not."""
        if self._gutter.has_times:
            self.set_times(not self._gutter.times)
        else:
            self.post_message(SentenceWanted("When this text was recorded is not known."))

    def action_toggle_raw(self) -> None:
        """Show everything that a terminal would obey as escapes, or as before."""
        self.set_way(self.usual_way if self.way is Way.RAW else Way.RAW)
        how = "as they are" if self.way is Way.RAW else "as usual"
        self.post_message(EdgeReached(f"What a terminal would obey is shown {how}."))

    def action_toggle_follow(self) -> None:
        """Stay at the end of a text that is growing, or not."""
        if self.is_complete and not self.follows:
            self.post_message(SentenceWanted("The text is complete: nothing will follow."))
        self.follows = not self.follows and not self.is_complete
        self.go_to_end()

    def _go(self, move: Callable[[], None], edge: str) -> None:
        before = self._viewport.top, self._viewport.column, self.position
        move()
        if before == (self._viewport.top, self._viewport.column, self.position):
            self.post_message(EdgeReached(edge))

    def _go_to(self, answer: str) -> None:
        text = answer.replace(",", "").strip()
        share = text.removesuffix("%").strip()
        if text == AGAIN:
            self.go_to_start()
        elif not share.isascii() or not share.isdecimal():
            self.post_message(SentenceWanted("A line is a number, or a share such as 50 %."))
        elif text.endswith("%"):
            offset = self.source.size() * min(100, int(share[:4])) // 100
            self.go_to_line(self._lines.index.line_at(offset))
        else:
            self.go_to_line(int(text[:18]) - 1)
