"""Being told to end while something has to be put away first."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from threading import current_thread, main_thread
from types import FrameType

_ENDINGS = (signal.SIGTERM, signal.SIGHUP)


@contextlib.contextmanager
def ending_tidily() -> Iterator[None]:
    """While inside, SIGTERM and SIGHUP raise SystemExit (128 + the signal) in the main thread."""
    if current_thread() is not main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _ENDINGS}
    for number, handler in before.items():
        # What `nohup` had ignored stays ignored.
        if handler is not signal.SIG_IGN:
            signal.signal(number, _leave)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
