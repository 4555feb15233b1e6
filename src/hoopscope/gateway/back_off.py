"""How long to wait before a request is made again, and how often it is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import tenacity

from hoopscope.gateway.retries import is_worth_it

T = TypeVar("T")

MAX_TRIES = 3
_BACK_OFF: Callable[[tenacity.RetryCallState], float] = tenacity.wait_random_exponential(
    multiplier=0.5, max=8.0
)


async def tried_again(attempt: Callable[[], Awaitable[T]], failed: Exception, deadline: float) -> T:
    """The first success after a try that has `failed`, which counts as one of three.

    Waits for as long as the gateway asks (`Retry-After`), else ever longer and by chance; where
    waiting would pass the deadline (a time of the running loop's clock), the failure is raised at
    once. Raises what the last try raised.
    """
    failures = [failed]

    async def once() -> T:
        if failures:
            raise failures.pop()
        return await attempt()

    def is_over(state: tenacity.RetryCallState) -> bool:
        waking = asyncio.get_running_loop().time() + state.upcoming_sleep
        return state.attempt_number >= MAX_TRIES or waking >= deadline

    retrying = tenacity.AsyncRetrying(
        retry=tenacity.retry_if_exception(is_worth_it),
        wait=_wait,
        stop=is_over,
        sleep=asyncio.sleep,
        reraise=True,
    )
    return await retrying(once)


def _wait(state: tenacity.RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = getattr(error, "retry_after", None)
    return _BACK_OFF(state) if asked is None else float(asked)
