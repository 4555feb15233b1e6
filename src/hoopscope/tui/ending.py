"""Being told to end while the terminal is in other hands: it is given back first.

A terminal that is gone tells nobody but the process that leads its session, which may be a program
that waits for this one. So that is looked for as well.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGXCPU)
"""All that by default would end this process on the spot, and are no mistake of its own."""

_GRACE_SECONDS = 3.0
"""How long leaving may take; a terminal that is gone takes nothing any more."""


def leave_on_signals(leave: Callable[[int], object], at_last: Callable[[], object]) -> None:
    """Call `leave` with 128 + the signal on any of `SIGNALS`; a second one is not waited for.

    The end of the terminal that standard input is counts as SIGHUP.

    Args:
        leave: called in the running loop.
        at_last: called in another thread before a process ends that could not be left in time,
            for instance because the line takes nothing and nobody notices.
    """
    loop = asyncio.get_running_loop()
    is_ending = False

    def end(number: int, _: object = None) -> None:
        nonlocal is_ending
        if is_ending:
            return
        is_ending = True
        # From here on it does what it does by default.
        signal.signal(number, signal.SIG_DFL)
        overdue = threading.Timer(_GRACE_SECONDS, end_now, (number,))
        overdue.daemon = True
        overdue.start()
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(leave, 128 + number)

    def end_now(number: int) -> None:
        at_last()
        os.kill(os.getpid(), number)

    # Not with the loop's own means: a loop that waits for the terminal hears nothing of signals.
    for number in SIGNALS:
        # What `nohup` had ignored stays ignored.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, end)

    def wait_for_the_end_of_the_terminal() -> None:
        if _hung_up(sys.__stdin__):
            # As a signal: that reaches the loop and this process wherever they are.
            os.kill(os.getpid(), signal.SIGHUP)

    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        threading.Thread(target=wait_for_the_end_of_the_terminal, daemon=True).start()


def _hung_up(terminal: TextIO | None) -> bool:
    """Wait until a terminal is gone; False where that cannot be told."""
    try:
        if terminal is None or not terminal.isatty():
            return False
        watched = select.poll()
        # Without any event that is asked for, the end is still told.
        watched.register(terminal.fileno(), 0)
        return any(what & select.POLLHUP for _, what in watched.poll())
    except (OSError, ValueError, AttributeError):
        return False
