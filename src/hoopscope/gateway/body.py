"""The body of an answer, read as it arrives and never past a limit."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable, AsyncIterator

from hoopscope.gateway.errors import UnexpectedAnswer

BODY_LIMIT = 64 * 1024 * 1024
PIECE = 65_536
_GZIP = 16 + zlib.MAX_WBITS


async def read_body(
    chunks: AsyncIterable[bytes], encoding: str = "", limit: int = BODY_LIMIT
) -> bytes:
    """All of a body, decompressed (`encoding` is the answer's Content-Encoding).

    `limit` is in bytes after decompression; no more than that and a piece is ever held, so that a
    small answer cannot unpack into a large one. Raises UnexpectedAnswer where it is passed, and
    where the compression is broken or unknown.
    """
    body = bytearray()
    async for piece in unpacked(chunks, encoding):
        body += piece
        if len(body) > limit:
            raise _too_large(limit)
    return bytes(body)


async def unpacked(chunks: AsyncIterable[bytes], encoding: str = "") -> AsyncIterator[bytes]:
    """The pieces of a body as they arrive, decompressed, none larger than PIECE if compressed.

    Raises UnexpectedAnswer where the compression is broken or unknown.
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        async for chunk in chunks:
            yield chunk
    elif encoding in ("gzip", "x-gzip"):
        try:
            async for piece in _unzipped(chunks):
                yield piece
        except zlib.error:
            raise UnexpectedAnswer(
                "The gateway's answer is compressed in a broken way.",
                "Try again; if it stays so, look at the proxies between here and the gateway.",
            ) from None
    else:
        raise UnexpectedAnswer(
            "The gateway's answer is compressed in a way that was not asked for "
            f"({encoding[:40]}).",
            "Look at the proxies between here and the gateway.",
        )


async def _unzipped(chunks: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    has_begun = False
    unzip = zlib.decompressobj(_GZIP)
    async for chunk in chunks:
        rest, has_more = chunk, False
        while rest or has_more:
            has_begun = True
            if unzip.eof:
                # The format allows one member after another.
                unzip = zlib.decompressobj(_GZIP)
            piece = unzip.decompress(rest, PIECE)
            if piece:
                yield piece
            # A full piece may leave more in the decompressor when all input is used up.
            has_more = len(piece) == PIECE and not unzip.eof
            rest = unzip.unused_data if unzip.eof else unzip.unconsumed_tail
    if has_begun and not unzip.eof:
        raise zlib.error


def _too_large(limit: int) -> UnexpectedAnswer:
    size = f"{limit // (1024 * 1024)} MiB" if limit >= 1024 * 1024 else f"{limit} bytes"
    return UnexpectedAnswer(
        f"The gateway's answer is larger than {size} and was not read to its end.",
        "Ask for less: a smaller page, or a narrower filter.",
    )
