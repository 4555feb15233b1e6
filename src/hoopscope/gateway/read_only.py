"""Nothing is written where nothing may be: such a request is refused before it leaves."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from hoopscope.gateway.errors import ReadOnly
from hoopscope.gateway.lean_httpx import httpx

READING = frozenset({"GET", "HEAD", "OPTIONS"})
"""The methods that change nothing, by what HTTP says of them (RFC 9110, safe methods)."""


def refuse_writing(host: str) -> Callable[[httpx.Request], Awaitable[None]]:
    """A hook that lets through only requests that read. It raises ReadOnly for all others."""

    async def only_reading(request: httpx.Request) -> None:
        if request.method not in READING:
            raise ReadOnly(
                f"Nothing is written to {host}: hoopscope is read-only here.",
                "`hoopscope config` says which setting has it so.",
            )

    return only_reading
