"""TickLine: a line that is ticked or not."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


class TickLine(Widget, can_focus=True):
    """`[x] what it says`; only signs that any terminal has."""

    DEFAULT_CSS = """
    TickLine {
        height: auto;

        &:focus {
            text-style: reverse;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,x", "tick", "tick or not", show=False, id="tick.change"),
    ]

    ticked = reactive(False)

    def __init__(self, text: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text = text

    def render(self) -> Content:
        """The box and its text."""
        return Content(f"[{'x' if self.ticked else ' '}] {self._text}")

    def action_tick(self) -> None:
        """Tick it, or not."""
        self.ticked = not self.ticked

    def on_click(self, event: events.Click) -> None:
        """A click does the same."""
        event.stop()
        self.action_tick()
