"""Textual's command palette, which may be typed into faster than it comes and goes."""

from __future__ import annotations

from textual.command import CommandPalette
from textual.worker import Worker


class CommandListScreen(CommandPalette):
    """Does not begin to look for commands where the list of them is gone already."""

    def _gather_commands(self, search_value: str) -> Worker[None] | None:  # type: ignore[override]
        return super()._gather_commands(search_value) if self.is_current else None
