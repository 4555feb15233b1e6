"""What is said beneath a field: how it was understood, or what is wrong with it."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from hoopscope.untrusted import harmless

LONGEST = 200
"""Cells of a note, at most: some lines of the sidebar."""


class FieldNote(Widget):
    """A few lines beneath a field; there only while there is something to say."""

    DEFAULT_CSS = """
    FieldNote {
        height: auto;
        max-height: 5;
        padding: 0 1 0 3;
        color: $text-muted;
        display: none;
        &.-said { display: block; }
        &.-problem { color: $text-error; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._text = ""

    def say(self, text: str, *, problem: bool = False) -> None:
        """Say this, harmless or not, or nothing ("")."""
        text = harmless(text, LONGEST)
        self.set_class(problem, "-problem")
        if text != self._text:
            self._text = text
            self.set_class(bool(text), "-said")
            self.refresh(layout=True)

    def render(self) -> Content:
        """The text, wrapped."""
        return Content(self._text)
