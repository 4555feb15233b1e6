"""Trying again: what is worth it, how long to wait, and never past the deadline."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import tenacity

from hoopscope.gateway.errors import ServerFailed, TimedOut, TooManyRequests, Unreachable

T = TypeVar("T")

MAX_TRIES = 3
_BACK_OFF = tenacity.wait_random_exponential(multiplier=0.5, max=8.0)


async def with_retries(attempt: Callable[[], Awaitable[T]], deadline: float) -> T:
    """The first success of up to three tries, all of which end before `deadline`.

    `deadline` is a time of the running loop's clock. Only for what may safely be asked twice.
    Waits for as long as the gateway asks (`Retry-After`), else ever longer and by chance; where
    waiting would pass the deadline, the failure is raised at once. Raises what the last try
    raised, and TimeoutError where the deadline cut a first try off.
    """
    last: Exception | None = None

    async def once() -> T:
        nonlocal last
        try:
            return await attempt()
        except Exception as error:
            last = error
            raise

    def is_over(state: tenacity.RetryCallState) -> bool:
        waking = asyncio.get_running_loop().time() + state.upcoming_sleep
        return state.attempt_number >= MAX_TRIES or waking >= deadline

    retrying = tenacity.AsyncRetrying(
        retry=tenacity.retry_if_exception(_is_worth_it),
        wait=_wait,
        stop=is_over,
        sleep=asyncio.sleep,
        reraise=True,
    )
    try:
        async with asyncio.timeout_at(deadline):
            return await retrying(once)
    except TimeoutError:
        if last is not None:
            # What went wrong before says more than that the time was up.
            raise last from None
        raise


def _is_worth_it(error: BaseException) -> bool:
    return isinstance(error, Unreachable | TimedOut | ServerFailed | TooManyRequests)


def _wait(state: tenacity.RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = getattr(error, "retry_after", None)
    return _BACK_OFF(state) if asked is None else float(asked)
