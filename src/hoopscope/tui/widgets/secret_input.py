"""SecretInput: a field for what nobody may see."""

from __future__ import annotations

from typing import Any

from rich.text import Text
from textual.widgets import Input


class SecretInput(Input):
    """Shows one sign for each character, on any terminal, and lets nothing be copied out of it."""

    def __init__(self, *, id: str | None = None, **more: Any) -> None:
        super().__init__(password=True, id=id, compact=True, **more)
        self.cursor_blink = False

    @property
    def _value(self) -> Text:
        return Text("*" * len(self.value), no_wrap=True, overflow="ignore", end="")

    def take(self) -> str:
        """What was typed; the field is empty afterwards."""
        value, self.value = self.value, ""
        return value

    def action_copy(self) -> None:
        """Nothing: a clipboard is read by many."""

    def action_cut(self) -> None:
        """Only take it out."""
        self.delete_selection()
