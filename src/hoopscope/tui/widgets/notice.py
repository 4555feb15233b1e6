"""A sentence or two about what just happened, wrapped, in the way of nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.message import Message
from textual.widgets import Static


@dataclass
class EdgeReached(Message):
    """A key came to the end of what it moves in: a harmless sentence, gone with the next key."""

    said: str


class Notice(Static):
    """Shows harmless text above the last lines; takes no room while there is nothing to say."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "notice--failure",
        "notice--waiting",
        "notice--muted",
    }
    DEFAULT_CSS = """
    Notice {
        display: none;
        width: 1fr;
        height: auto;
        max-height: 4;
        padding: 0 1;
        background: $panel;
        &.-said { display: block; }
        & > .notice--failure { color: $text-error; }
        & > .notice--waiting { color: $text-warning; }
        & > .notice--muted { color: $text-muted; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", markup=False, id=id)
        self.text = ""
        """What it says; "" while it is out of sight."""
        self._tone = ""
        self._is_passing = False

    def say(self, text: str, tone: str = "", *, passing: bool = False) -> None:
        """Say something else; "" says nothing any more. The same again repaints nothing.

        What is `passing` is there until the next key.
        """
        self._is_passing = passing
        if (text, tone) == (self.text, self._tone):
            return
        self.text, self._tone = text, tone
        if self.is_attached:
            self._show()

    def key_pressed(self) -> None:
        """What was said in passing is gone."""
        if self._is_passing:
            self.say("")

    def on_mount(self) -> None:
        """What was said before there was room for it is said now."""
        if self.text:
            self._show()

    def _show(self) -> None:
        text, tone = self.text, self._tone
        style = self.get_component_rich_style(f"notice--{tone}", partial=True) if tone else ""
        self.update(Text(text, style=style))
        self.set_class(bool(text), "-said")
