"""The body of an answer, read as it arrives and never past a limit."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable

from hoopscope.gateway.errors import UnexpectedAnswer

BODY_LIMIT = 64 * 1024 * 1024
_GZIP = 16 + zlib.MAX_WBITS


async def read_body(
    chunks: AsyncIterable[bytes], encoding: str = "", limit: int = BODY_LIMIT
) -> bytes:
    """All of a body, decompressed (`encoding` is the answer's Content-Encoding).

    `limit` is in bytes after decompression; no more than that is ever held, so that a small
    answer cannot unpack into a large one. Raises UnexpectedAnswer where it is passed, and where
    the compression is broken or unknown.
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return await _plain(chunks, limit)
    if encoding in ("gzip", "x-gzip"):
        try:
            return await _unzipped(chunks, limit)
        except zlib.error:
            raise UnexpectedAnswer(
                "The gateway's answer is compressed in a broken way.",
                "Try again; if it stays so, look at the proxies between here and the gateway.",
            ) from None
    raise UnexpectedAnswer(
        f"The gateway's answer is compressed in a way that was not asked for ({encoding[:40]}).",
        "Look at the proxies between here and the gateway.",
    )


async def _plain(chunks: AsyncIterable[bytes], limit: int) -> bytes:
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise _too_large(limit)
    return bytes(body)


async def _unzipped(chunks: AsyncIterable[bytes], limit: int) -> bytes:
    body = bytearray()
    unzip = zlib.decompressobj(_GZIP)
    async for chunk in chunks:
        rest = chunk
        while rest:
            if unzip.eof:
                # The format allows one member after another.
                unzip = zlib.decompressobj(_GZIP)
            body += unzip.decompress(rest, limit + 1 - len(body))
            if len(body) > limit:
                raise _too_large(limit)
            rest = unzip.unused_data if unzip.eof else unzip.unconsumed_tail
    if not unzip.eof and body:
        raise zlib.error
    return bytes(body)


def _too_large(limit: int) -> UnexpectedAnswer:
    size = f"{limit // (1024 * 1024)} MiB" if limit >= 1024 * 1024 else f"{limit} bytes"
    return UnexpectedAnswer(
        f"The gateway's answer is larger than {size} and was not read to its end.",
        "Ask for less: a smaller page, or a narrower filter.",
    )
