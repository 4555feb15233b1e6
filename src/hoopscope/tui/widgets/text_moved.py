"""What a view of a text or of a result says when it shows something else."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message
from textual.widget import Widget


@dataclass
class TextMoved(Message):
    """Other rows are in sight, or how much there is has changed, in a view with a `position`."""

    view: Widget

    @property
    def control(self) -> Widget:
        """The view."""
        return self.view

    def can_replace(self, message: Message) -> bool:
        """Only the last place counts."""
        return isinstance(message, TextMoved) and message.view is self.view
