"""`hoopscope demo serve`: the demo gateway alone, in the foreground."""

from __future__ import annotations

import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from threading import current_thread, main_thread
from types import FrameType
from typing import Any, TextIO

from hoopscope.demo.access import ADMIN
from hoopscope.demo.options import AuthMethod
from hoopscope.demo.server import DemoGateway, Kind, listening_socket


class _Progress:
    """Tells how far a long build has come, once a second, on a line of its own."""

    def __init__(self, sessions: int, err: TextIO) -> None:
        self._sessions = sessions
        self._err = err
        self._told = time.monotonic()

    def __call__(self, made: int) -> None:
        if time.monotonic() - self._told >= 1:
            self._told = time.monotonic()
            share = made * 100 // self._sessions
            self._err.write(f"making the history: {made:,} of {self._sessions:,} ({share} %)\n")
            self._err.flush()


def serve(
    port: int,
    sessions: int,
    seed: int,
    kind: Kind,
    live: bool,
    out: TextIO,
    err: TextIO,
    *,
    email: str = ADMIN,
    downloads: bool = True,
    clipboard: bool = True,
    large: int = 0,
    auth: AuthMethod = "local",
    token_seconds: float = 0.0,
) -> None:
    """Serve on 127.0.0.1 until Ctrl-C or SIGTERM, and end quietly.

    Once connections are taken, `HOOP_APIURL=…` and `HOOP_TOKEN=…` (of `email`, an admin by
    default) are written to `out`, a line each. Port 0 takes a free one. `downloads` and
    `clipboard` are the server's switches. With `large`, one session on edge-prod that ended just
    now put out so many megabytes. `auth` is how people sign in, `token_seconds` how long a token
    of theirs is good (0 for ever).

    Raises:
        OSError: the port is taken, or the disk is full.
        ValueError: nobody with a token has that e-mail.
    """
    listening = listening_socket(port)
    with listening, _Ending() as ending, suppress(KeyboardInterrupt):
        try:
            gateway = DemoGateway(
                sessions=sessions,
                seed=seed,
                kind=kind,
                live=live,
                downloads=downloads,
                clipboard=clipboard,
                auth=auth,
                token_seconds=token_seconds,
                progress=_Progress(sessions, err),
            )
        except sqlite3.OperationalError as error:
            raise OSError(f"no room for {sessions:,} sessions: {error}") from error
        if email not in gateway.tokens:
            raise ValueError(f"nobody in the demo has a token under {email!r}")

        if large:
            gateway.insert_large(large, lasting=timedelta(minutes=2))

        def ready() -> None:
            ending.by = gateway.stop
            out.write(f"HOOP_APIURL=http://127.0.0.1:{listening.getsockname()[1]}\n")
            out.write(f"HOOP_TOKEN={gateway.tokens[email]}\n")
            out.flush()

        gateway.run(listening, ready)


class _Ending:
    """What Ctrl-C and SIGTERM do while inside: call `by` once it is set, interrupt before.

    An interrupt in the middle of a running event loop could get lost. A signal that is ignored,
    as in a shell's background job, stays ignored.
    """

    def __init__(self) -> None:
        self.by: Callable[[], None] | None = None
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> _Ending:
        if current_thread() is main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                if signal.getsignal(number) is not signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._told)
        return self

    def __exit__(self, *_: object) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)

    def _told(self, _number: int, _frame: FrameType | None) -> None:
        if self.by is None:
            raise KeyboardInterrupt
        self.by()
