"""The command palette, in the colours of the theme and without anything that moves."""

from __future__ import annotations

from textual.command import CommandPalette, SearchIcon
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

    def on_mount(self) -> None:
        """Any terminal has this sign, one cell wide."""
        self.query_one(SearchIcon).icon = "/"
