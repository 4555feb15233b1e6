"""Answers that are read while they arrive, of any size, in flat memory.

Such a request has no deadline as a whole, but a limit on the gateway's silence; it is made again
after a failure only while nothing of the answer has come.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import AbstractAsyncContextManager, aclosing

from hoopscope.gateway.body import unpacked
from hoopscope.gateway.errors import TimedOut
from hoopscope.gateway.exchange import Exchange
from hoopscope.gateway.lean_httpx import httpx
from hoopscope.gateway.retries import with_retries


async def streamed(
    exchange: Exchange,
    path: str,
    parameters: Sequence[tuple[str, str]] = (),
    *,
    silence: float,
    accept: str = "application/json",
    is_repeatable: bool = True,
    is_open: bool = False,
) -> AsyncGenerator[bytes]:
    """The body of a GET in pieces, decompressed, as they arrive.

    `silence` is in seconds: what the gateway may take for its first byte, all tries together, and
    then for every further one. is_repeatable: whether asking twice is the same as asking once.
    is_open: whether no credential is needed, and none sent. Raises a GatewayError.
    """

    async def begin() -> AsyncGenerator[bytes]:
        pieces = _body(
            exchange.answering(
                path, parameters, accept=accept, silence=silence, with_credential=not is_open
            )
        )
        # The first is empty, and comes as soon as there is more.
        await anext(pieces)
        return pieces

    try:
        async with asyncio.timeout(silence):
            deadline = asyncio.get_running_loop().time() + silence
            pieces = await (with_retries(begin, deadline) if is_repeatable else begin())
    except TimeoutError:
        raise TimedOut(
            f"{exchange.host} gave no answer within {silence:g} s.", "Try again in a moment."
        ) from None
    async with aclosing(pieces):
        async for piece in pieces:
            yield piece
            # A fast gateway never lets its reader wait, and others want their turn.
            await asyncio.sleep(0)


async def _body(answering: AbstractAsyncContextManager[httpx.Response]) -> AsyncGenerator[bytes]:
    async with answering as response:
        pieces = unpacked(response.aiter_raw(), response.headers.get("content-encoding", ""))
        first = await anext(pieces, b"")
        yield b""
        yield first
        async for piece in pieces:
            yield piece
