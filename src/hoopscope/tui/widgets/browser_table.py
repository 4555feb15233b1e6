"""The table of the browser: its first and last rows are those of the whole history."""

from __future__ import annotations

from textual import events
from textual.geometry import Offset
from textual.message import Message

from hoopscope.tui.widgets.session_table import VirtualTable
from hoopscope.tui.widgets.table_moving import HEADER


class BrowserTable(VirtualTable):
    """A virtual table that says when a reader wants beyond what is loaded."""

    class NewestAsked(Message):
        """The reader wants the newest session there is."""

    class NewerAsked(Message):
        """The reader goes up, and there is less than a screen above."""

    class OldestAsked(Message):
        """The reader wants the oldest session there is."""

    @property
    def rule_in_sight(self) -> bool:
        """Whether the rule can be seen."""
        return self._view.rule_in_sight

    def set_rule(self, key: str, text: str) -> None:
        """Draw a line of harmless text above the row of that key, between two rows in sight.

        "" draws none.
        """
        self._view.set_rule(key, text)
        self._settle()

    def action_move_cursor(self, step: int) -> None:
        """One row further, and beyond the first if there is anything."""
        super().action_move_cursor(step)
        self._ask_for_newer(step)

    def _move_by(self, rows: int) -> None:
        super()._move_by(rows)
        self._ask_for_newer(rows)

    def _scroll_by(self, rows: int, event: events.MouseEvent) -> None:
        super()._scroll_by(rows, event)
        self._ask_for_newer(rows)

    def _ask_for_newer(self, rows: int) -> None:
        if rows < 0 and self.first_visible < self.visible_count:
            self.post_message(self.NewerAsked())

    def on_focus(self) -> None:
        """The terminal's cursor comes to the row, too."""
        self._settle()

    def _settle(self) -> None:
        super()._settle()
        here = [at for at, line in enumerate(self._lines) if isinstance(line, tuple) and line[1]]
        if here and self.has_focus:
            # Nobody sees it, but screen readers follow it, and what is painted is painted there.
            self.app.cursor_position = self.region.offset + Offset(0, HEADER + here[0])

    def action_first_row(self) -> None:
        """To the first row, and to the newest session if that is another one."""
        super().action_first_row()
        self.post_message(self.NewestAsked())

    def action_last_row(self) -> None:
        """To the last row, and to the oldest session if that is another one."""
        super().action_last_row()
        self.post_message(self.OldestAsked())
