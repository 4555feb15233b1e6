"""Choosing what kind of file to save a session as."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from hoopscope.tui.key_names import hinted, hints_of
from hoopscope.tui.screens.dialog import PickDialog
from hoopscope.tui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from hoopscope.recordings.exports import ExportFormat

Choice = tuple[str, bool]
"""The name of a format, and whether secrets are left in the file."""


class FormatPicker(PickDialog[Choice | None]):
    """Gives back the choice, None when it was left."""

    BINDING_GROUP_TITLE = "Save as"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Leave", id="formats.leave"),
        Binding("j", "move(1)", "Down", show=False, id="formats.move_down"),
        Binding("k", "move(-1)", "Up", show=False, id="formats.move_up"),
        Binding("x", "toggle_secrets", "With or without secrets", id="formats.toggle_secrets"),
    ]
    DEFAULT_CSS = """
    FormatPicker {
        align: center bottom;
        & > OptionList {
            width: 76;
            max-width: 100%;
            height: auto;
            max-height: 12;
            border: round $border;
            &:focus { border: round $border; }
            border-title-color: $text-accent;
            background: $background;
            scrollbar-size: 0 0;
        }
    }
    """

    def __init__(self, formats: Sequence[ExportFormat]) -> None:
        super().__init__()
        self._formats = formats
        self._with_secrets = False

    def compose(self) -> ComposeResult:
        """The formats, one a line."""
        options = PickList(
            *(Option(f"{each.name:<7} {each.about}", id=each.name) for each in self._formats),
            markup=False,
        )
        options.border_title = "Save as"
        yield options

    def on_mount(self) -> None:
        """Say what becomes of secrets."""
        self._say()

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss((str(event.option_id), self._with_secrets))

    def action_toggle_secrets(self) -> None:
        """Leave passwords and the like in the file, or mask them."""
        self._with_secrets = not self._with_secrets
        self._say()

    def _say(self) -> None:
        said, does = "secrets are masked", "leaves them in"
        if self._with_secrets:
            said, does = "secrets are left in", "masks them"
        hint = hints_of(self)("formats.toggle_secrets", does)
        self.query_one(OptionList).border_subtitle = hinted(said, hint, ": ")
