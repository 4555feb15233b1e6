"""uvicorn, with as little as it can do with."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable, Coroutine
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
    """A server that says when it takes connections, and leaves signals to whoever runs it."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = started

    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._tell()

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
