"""What is tried again by itself after a failure, and when."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from hoopscope.gateway.errors import (
    Forbidden,
    InvalidAddress,
    InvalidCredential,
    NotAuthorised,
    NotFound,
    QueryRefused,
)
from hoopscope.gateway.query import InvalidQuery
from hoopscope.sessions.pace import BackOff
from hoopscope.sessions.store import StoreFull

_HOPELESS = (
    Forbidden,
    InvalidAddress,
    InvalidCredential,
    InvalidQuery,
    NotAuthorised,
    NotFound,
    QueryRefused,
    StoreFull,
)
_LONGEST_WAIT = 300.0


def is_worth_retrying(error: Exception) -> bool:
    """Whether the same request may succeed later without anybody doing anything."""
    return not isinstance(error, _HOPELESS)


class Retries:
    """At most one thing waits to be tried again, the last that failed."""

    def __init__(self, sleep: Callable[[float], Awaitable[object]], back_off: BackOff) -> None:
        self._sleep = sleep
        self._back_off = back_off
        self._again: Callable[[], Awaitable[None]] | None = None
        self._waiting: asyncio.Task[None] | None = None
        self._of_opening = False

    @property
    def pending(self) -> bool:
        """Whether something failed that has not been tried again."""
        return self._again is not None

    @property
    def of_opening(self) -> bool:
        """Whether that was the first page of a query."""
        return self.pending and self._of_opening

    def later(
        self, again: Callable[[], Awaitable[None]], error: Exception, *, of_opening: bool = False
    ) -> None:
        """Try again when asked, or by itself after a while if there is hope."""
        self.cancel()
        self._again, self._of_opening = again, of_opening
        if is_worth_retrying(error):
            asked = getattr(error, "retry_after", None)
            at_least = min(asked, _LONGEST_WAIT) if isinstance(asked, int | float) else None
            self._waiting = asyncio.create_task(self._wait(self._back_off.next_delay(at_least)))

    async def now(self) -> None:
        """Try again at once."""
        again = self._again
        self.cancel()
        if again is not None:
            await again()

    def cancel(self) -> None:
        """Nothing is to be tried again."""
        self._again = None
        waiting, self._waiting = self._waiting, None
        if waiting is not None and waiting is not asyncio.current_task():
            waiting.cancel()

    def succeeded(self) -> None:
        """It went well: begin with the shortest wait next time."""
        self.cancel()
        self._back_off.reset()

    async def _wait(self, seconds: float) -> None:
        await self._sleep(seconds)
        await self.now()
