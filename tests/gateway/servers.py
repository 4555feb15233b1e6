"""A tiny HTTP server on loopback, which does exactly what a test tells it to, wrong things too."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.client import Gateway

CERTIFICATE = Path(__file__).parent / "tls" / "self-signed.pem"
_KEY = CERTIFICATE.with_suffix(".key")


@dataclass(frozen=True)
class Received:
    """A request as it came; the names of headers are in lower case."""

    method: str
    target: str
    headers: dict[str, str]

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def parameters(self) -> list[tuple[str, str]]:
        return parse_qsl(urlsplit(self.target).query, keep_blank_values=True)


TOKEN = "eyJh.b.c"
SERVER_KEY = "123e4567-e89b-42d3-a456-426614174000|secret"

Answer = Callable[[Received], bytes | AsyncIterator[bytes]]


def answer(
    body: bytes | str = b"", status: int = 200, headers: dict[str, str] | None = None
) -> bytes:
    """The bytes of an HTTP answer."""
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} Status"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if not any(
        line.lower().startswith(("content-length:", "transfer-encoding:")) for line in lines
    ):
        lines.append(f"Content-Length: {len(content)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + content


def as_json(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> bytes:
    """The bytes of an HTTP answer with JSON in it."""
    headers = {"Content-Type": "application/json; charset=utf-8", **(headers or {})}
    return answer(json.dumps(value), status, headers)


async def dripping(start: bytes, drop: bytes, seconds: float) -> AsyncIterator[bytes]:
    """An answer that begins and then goes on for ever, a drop at a time."""
    yield start
    while True:
        await asyncio.sleep(seconds)
        yield drop


async def silent() -> AsyncIterator[bytes]:
    """An answer that never begins."""
    await asyncio.sleep(3_600)
    yield b""


class Server:
    """`async with Server(answer) as server:` answers every request by what `answer` returns.

    `received` holds the requests; `asked` is set by the first of them, `gone` once a client has
    closed its connection; `connected` counts connections.
    """

    def __init__(self, handler: Answer | bytes, *, tls: bool = False) -> None:
        self._handler = handler
        self._tls = tls
        self.received: list[Received] = []
        self.asked = asyncio.Event()
        self.gone = asyncio.Event()
        self.port = 0
        self.connected = 0
        self._writers: list[asyncio.StreamWriter] = []

    @property
    def url(self) -> str:
        return f"http{'s' if self._tls else ''}://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        context = None
        if self._tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(CERTIFICATE, _KEY)
        self._connections: set[asyncio.Task[None]] = set()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=context)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    def hang_up(self) -> None:
        """Close all connections from this side."""
        for writer in self._writers:
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        self._writers.append(writer)
        self.connected += 1
        task.add_done_callback(self._connections.discard)
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                request = self._read(head)
                await reader.readexactly(int(request.headers.get("content-length", 0)))
                await self._answer(request, reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError, asyncio.CancelledError):
            self.gone.set()
        finally:
            writer.close()

    def _read(self, head: str) -> Received:
        first, *lines = head.rstrip("\r\n").split("\r\n")
        method, target, _ = first.split(" ")
        pairs = (line.split(": ", 1) for line in lines)
        request = Received(method, target, {name.lower(): value for name, value in pairs})
        self.received.append(request)
        self.asked.set()
        return request

    async def _answer(
        self, request: Received, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        found = self._handler if isinstance(self._handler, bytes) else self._handler(request)
        if isinstance(found, bytes):
            writer.write(found)
            await writer.drain()
            if b"connection: close" in found[:2_000].lower():
                raise ConnectionResetError
            return
        writing = asyncio.ensure_future(self._write(found, writer))
        # Whether the client goes away is only seen by reading.
        reading = asyncio.ensure_future(reader.read(1))
        try:
            await asyncio.wait({writing, reading}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            writing.cancel()
            reading.cancel()
            await asyncio.gather(writing, reading, return_exceptions=True)
        raise ConnectionResetError

    async def _write(self, chunks: AsyncIterator[bytes], writer: asyncio.StreamWriter) -> None:
        async for chunk in chunks:
            writer.write(chunk)
            await writer.drain()


async def ask(server: Server, credential: str = TOKEN, **options: Any) -> object:
    """Ask a server for its users, by a client of its own; `options` are the client's."""
    async with Gateway(GatewayAccess(server.url, credential), **options) as gateway:
        return await gateway.get_json("/api/users")
