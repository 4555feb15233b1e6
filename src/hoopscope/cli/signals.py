"""Being told to end while something has to be put away first."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Coroutine, Iterator
from threading import current_thread, main_thread
from types import FrameType
from typing import Any, TypeVar

T = TypeVar("T")

_ENDINGS = (signal.SIGTERM, signal.SIGHUP)


class EndedBySignal(Exception):
    """Somebody ended a command, which has put away what it had to."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number


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


def run_until_ended(work: Coroutine[Any, Any, T]) -> T:
    """Run `work`; Ctrl-C, SIGTERM and SIGHUP cancel it, once. A second one is not waited for.

    Raises:
        EndedBySignal: it was cancelled so, and has ended.
    """
    received: list[int] = []

    async def run() -> T:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None
        # What `nohup` had ignored stays ignored.
        numbers = [
            number
            for number in (signal.SIGINT, *_ENDINGS)
            if signal.getsignal(number) is not signal.SIG_IGN
        ]

        def end(number: int) -> None:
            received.append(number)
            for each in numbers:
                loop.remove_signal_handler(each)
            task.cancel()

        for number in numbers:
            loop.add_signal_handler(number, end, number)
        try:
            return await work
        finally:
            for number in numbers:
                loop.remove_signal_handler(number)

    try:
        return asyncio.run(run())
    except asyncio.CancelledError:
        raise EndedBySignal(received[0] if received else signal.SIGINT) from None
