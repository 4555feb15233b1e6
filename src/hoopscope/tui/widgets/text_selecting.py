"""TextSelecting: one line of a text that one is at, a selection of lines from there, copying."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from hoopscope.tui.widgets.requests import CopyWanted, SentenceWanted
from hoopscope.tui.widgets.text_copying import TOO_LONG, lines_to_copy
from hoopscope.tui.widgets.text_moving import TextMoving
from hoopscope.tui.widgets.text_painter import RowLook
from hoopscope.tui.widgets.text_viewport import TextRow


class TextSelecting(TextMoving):
    """Selects and copies.

    The line that was gone to last, or clicked on, has a sign; it is the one that is copied, and
    the one that a selection begins at. Out of sight it is the topmost line instead.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "select", "select", id="pager.select_lines"),
        Binding("y", "copy", "copy", id="pager.copy_lines"),
        Binding("Y", "copy_all", "copy all", show=False, id="pager.copy_all"),
        Binding(
            "escape", "clear", "end selection, or search", show=False, id="pager.clear_selection"
        ),
    ]

    _here: int | None = None
    _anchor: int | None = None

    @property
    def position(self) -> str:
        """Where the view is in the text, and how much is selected."""
        selected = f" · {len(self.selected):,} selected" if self._anchor is not None else ""
        return super().position + selected

    @property
    def line_here(self) -> int:
        """The line that one is at, from 0."""
        here = self._here
        if here is None:
            return self.first_line
        if self._anchor is None and all(row.line != here for row in self._viewport.rows()):
            return self.first_line
        return here

    @property
    def is_untouched(self) -> bool:
        """Whether it is where it was when the text was shown from its start."""
        at_start = self._viewport.top == TextRow(0) and not self._viewport.column
        return at_start and self._here is None

    @property
    def selected(self) -> range:
        """The lines that are selected, or the one that one is at."""
        here = self.line_here
        anchor = here if self._anchor is None else self._anchor
        return range(min(anchor, here), max(anchor, here) + 1)

    def scroll_rows(self, rows: int) -> None:
        """Go down by some rows, or up by a negative number; a selection grows or shrinks."""
        if self._anchor is None:
            super().scroll_rows(rows)
        else:
            self._select_to(self.line_here + rows)

    def go_to_start(self) -> None:
        """Show the first line."""
        super().go_to_start()
        self._select_to(0)

    def go_to_end(self) -> None:
        """Show the last line, as soon as it is known where that is."""
        super().go_to_end()
        self._select_to(len(self._lines) - 1)

    def go_here(self, line: int) -> None:
        """Be at a line, which has to be in sight."""
        before, self._here = self._here, line
        if self._anchor is not None:
            self._here = before
            self._select_to(line)
        self._lines_changed([line] if before is None else [before, line])

    def on_click(self, event: events.Click) -> None:
        """A click chooses a line."""
        rows = self._viewport.rows()
        if event.y < len(rows):
            event.stop()
            self.go_here(rows[event.y].line)

    def action_select(self) -> None:
        """Begin a selection of lines; again, end it."""
        if self._anchor is not None:
            self.action_clear()
        elif len(self._lines):
            self._here = self._anchor = self.line_here
            self._lines_changed([self._here])

    def action_clear(self) -> None:
        """End the selection; without one, be at no line any more."""
        if self._anchor is None:
            self._here = None
        self._anchor = None
        self._settle(anew=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape is for others where there is nothing to clear."""
        if action == "clear":
            return self._here is not None
        return super().check_action(action, parameters)

    def action_copy(self) -> None:
        """Copy the selected lines, or the one that one is at."""
        if not len(self._lines):
            self.post_message(SentenceWanted("There is no line to copy."))
            return
        lines = self.selected
        what = f"line {lines[0] + 1:,}" if len(lines) == 1 else "the selection"
        self._copy(lines, what)

    def action_copy_all(self) -> None:
        """Copy the whole text."""
        self._copy(range(len(self._lines)), "the text")

    def _look_of(self, row: TextRow) -> RowLook:
        look = super()._look_of(row)
        is_selected = self._anchor is not None and row.line in self.selected
        if row.line != self._here and not is_selected:
            return look
        sign = ">" if self.ascii_only else "▌"
        return replace(look, sign=(sign, "sign"), is_selected=is_selected)

    def _select_to(self, line: int) -> None:
        if self._anchor is None:
            return
        before = self.selected
        self._here = max(0, min(line, len(self._lines) - 1))
        self._viewport.bring(self._here)
        # All between where it ended and where it ends now; selections may be long, views are not.
        after = self.selected
        begins, ends = min(before[0], after[0]), max(before[-1], after[-1]) + 1
        self._lines_changed(range(begins, ends))

    def _copy(self, lines: range, what: str) -> None:
        text = lines_to_copy(self._lines, lines)
        if text is None:
            self.post_message(SentenceWanted(f"{what[0].upper()}{what[1:]} {TOO_LONG}", "waiting"))
        else:
            self.post_message(CopyWanted(text, what))
