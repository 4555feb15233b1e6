"""Textual's application, with keys of the operator's own and the terminal's clipboard."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual import on, work
from textual.app import App
from textual.dom import DOMNode
from textual.widget import Widget

from hoopscope.tui.messages import FirstPaint, SettingsDoubted

if TYPE_CHECKING:
    from hoopscope.tui.clipboard.terminal_clipboard import TerminalClipboard
    from hoopscope.tui.keymap import Keymap

_TOLD = 2
"""So many complaints are told at once; `hoopscope keys` tells all."""


@runtime_checkable
class CopyingScreen(Protocol):
    """A screen that knows whether its gateway lets clients copy."""

    def may_copy(self) -> bool:
        """Whether it does."""
        ...


@runtime_checkable
class SayingScreen(Protocol):
    """A screen with a line for sentences."""

    def say(self, text: str, tone: str = "") -> None:
        """Say a harmless sentence."""
        ...


class ConsoleApp(App[int]):
    """Puts the operator's own keys on everything that comes on screen, and copies.

    Copying goes through the terminal, for its own commands as for Textual's fields.
    """

    clipboard_setting = "auto"
    """One of the ways that the setting `clipboard` has."""

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
        # A cursor that blinks keeps a slow line busy, and somebody's eyes.
        if hasattr(type(child), "cursor_blink"):
            child.cursor_blink = False  # type: ignore[attr-defined]
        super()._register_child(parent, child, before, after)

    def copy(self, text: str, what: str, *, is_line: bool = False) -> None:
        """Copy a text to the terminal's clipboard, if that is allowed, and say what became of it.

        Args:
            text: may be hostile.
            what: names it in a sentence ("the link"), harmless.
            is_line: a line break in it is copied as an escape.
        """
        copied = self._terminal_clipboard().copy(
            text, what, allowed=self._may_copy(), is_line=is_line
        )
        # What Textual pastes into a field that has no part in the terminal's clipboard.
        self._clipboard = copied.text
        if isinstance(self.screen, SayingScreen):
            self.screen.say(copied.said, copied.tone)
        else:
            self.notify(copied.said, markup=False)

    def copying_refused(self) -> str:
        """Why nothing can be copied at all; "" where copying is on."""
        return self._terminal_clipboard().refusal(allowed=self._may_copy())

    def _terminal_clipboard(self) -> TerminalClipboard:
        from hoopscope.tui.clipboard.terminal_clipboard import TerminalClipboard
        from hoopscope.tui.clipboard.ways import way_for

        return TerminalClipboard(way_for(self.clipboard_setting, os.environ), self._write)

    def _may_copy(self) -> bool:
        screens = [screen for screen in self.screen_stack if isinstance(screen, CopyingScreen)]
        return not screens or screens[-1].may_copy()

    def copy_to_clipboard(self, text: str) -> None:
        """What Textual's own fields and selections call."""
        self.copy(text, "the selection")

    def _write(self, sequence: str) -> None:
        if self._driver is not None:
            self._driver.write(sequence)
            self._driver.flush()

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
