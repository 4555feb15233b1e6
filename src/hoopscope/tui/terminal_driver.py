"""Textual's driver for terminals, for those that do not do what it expects of them."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import termios
from contextlib import suppress
from typing import Any

from hoopscope.tui.terminal_file import TerminalFile
from hoopscope.tui.terminal_input import EnduringDriver

_PIXELS_OFF, _NO_STYLE = "\x1b[?1016l", "\x1b[m"


class TerminalDriver(EnduringDriver):
    """Takes the terminal and gives it back, as often as that has to be and never twice."""

    _has_terminal = False

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        _wake_on_signals(self._loop)
        self._file = TerminalFile(sys.__stderr__)  # type: ignore[assignment,arg-type]

    def start_application_mode(self) -> None:
        """Take the terminal, also again after another program had it."""
        if self._has_terminal:
            return
        super().start_application_mode()  # type: ignore[no-untyped-call]
        # Without one in the background, where it stops again before it has done anything.
        self._has_terminal = self._writer_thread is not None

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        if not self._has_terminal:
            return
        self._has_terminal = False
        # A signal may have come in the middle of a frame.
        self.write(_NO_STYLE)
        super().stop_application_mode()

    def close(self) -> None:
        """Write what there is to write; from then on there is nothing to write with."""
        super().close()
        self._writer_thread = None

    def write(self, data: str) -> None:
        """Send something; without the terminal there is nobody to send it to."""
        if self._writer_thread is not None:
            super().write(data)

    def give_back_attributes(self) -> None:
        """The terminal's attributes alone, for when nothing can be written to it."""
        if self.attrs_before is not None:
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)

    def _get_terminal_size(self) -> tuple[int, int]:
        # Of the terminal itself: COLUMNS and LINES, where they are exported, are what it once was.
        with suppress(OSError, ValueError):
            size = os.get_terminal_size(self._file.fileno())  # type: ignore[union-attr]
            if size.columns and size.lines:
                return size
        return super()._get_terminal_size()

    def _sigcont_application(self, *given: Any) -> None:
        if self._has_terminal and self._auto_restart:
            # Nobody had asked it to stop, and still the shell has had the terminal meanwhile.
            if not self._is_in_front():
                os.kill(os.getpid(), signal.SIGSTOP)
                return
            self.suspend_application_mode()
            self._must_signal_resume = True
        super()._sigcont_application(*given)

    def _is_in_front(self) -> bool:
        try:
            return os.tcgetpgrp(self.fileno) == os.getpgrp()
        except OSError:
            # It is the terminal of no session: nobody else is there to have it.
            return True

    def _disable_mouse_support(self) -> None:
        super()._disable_mouse_support()
        if self._mouse_pixels:
            self.write(_PIXELS_OFF)
            self._mouse_pixels = False


def _wake_on_signals(loop: asyncio.AbstractEventLoop) -> None:
    """Let signals be heard at once, whichever thread the system gives them to.

    Python's handlers run in the main thread, when it next does something. A signal that another
    thread gets does not wake it, and after a stop any thread may get the one to go on: a browser in
    which nothing happens would leave the terminal as it is until something does.
    """
    heard, told = os.pipe()
    for end in (heard, told):
        os.set_blocking(end, False)
    loop.add_reader(heard, os.read, heard, 4_096)
    signal.set_wakeup_fd(told, warn_on_full_buffer=False)
