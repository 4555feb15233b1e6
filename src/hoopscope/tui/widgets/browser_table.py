"""The table of the browser: its first and last rows are those of the whole history."""

from __future__ import annotations

from textual.message import Message

from hoopscope.tui.widgets.session_table import VirtualTable


class BrowserTable(VirtualTable):
    """A virtual table that says when a reader wants beyond what is loaded."""

    class NewestAsked(Message):
        """The reader wants the newest session there is."""

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

    def action_first_row(self) -> None:
        """To the first row, and to the newest session if that is another one."""
        super().action_first_row()
        self.post_message(self.NewestAsked())

    def action_last_row(self) -> None:
        """To the last row, and to the oldest session if that is another one."""
        super().action_last_row()
        self.post_message(self.OldestAsked())
