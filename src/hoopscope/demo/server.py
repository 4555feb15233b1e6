"""The demo gateway on 127.0.0.1: in the foreground, or in a thread for tests."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from threading import Event, Thread
from types import TracebackType
from typing import Any, Literal
from uuid import UUID

from hoopscope.demo.changes import Changes
from hoopscope.demo.live import Life
from hoopscope.demo.options import AuthMethod, Options
from hoopscope.demo.times import microseconds, moment_of
from hoopscope.demo.world import World

Kind = Literal["current", "old"]


def listening_socket(port: int) -> socket.socket:
    """A socket on 127.0.0.1, on a free port for 0.

    Raises:
        OSError: the port is taken.
    """
    # asyncio turns Nagle's algorithm off, 40 ms an answer, only where the protocol is named
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind(("127.0.0.1", port))
        found.listen(128)
    except OSError:
        found.close()
        raise
    return found


class DemoGateway:
    """An embedded gateway, as a context manager: it serves in a daemon thread while inside.

    `now` freezes its clock, so that everything but the tokens is the same in every run; `kind`
    "old" behaves as gateways before 1.144; the rest are `Options`. `tokens` are by
    e-mail (API keys by name, the server's own key as "API_KEY"); `token` is an admin's.
    """

    def __init__(
        self,
        *,
        sessions: int = 20_000,
        seed: int = 1,
        kind: Kind = "current",
        live: bool = False,
        port: int = 0,
        now: datetime | None = None,
        latency: float = 0.0,
        flush: float = 50.0,
        keepalive: float = 30.0,
        pace: float = 1.0,
        downloads: bool = True,
        clipboard: bool = True,
        auth: AuthMethod = "local",
        token_seconds: float = 0.0,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        self._world = World(
            sessions,
            seed,
            options=Options(
                old=kind == "old",
                latency=latency,
                flush=flush,
                keepalive=keepalive,
                pace=pace,
                downloads=downloads,
                clipboard=clipboard,
                auth=auth,
                token_seconds=token_seconds,
            ),
            now=None if now is None else microseconds(now),
            progress=progress,
        )
        self._changes = Changes(self._world)
        self._live = live
        self._port = port
        self._started = Event()
        self._thread: Thread | None = None
        self._server: Any = None
        self.url = ""
        self.tokens = self._world.access.tokens
        self.token = self.tokens["ana@tidewater.example"]

    def __enter__(self) -> DemoGateway:
        listening = listening_socket(self._port)
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self._thread = Thread(target=self.run, args=(listening,), daemon=True, name="demo gateway")
        self._thread.start()
        self._started.wait(10)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        if self._thread is not None:
            self._thread.join(10)
        self._world.database.close()

    def stop(self) -> None:
        """End `run`, at once; any thread, or a signal's handler, may say so."""
        if self._server is not None:
            self._server.stop()

    def run(self, listening: socket.socket, ready: Callable[[], None] | None = None) -> None:
        """Serve on a socket until told to stop; `ready` is called once connections are taken."""
        self.url = self._world.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        from hoopscope.demo.serving import DemoServer, configuration

        def started() -> None:
            self._started.set()
            if ready:
                ready()

        self._server = DemoServer(configuration(self._world), started)
        live = Life(self._world).run() if self._live else None
        asyncio.run(self._server.serve_with(live, listening))

    def expire(self) -> None:
        """No token of a person that was given out until now is good any more; keys are."""
        self._world.access.expire()

    def count(self) -> int:
        """How many sessions there are."""
        return self._world.database.count()

    def insert(self, start: datetime | None = None, **columns: Any) -> str:
        """One more session, now or at `start`; see `Changes.insert`. Returns its id."""
        return self._changes.insert([start], **columns)[0]

    def insert_many(self, starts: Sequence[datetime], **columns: Any) -> list[str]:
        """A session at each of `starts`; their ids, in that order."""
        return self._changes.insert(starts, **columns)

    def change(self, session_id: str, **columns: Any) -> None:
        """Change a session; see `Changes.change`."""
        self._changes.change(session_id, **columns)

    def insert_large(
        self, megabytes: int, *, verb: str = "connect", lasting: timedelta = timedelta(hours=2)
    ) -> str:
        """A session that ended now and put out so much, a terminal or (`exec`) text; its id.

        Nothing of it is made before it is read.
        """
        now = moment_of(self._world.now())
        session_id = self.insert(
            now - lasting,
            scenario="connect" if verb == "connect" else "ok",
            connection="edge-prod",
            end_date=now,
        )
        self._world.renderer.specials[UUID(session_id).bytes] = f"large-{megabytes}"
        return session_id

    def open(self, connection: str = "shop-api-prod", **columns: Any) -> str:
        """A running session that emits nothing but what `emit` is told to; returns its id."""
        session_id = self.insert(scenario="connected", connection=connection, **columns)
        self._world.live.take_over(UUID(session_id).bytes)
        return session_id

    def emit(self, session_id: str, kind: str, payload: bytes) -> None:
        """Have a session from `open` emit an event now; `flush` or time stores it."""
        self._world.watching.emit(UUID(session_id).bytes, kind, payload)

    def flush(self, session_id: str) -> None:
        """Store what a session has emitted so far, as the gateway does now and then."""
        self._world.live.flush(UUID(session_id).bytes)
