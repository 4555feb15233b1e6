"""uvicorn, with as little as it can do with."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import uvicorn

from hoopscope.demo.api import application
from hoopscope.demo.world import World


def configuration(world: World) -> uvicorn.Config:
    return uvicorn.Config(
        application(world),
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        interface="asgi3",
        access_log=False,
        log_config=None,
        log_level="critical",
        server_header=False,
        timeout_graceful_shutdown=1,
    )


class DemoServer(uvicorn.Server):
    """A server that says when it takes connections, leaves signals to whoever runs it, and ends
    at once when it is told to.
    """

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = started
        self._ending = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def stop(self) -> None:
        """End; any thread, or a signal's handler, may say so, and more than once."""
        self.should_exit = True
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended already
                self._loop.call_soon_threadsafe(self._ending.set)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        self._tell()

    async def main_loop(self) -> None:
        counter = 0
        while not await self.on_tick(counter):
            counter = (counter + 1) % 864_000
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), 0.1)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            if connection.transport is not None:
                connection.transport.abort()
        for task in list(self.server_state.tasks):
            task.cancel()
        await asyncio.sleep(0)

    async def serve_with(
        self, beside: Coroutine[Any, Any, None] | None, listening: socket.socket
    ) -> None:
        """Serve, with a coroutine that runs for as long."""
        task = asyncio.create_task(beside) if beside else None
        try:
            await self.serve([listening])
        finally:
            if task:
                task.cancel()
            listening.close()
