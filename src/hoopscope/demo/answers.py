"""Answers as the gateway writes them: headers, JSON, bodies that come in pieces."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import Any

from starlette.responses import Response, StreamingResponse

from hoopscope.demo.outputs import go_json

HEADERS = {
    "Access-Control-Expose-Headers": "X-New-Access-Token, X-Set-Cookie",
    "Server": "hoopgateway/demo",
}
JSON = "application/json; charset=utf-8"
_PIECE = 1 << 17


def answer(value: Any, status: int = 200) -> Response:
    """JSON as the gateway writes it: non-ASCII as it is, `<`, `>` and `&` escaped."""
    return Response(go_json(value), status, headers=HEADERS, media_type=JSON)


def streamed(
    pieces: Iterable[bytes], media_type: str, headers: dict[str, str] | None = None
) -> Response:
    """A body without a length, sent as it is made: memory stays flat whatever its size."""
    return StreamingResponse(
        _joined(pieces), headers=HEADERS | (headers or {}), media_type=media_type
    )


async def _joined(pieces: Iterable[bytes]) -> AsyncIterator[bytes]:
    """Small pieces put together, so that a chunk is worth its way."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= _PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
            await asyncio.sleep(0)  # others wait for their answers
    if waiting:
        yield b"".join(waiting)
