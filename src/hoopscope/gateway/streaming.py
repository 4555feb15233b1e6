"""Answers that are read while they arrive, of any size, in flat memory.

Such a request has no deadline as a whole, but a limit on the gateway's silence; it is made again
after a failure only while nothing of the answer has come.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from hoopscope.gateway.body import unpacked
from hoopscope.gateway.errors import TimedOut
from hoopscope.gateway.exchange import Exchange
from hoopscope.gateway.retries import with_retries


async def streamed(
    exchange: Exchange,
    path: str,
    parameters: Sequence[tuple[str, str]] = (),
    *,
    silence: float,
    accept: str = "application/json",
) -> AsyncGenerator[bytes]:
    """The body of a GET in pieces, decompressed, as they arrive.

    `silence` is in seconds: what the gateway may take for its first byte, all tries together, and
    then for every further one. Raises a GatewayError.
    """

    async def begin() -> AsyncGenerator[bytes]:
        pieces = _body(exchange, path, parameters, silence, accept)
        # The first is empty, and comes as soon as there is more.
        await anext(pieces)
        return pieces

    try:
        pieces = await with_retries(begin, asyncio.get_running_loop().time() + silence)
    except TimeoutError:
        raise TimedOut(
            f"{exchange.host} gave no answer within {silence:g} s.", "Try again in a moment."
        ) from None
    async with aclosing(pieces):
        async for piece in pieces:
            yield piece
            # A fast gateway never lets its reader wait, and others want their turn.
            await asyncio.sleep(0)


async def _body(
    exchange: Exchange,
    path: str,
    parameters: Sequence[tuple[str, str]],
    silence: float,
    accept: str,
) -> AsyncGenerator[bytes]:
    async with exchange.answering(path, parameters, accept=accept, silence=silence) as response:
        pieces = unpacked(response.aiter_raw(), response.headers.get("content-encoding", ""))
        first = await anext(pieces, b"")
        yield b""
        yield first
        async for piece in pieces:
            yield piece
