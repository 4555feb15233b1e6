"""What a session does while it does it: Server-Sent Events of the gateway.

Source: gateway behaviour. Nothing from before the subscription is sent, nothing carries an id, a
reader who falls behind loses events without being told, and closing messages (`e`) never come;
`: keepalive` comes after 30 s of silence and `session_end` once all is stored.
"""

from __future__ import annotations

import asyncio
import binascii
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager

from hoopscope.gateway.errors import TimedOut, UnexpectedAnswer, Unreachable
from hoopscope.gateway.event import LiveEvent
from hoopscope.gateway.exchange import Exchange
from hoopscope.gateway.failures import failure
from hoopscope.gateway.lean_httpx import httpx
from hoopscope.gateway.moments import nanoseconds

# httpx_sse imports httpx, which has to be imported leanly before.
from httpx_sse import EventSource, ServerSentEvent, SSEError  # isort: skip

SILENCE = 75.0
"""Seconds without anything, after which a line counts as lost: two keepalives, and a while."""


@asynccontextmanager
async def live_events(
    exchange: Exchange, session_id: str, deadline: float, silence: float = SILENCE
) -> AsyncIterator[AsyncGenerator[LiveEvent]]:
    """Subscribes on entering; gives what happens from then on, until the session ends.

    Iterating raises Unreachable where the line breaks off before, TimedOut where it falls silent,
    and UnexpectedAnswer for what is no event.
    """
    path = f"/api/sessions/{session_id}/stream"
    async with AsyncExitStack() as stack:
        try:
            async with asyncio.timeout(deadline):
                response = await stack.enter_async_context(
                    exchange.answering(path, accept="text/event-stream", silence=silence)
                )
        except TimeoutError:
            raise TimedOut(
                f"{exchange.host} gave no answer within {deadline:g} s.", "Try again in a moment."
            ) from None
        async with aclosing(_events(response, exchange.host)) as events:
            yield events


async def _events(response: httpx.Response, host: str) -> AsyncGenerator[LiveEvent]:
    source = EventSource(response)
    try:
        async with aclosing(source.aiter_sse()) as sent:
            async for each in sent:
                if each.event == "session_end":
                    return
                if each.event == "event":
                    yield _event(each, host)
    except SSEError:
        raise UnexpectedAnswer(
            f"{host} answers, but with no live stream.",
            "Look at the proxies between here and the gateway.",
        ) from None
    except httpx.TimeoutException:
        raise TimedOut(
            f"Nothing came from {host}, not even a sign of life.", "The line may be dead."
        ) from None
    except (httpx.HTTPError, httpx.StreamError) as error:
        raise failure(error, host) from error
    raise Unreachable(f"{host} ended the live stream.", "Try again in a moment.")


def _event(sent: ServerSentEvent, host: str) -> LiveEvent:
    try:
        content = json.loads(sent.data)
        return LiveEvent(
            nanoseconds(content["time"]),
            content["type"],
            binascii.a2b_base64(content["payload"] or "", strict_mode=True),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UnexpectedAnswer(
            f"{host} sends a live stream that cannot be read.",
            "The gateway may be newer than this program.",
        ) from None
