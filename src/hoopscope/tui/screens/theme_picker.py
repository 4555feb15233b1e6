"""Choosing a theme; the one under the cursor is shown at once, and escape takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from hoopscope.tui.screens.dialog import PickDialog
from hoopscope.tui.widgets.pick_list import PickList


class ThemePicker(PickDialog[str | None]):
    """Gives back the name of the chosen theme, None when it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,t", "leave", "Leave", id="themes.leave"),
        Binding("j", "move(1)", "Down", show=False, id="themes.move_down"),
        Binding("k", "move(-1)", "Up", show=False, id="themes.move_up"),
    ]
    DEFAULT_CSS = """
    ThemePicker {
        align: right bottom;
        & > OptionList {
            width: 28;
            height: auto;
            max-height: 12;
            border: round $border;
            &:focus { border: round $border; }
            border-title-color: $text-accent;
            background: $background;
        }
    }
    """

    def __init__(self, names: Sequence[str], current: str) -> None:
        super().__init__()
        self._names = list(names)
        self._before = current

    def compose(self) -> ComposeResult:
        """The names, one a line."""
        options = PickList(*(Option(name, id=name) for name in self._names), markup=False)
        options.border_title = "Theme"
        if self._before in self._names:
            options.highlighted = self._names.index(self._before)
        yield options

    @on(OptionList.OptionHighlighted)
    def _preview(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_id is not None:
            self.app.theme = event.option_id

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)

    def action_leave(self) -> None:
        """Back to the theme that was on before."""
        self.app.theme = self._before
        self.dismiss(None)
