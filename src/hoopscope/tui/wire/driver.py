"""LeanDriver: Textual's driver for terminals, which sends only what changed on the screen.

It leans on how Textual writes, which Textual promises nobody: one `write` a frame, a place first,
marks of synchronised output apart from it. So whatever looks different is sent as it is, and then
nothing is taken to be known any more.
"""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import events

from hoopscope.tui.terminal_driver import TerminalDriver
from hoopscope.tui.wire.known_screen import KnownScreen
from hoopscope.tui.wire.pens import NotUnderstood

if TYPE_CHECKING:
    from types import FrameType

    from textual.message import Message


_BEGIN, _END = "\x1b[?2026h", "\x1b[?2026l"

_AT_ONCE = 1_000
"""As many bytes arrive in one piece, so that nobody sees half of them."""

_SHOWS_NOTHING = (
    "(?:\x1b\\[\\?(?:7|25|100[0-6]|101[56]|2004|2048)[hl]"  # modes
    "|\x1b\\[\\?[0-9]+\\$p|\x1b\\[[<>=][0-9;]*u"  # questions, the keyboard
    "|\x1b\\][^\x07\x1b]*(?:\x07|\x1b\\\\)"  # the clipboard, a title
    "|\x1bP(?:[^\x1b]|\x1b[^\\\\])*\x1b\\\\"  # the same through tmux and screen
    "|\x07)+"
)
"""A pattern for what changes nothing on the screen, nor where the cursor is."""


class LeanStream:
    """Everything that is written to one terminal goes through it, in order.

    Args:
        can_scroll: tells whether the terminal can scroll a part of itself; asked when it matters.
    """

    def __init__(self, can_scroll: Callable[[], bool]) -> None:
        self._can_scroll = can_scroll
        self._known: KnownScreen | None = None
        self._is_synchronised = False

    def forget(self) -> None:
        """The terminal may show anything by now. May be called from any thread or signal."""
        self._known = None

    def lean(self, written: str, size: tuple[int, int]) -> str:
        """What has to be sent for something that is written; "" for nothing.

        Args:
            written: by Textual, in one piece.
            size: columns and rows of the terminal.
        """
        if written in (_BEGIN, _END):
            # They go around what is sent, if that is much.
            self._is_synchronised = written == _BEGIN
            return ""
        sent = self._difference(written, size)
        if self._is_synchronised and len(sent.encode()) > _AT_ONCE:
            return f"{_BEGIN}{sent}{_END}"
        return sent

    def _difference(self, written: str, size: tuple[int, int]) -> str:
        known = self._known
        if known is None or known.size != size:
            known = self._known = KnownScreen(*size, self._can_scroll)
        try:
            sent = known.show(written)
        except NotUnderstood:
            if known.is_new or not re.fullmatch(_SHOWS_NOTHING, written):
                self.forget()
            return written
        # Meanwhile a signal may have told that the screen is another one.
        return sent if self._known is known else written


class LeanDriver(TerminalDriver):
    """Sends frames as what is different on the screen, and everything else as it is.

    Another size of the terminal, or another program in it, may have left anything on the screen:
    nothing is known then, and the next frame is sent whole.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._stream = LeanStream(_can_scroll)

    def write(self, data: str) -> None:
        """Send something to the terminal, or what shows it in fewer bytes."""
        if sent := self._stream.lean(data, self._app.size):
            super().write(sent)

    def start_application_mode(self) -> None:
        """Begin, also again after another program had the terminal."""
        self._stream.forget()
        super().start_application_mode()
        resized = signal.getsignal(signal.SIGWINCH)

        def forget_and_resize(number: int, frame: FrameType | None) -> None:
            self._stream.forget()
            if callable(resized):
                resized(number, frame)

        signal.signal(signal.SIGWINCH, forget_and_resize)

    def process_message(self, message: Message) -> None:
        """Take a message from the terminal, such as that of another size."""
        if isinstance(message, events.Resize):
            self._stream.forget()
        super().process_message(message)


def _can_scroll() -> bool:
    from hoopscope.tui.wire.scrolling import can_scroll

    return can_scroll(os.environ.get("TERM", ""))
