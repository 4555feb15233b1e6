"""Choosing what of a session to copy, by a letter or from the list."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from hoopscope.tui.key_names import key_of
from hoopscope.tui.screens.dialog import PickDialog
from hoopscope.tui.widgets.pick_list import PickList

CHOICES = {
    "id": "session id",
    "link": "link to the gateway's page",
    "row": "row of the list, as a line",
    "text": "whole session, as text",
    "json": "whole session, as JSON",
    "script": "script",
    "review": "review, as text",
}
"""What can be chosen, and what it is called."""


class CopyChooser(PickDialog[str | None]):
    """Gives back a key of CHOICES, None when it was left."""

    BINDING_GROUP_TITLE = "Copy"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "choose('id')", CHOICES["id"], id="copy.choose_id"),
        Binding("l", "choose('link')", CHOICES["link"], id="copy.choose_link"),
        Binding("r", "choose('row')", CHOICES["row"], id="copy.choose_row"),
        Binding("t", "choose('text')", CHOICES["text"], id="copy.choose_text"),
        Binding("J", "choose('json')", CHOICES["json"], id="copy.choose_json"),
        Binding("s", "choose('script')", CHOICES["script"], id="copy.choose_script"),
        Binding("v", "choose('review')", CHOICES["review"], id="copy.choose_review"),
        Binding("j", "move(1)", "down", show=False, id="copy.move_down"),
        Binding("k", "move(-1)", "up", show=False, id="copy.move_up"),
        Binding("escape,q,C", "leave", "leave", id="copy.leave"),
    ]
    DEFAULT_CSS = """
    CopyChooser {
        align: center bottom;
        background: transparent;
        & > OptionList {
            width: 40;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            border: round $border;
            &:focus { border: round $border; }
            border-title-color: $text-accent;
            background: $background;
            scrollbar-size: 0 0;
        }
    }
    """

    def compose(self) -> ComposeResult:
        """The choices, one a line, each with its key."""
        options = PickList(
            *(
                Option(f"{key_of(self, f'copy.choose_{each}'):<2} {what}", id=each)
                for each, what in CHOICES.items()
            ),
            markup=False,
        )
        options.border_title = "Copy"
        yield options

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)

    def action_choose(self, choice: str) -> None:
        """Copy this."""
        self.dismiss(choice)
