"""Being told to end while the terminal is in other hands: it is given back first."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable

_GRACE_SECONDS = 3.0
"""How long leaving may take; a terminal that is gone takes nothing any more."""


def leave_on_signals(leave: Callable[[int], object]) -> None:
    """Call `leave` with 128 + the signal on SIGTERM and SIGHUP; a second one is not waited for."""
    loop = asyncio.get_running_loop()

    def end(number: int) -> None:
        # From here on it does what it does by default.
        loop.remove_signal_handler(number)
        overdue = threading.Timer(_GRACE_SECONDS, os.kill, (os.getpid(), number))
        overdue.daemon = True
        overdue.start()
        leave(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        # What `nohup` had ignored stays ignored.
        if signal.getsignal(number) is not signal.SIG_IGN:
            loop.add_signal_handler(number, end, number)
