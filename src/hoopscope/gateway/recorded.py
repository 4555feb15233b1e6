"""What the gateway stored of a session, read while it arrives.

Source: gateway behaviour. A recording is left out of a session where there is none and where the
reader may not have it; the endpoint of its output tells the two apart, by a 403.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, closing

from hoopscope.gateway.errors import (
    Forbidden,
    GatewayError,
    NothingRecorded,
    RecordingWithheld,
)
from hoopscope.gateway.event import Event
from hoopscope.gateway.event_reading import EventReader
from hoopscope.gateway.exchange import Exchange
from hoopscope.gateway.streaming import streamed

_STEP = 16_384
# Without the script, which can be long and would come along for nothing.
_EVENTS = [("expand", "event_stream")]
# Naming only one of the two, or a space after the comma, would empty the script.
_EXPANDED = [("expand", "event_stream,session_input")]
_STREAM_KEY = b'"event_stream":'


async def recorded_events(
    exchange: Exchange, session_id: str, silence: float
) -> AsyncGenerator[list[Event]]:
    """The events of a session in batches. Raises a GatewayError, perhaps after some batches."""
    path = f"/api/sessions/{session_id}"
    with closing(EventReader(exchange.host)) as reader:
        async with aclosing(streamed(exchange, path, _EVENTS, silence=silence)) as pieces:
            async for piece in pieces:
                for start in range(0, len(piece), _STEP):
                    events = reader.feed(piece[start : start + _STEP])
                    if events:
                        yield events
                    # A thread that paints waits for the interpreter no longer than a step takes.
                    await asyncio.sleep(0)
        reader.finish()
    if reader.found != "events":
        raise await _why_nothing(exchange, session_id, silence)


async def whole_session(
    exchange: Exchange, session_id: str, silence: float
) -> AsyncGenerator[bytes]:
    """The bytes of a session's JSON, its recording included. Raises a GatewayError.

    One that the reader may not have is told of at the end, when all else has been given.
    """
    path = f"/api/sessions/{session_id}"
    before = b""
    found = False
    async with aclosing(streamed(exchange, path, _EXPANDED, silence=silence)) as pieces:
        async for piece in pieces:
            # Inside of a string the quotes would be escaped.
            found = found or _STREAM_KEY in before + piece
            before = piece[-len(_STREAM_KEY) :]
            if piece:
                yield piece
    if not found:
        why = await _why_nothing(exchange, session_id, silence)
        if isinstance(why, RecordingWithheld):
            raise why


async def recorded_output(
    exchange: Exchange, session_id: str, options: Sequence[tuple[str, str]], silence: float
) -> AsyncGenerator[bytes]:
    """The output of a session in pieces. Raises a GatewayError, perhaps after some pieces."""
    path = f"/api/sessions/{session_id}/result/stream"
    try:
        async with aclosing(
            streamed(exchange, path, options, silence=silence, accept="text/plain")
        ) as pieces:
            async for piece in pieces:
                if piece:
                    yield piece
    except Forbidden as error:
        raise _withheld(error) from error


async def _why_nothing(exchange: Exchange, session_id: str, silence: float) -> GatewayError:
    """Whether there is nothing, or nothing for this reader."""
    options = [("events", "e")]
    try:
        async with aclosing(recorded_output(exchange, session_id, options, silence)) as pieces:
            async for _ in pieces:
                break
    except RecordingWithheld as error:
        return error
    except GatewayError as error:
        return NothingRecorded(
            "The gateway sent no recording of this session.",
            f"There is none, or it is not for you; asking which went wrong: {error.what}",
        )
    return NothingRecorded(
        "Nothing of this session was recorded.",
        "It did not run, or was refused before it could.",
    )


def _withheld(error: Forbidden) -> RecordingWithheld:
    return RecordingWithheld(
        "The gateway withholds what this session recorded from you.",
        "Its owner, admins and auditors can see it.",
        status=error.status,
        detail=error.detail,
    )
