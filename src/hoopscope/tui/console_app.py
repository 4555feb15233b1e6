"""Textual's application, with keys that the operator may choose."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import App
from textual.dom import DOMNode
from textual.widget import Widget

from hoopscope.tui.messages import FirstPaint, SettingsDoubted

if TYPE_CHECKING:
    from hoopscope.tui.keymap import Keymap

_TOLD = 2
"""So many complaints are told at once; `hoopscope keys` tells all."""


class ConsoleApp(App[int]):
    """Puts the operator's own keys on everything that comes on screen."""

    _own_keys: Mapping[str, str] = {}
    _keys: Keymap | None = None

    def use_keys(self, keys: Mapping[str, str]) -> None:
        """Use other keys: binding ids to Textual's names of keys, as the settings have them."""
        if not keys:
            return
        from hoopscope.tui.keymap import Keymap

        self._own_keys = keys
        self._keys = Keymap(keys)
        self._keys.apply(self)

    def _register_child(
        self, parent: DOMNode, child: Widget, before: int | None, after: int | None
    ) -> None:
        # The one place that every widget and every screen passes on its way onto the terminal.
        if self._keys is not None:
            self._keys.apply(child)
        super()._register_child(parent, child, before, after)

    @on(FirstPaint)
    def _look_through_keys(self) -> None:
        if self._own_keys:
            self._tell_doubts()

    @work(exclusive=True, group="doubts")
    async def _tell_doubts(self) -> None:
        complaints = await asyncio.to_thread(_complaints, self._own_keys)
        if complaints:
            told = " ".join(complaints[:_TOLD])
            more = len(complaints) - _TOLD
            rest = f" {more} more: `hoopscope keys` tells all." if more > 0 else ""
            self.screen_stack[0].post_message(SettingsDoubted(told + rest))


def _complaints(keys: Mapping[str, str]) -> Sequence[str]:
    # It imports every screen and widget, which nobody waits for.
    from hoopscope.tui.key_complaints import key_complaints

    return key_complaints(keys)
