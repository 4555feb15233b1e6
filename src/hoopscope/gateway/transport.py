"""DirectTransport: HTTP/1.1 to a gateway, straight over asyncio's own connections.

What httpx would use by itself (httpcore and anyio) takes 45 to 80 ms to import, which is a tenth
of the time to the first rows; h11, which both speak HTTP with, takes 7. Proxies are left to it.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any, TypeVar

import h11

from hoopscope.gateway.lean_httpx import httpx
from hoopscope.gateway.proxies import is_ip_address

T = TypeVar("T")

_CHUNK = 65_536
_LARGEST_HEAD = 100 * 1024
# Below what servers and the boxes on the way usually allow, so that they are not the first.
_IDLE_SECONDS = 30.0
_HAPPY_EYEBALLS_SECONDS = 0.25


class DirectTransport(httpx.AsyncBaseTransport):
    """Connections without a proxy, kept for the next request. Raises what httpx does."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self._context = context
        self._idle: list[_Connection] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        timeouts = request.extensions.get("timeout", {})
        origin = (request.url.scheme, request.url.raw_host.decode("ascii"), _port(request.url))
        connection = await self._kept(origin) or await self._connect(origin, timeouts)
        try:
            head = await connection.ask(request, timeouts)
        except BaseException:
            connection.abort()
            raise
        return httpx.Response(
            head.status_code,
            headers=head.headers.raw_items(),
            stream=_Body(self, connection, timeouts.get("read")),
        )

    async def aclose(self) -> None:
        idle, self._idle = self._idle, []
        for connection in idle:
            await connection.is_fresh()
            connection.abort()
        # Lets the loop close what has just been aborted.
        await asyncio.sleep(0)

    def keep(self, connection: _Connection) -> None:
        """Take back a connection whose answer has been read to its end."""
        connection.rest()
        self._idle.append(connection)

    async def _kept(self, origin: tuple[str, str, int]) -> _Connection | None:
        while True:
            found = next((kept for kept in self._idle if kept.origin == origin), None)
            if found is None:
                return None
            self._idle.remove(found)
            try:
                fresh = await found.is_fresh()
            except BaseException:
                found.abort()
                raise
            if fresh:
                return found
            found.abort()

    async def _connect(
        self, origin: tuple[str, str, int], timeouts: dict[str, float | None]
    ) -> _Connection:
        scheme, host, port = origin
        # With one address there is nothing to race, and a race that is broken off while its winner
        # steps forward leaves that winner's socket open.
        delay = None if is_ip_address(host) else _HAPPY_EYEBALLS_SECONDS
        try:
            async with asyncio.timeout(timeouts.get("connect")):
                reader, writer = await asyncio.open_connection(
                    host,
                    port,
                    ssl=self._context if scheme == "https" else None,
                    happy_eyeballs_delay=delay,
                )
        except TimeoutError as error:
            raise httpx.ConnectTimeout("no connection in time") from error
        except (OSError, ssl.SSLError) as error:
            raise httpx.ConnectError(str(error)) from error
        return _Connection(origin, reader, writer)


class _Connection:
    """One connection, which answers one request after another."""

    def __init__(
        self,
        origin: tuple[str, str, int],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self.origin = origin
        self._reader = reader
        self._writer = writer
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LARGEST_HEAD)
        self._watch: asyncio.Task[bytes] | None = None
        self._resting_since = 0.0
        self._is_over = False

    async def ask(self, request: httpx.Request, timeouts: dict[str, float | None]) -> h11.Response:
        """Send a request and read the head of its answer."""
        data = self._packed(request, await request.aread())
        try:
            async with asyncio.timeout(timeouts.get("write")):
                self._writer.write(data)
                await self._writer.drain()
        except TimeoutError as error:
            raise httpx.WriteTimeout("not sent in time") from error
        except OSError as error:
            raise httpx.WriteError(str(error)) from error
        while True:
            event = await self.next_event(timeouts.get("read"))
            if isinstance(event, h11.Response):
                return event
            if not isinstance(event, h11.InformationalResponse):
                raise httpx.ReadError("closed without an answer")

    async def next_event(self, seconds: float | None) -> Any:
        """The next part of the answer; `seconds` is how long it may take to come."""
        while True:
            try:
                event = self._http.next_event()
            except h11.RemoteProtocolError as error:
                if self._is_over:
                    raise httpx.ReadError("closed before the end") from error
                raise httpx.RemoteProtocolError(str(error)) from error
            if event is not h11.NEED_DATA:
                return event
            try:
                async with asyncio.timeout(seconds):
                    data = await self._reader.read(_CHUNK)
            except TimeoutError as error:
                raise httpx.ReadTimeout("nothing came in time") from error
            except OSError as error:
                raise httpx.ReadError(str(error)) from error
            self._is_over = not data
            self._http.receive_data(data)

    def _packed(self, request: httpx.Request, content: bytes) -> bytes:
        try:
            head = h11.Request(
                method=request.method, target=request.url.raw_path, headers=request.headers.raw
            )
            events = [head, h11.Data(data=content), h11.EndOfMessage()]
            return b"".join(self._http.send(event) or b"" for event in events)
        except h11.LocalProtocolError:
            # The error's own words hold the header that it complains of.
            raise httpx.LocalProtocolError("the request cannot be sent as it is") from None

    def is_done(self) -> bool:
        """Whether the answer was read to its end and another request may follow."""
        return self._http.our_state is h11.DONE and self._http.their_state is h11.DONE

    def rest(self) -> None:
        """Wait for the next request, with an eye on the other side closing meanwhile."""
        self._http.start_next_cycle()
        self._resting_since = asyncio.get_running_loop().time()
        self._watch = asyncio.create_task(self._reader.read(1))

    async def is_fresh(self) -> bool:
        """Wake up, and tell whether nothing has happened while it was resting."""
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.wait([self._watch])
            if not self._watch.cancelled():
                self._watch.exception()
                return False
            self._watch = None
        return asyncio.get_running_loop().time() - self._resting_since < _IDLE_SECONDS

    def abort(self) -> None:
        """Close at once, without the farewells that could take long."""
        with suppress(RuntimeError):
            self._writer.transport.abort()


class _Body(httpx.AsyncByteStream):
    """The body of an answer as it arrives; gives its connection back at the end."""

    def __init__(
        self, transport: DirectTransport, connection: _Connection, seconds: float | None
    ) -> None:
        self._transport = transport
        self._connection: _Connection | None = connection
        self._seconds = seconds

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while self._connection is not None:
            event = await self._connection.next_event(self._seconds)
            if not isinstance(event, h11.Data):
                return
            yield bytes(event.data)

    async def aclose(self) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        if connection.is_done():
            self._transport.keep(connection)
        else:
            connection.abort()


def _port(url: httpx.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)
