"""The first request of a browser, made without httpx.

Importing httpx and h11 takes a tenth of the time to the first rows, and everybody waits for those.
So the first GET is written by hand and read by httptools, on a connection of its own. Only a plain
success counts: whatever else happens, httpx asks again, and knows what to do about it.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing, closing
from urllib.parse import urlencode, urlsplit

import httptools

from hoopscope import __version__
from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.auth import Credentials
from hoopscope.gateway.body import BODY_LIMIT, PIECE, read_body
from hoopscope.gateway.proxies import has_proxy

_LARGEST_HEAD = 100 * 1024
_CONNECT_SECONDS = 10.0
_LENGTHS = {"content-length", "transfer-encoding"}


async def first_get(
    access: GatewayAccess,
    credentials: Credentials,
    path: str,
    parameters: Sequence[tuple[str, str]] = (),
    *,
    body_limit: int = BODY_LIMIT,
) -> bytes | None:
    """The body of a GET of `path` if the answer is a 200, None for whatever else there is.

    Knows no deadline. Raises a GatewayError where the body or the settings for TLS are no good.
    """
    target = f"{access.url}{path}?{urlencode(parameters)}" if parameters else access.url + path
    if has_proxy(access.url) or not target.isascii():
        return None
    request = _request(target, credentials.headers())
    try:
        async with asyncio.timeout(_CONNECT_SECONDS):
            reader, writer = await _connection(access)
    except (OSError, UnicodeError):
        return None
    answer = _Answer()
    with closing(writer):
        writer.write(request)
        try:
            async with aclosing(answer.pieces(reader)) as pieces:
                await anext(pieces)
                credentials.take_over(answer.headers)
                if answer.status != 200:
                    return None
                encoding = answer.headers.get("content-encoding", "")
                return await read_body(pieces, encoding, body_limit)
        except (OSError, EOFError, httptools.HttpParserError):
            return None


async def _connection(access: GatewayAccess) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    parts = urlsplit(access.url)
    context: ssl.SSLContext | None = None
    if parts.scheme == "https":
        from hoopscope.gateway.tls import tls_context

        context = tls_context(access)
    port = parts.port or (443 if context else 80)
    return await asyncio.open_connection(parts.hostname, port, ssl=context)


def _request(url: str, credential: Mapping[str, str]) -> bytes:
    parts = urlsplit(url)
    # Neither an address nor a credential has spaces or control characters: see GatewayAccess.
    lines = [
        f"GET {parts.path}{f'?{parts.query}' if parts.query else ''} HTTP/1.1",
        f"Host: {parts.netloc}",
        f"User-Agent: hoopscope/{__version__}",
        "Accept: application/json",
        "Accept-Encoding: gzip",
        "Connection: close",
        *(f"{name}: {value}" for name, value in credential.items()),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


class _Answer:
    """What httptools tells of an answer, `headers` with names in lower case."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self._has_head = self._is_whole = False
        self._body: list[bytes] = []
        self._parser = httptools.HttpResponseParser(self)

    async def pieces(self, reader: asyncio.StreamReader) -> AsyncGenerator[bytes]:
        """An empty one once the head is here, then the body's as they arrive.

        Raises EOFError where the answer is cut off, HttpParserError where it is no HTTP.
        """
        head = 0
        while not self._is_whole:
            data = await reader.read(PIECE)
            if not data:
                if self._has_head and not self.headers.keys() & _LENGTHS:
                    return
                raise EOFError
            had_head = self._has_head
            self._parser.feed_data(data)
            if self._has_head and not had_head:
                yield b""
            elif not self._has_head and (head := head + len(data)) > _LARGEST_HEAD:
                raise EOFError
            body, self._body = self._body, []
            for piece in body:
                yield piece

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        self.status = self._parser.get_status_code()
        self._has_head = self.status >= 200

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        if self._has_head:
            self._is_whole = True
        else:
            # Words before the answer, such as 103 Early Hints.
            self.headers.clear()
