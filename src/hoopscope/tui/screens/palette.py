"""The command palette, in the colours of the theme and without anything that moves."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette, SearchIcon
from textual.worker import Worker


class Palette(CommandPalette):
    """Textual's, which draws its lines black on whatever is behind them, and an emoji."""

    DEFAULT_CSS = """
    Palette {
        background: transparent;
        & > Vertical { background: $background; &:dark { background: $background; } }
        & #--input { border: hkey $border-blurred; }
        & CommandInput, & CommandInput:focus { border: blank $border; }
        & CommandList { border-top: blank $border; border-bottom: hkey $border-blurred; }
        & SearchIcon { color: $text-accent; }
        & LoadingIndicator { display: none; }
    }
    """

    def _gather_commands(self, search_value: str) -> Worker[None] | None:  # type: ignore[override]
        # What was typed ahead comes to one that has no list any more.
        return super()._gather_commands(search_value) if self.is_current else None

    def _action_command_list(self, action: str) -> None:
        # Keys that were typed ahead also come to a list that has no place on the screen yet, and
        # Textual's looks there for the line of its cursor.
        if self.query_one(CommandList).size:
            super()._action_command_list(action)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Leave it, if that has not been done; keys that were typed ahead leave nothing else."""
        if self.app.screen is not self:
            return AwaitComplete()
        # Enter that was typed twice is no reason to do anything twice.
        self.call_next(self._forget_command)
        return super().dismiss(result)

    def _forget_command(self) -> None:
        self._selected_command = None

    def on_mount(self) -> None:
        """Any terminal has this sign, one cell wide."""
        self.query_one(SearchIcon).icon = "/"
