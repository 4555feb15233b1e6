"""A line of small actions: ` 1h  24h  7d  30d`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from hoopscope.untrusted import cell_width


class ActionLine(Widget, can_focus=True):
    """Words to choose one of: left and right, enter; or a click."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"action-line--cursor"}
    DEFAULT_CSS = """
    ActionLine {
        height: 1;
        color: $text-muted;
        & > .action-line--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: $block-cursor-text-style;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "Previous", show=False, id="actions.move_left"),
        Binding("right", "turn(1)", "Next", show=False, id="actions.move_right"),
        Binding("enter,space", "choose", "Choose", show=False, id="actions.choose"),
    ]

    @dataclass
    class Chosen(Message):
        """An action was chosen."""

        line: ActionLine
        action: str

        @property
        def control(self) -> ActionLine:
            """The line."""
            return self.line

    def __init__(self, actions: Sequence[str]) -> None:
        super().__init__()
        self._actions = tuple(actions)
        self._cursor = 0

    def action_turn(self, by: int) -> None:
        """Move to the next or the previous word."""
        self._cursor = (self._cursor + by) % len(self._actions)
        self.refresh()

    def action_choose(self) -> None:
        """Choose the word under the cursor."""
        self.post_message(self.Chosen(self, self._actions[self._cursor]))

    def on_click(self, event: events.Click) -> None:
        """Choose the word that was clicked."""
        event.stop()
        at = 1
        for index, action in enumerate(self._actions):
            if at <= event.x < at + cell_width(action) + 2:
                self._cursor = index
                self.refresh()
                self.action_choose()
            at += cell_width(action) + 2

    def render_line(self, y: int) -> Strip:
        """The words; the one under the cursor stands out while the line has the focus."""
        style = self.rich_style
        cursor = self.get_component_rich_style("action-line--cursor")
        segments = [Segment(" ", style)]
        for index, action in enumerate(self._actions):
            here = self.has_focus and index == self._cursor
            segments += [Segment(f" {action} ", cursor if here else style)]
        return Strip(segments).adjust_cell_length(self.size.width, style)
