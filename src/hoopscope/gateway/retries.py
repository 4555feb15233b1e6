"""Trying again: what is worth it, and never past the deadline."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from hoopscope.gateway.errors import ServerFailed, TimedOut, TooManyRequests, Unreachable

T = TypeVar("T")


async def with_retries(attempt: Callable[[], Awaitable[T]], deadline: float) -> T:
    """The first success of up to three tries, all of which end before `deadline`.

    `deadline` is a time of the running loop's clock. Only for what may safely be asked twice.
    Raises what the last try raised, and TimeoutError where the deadline cut a first try off.
    """
    last: Exception | None = None

    async def once() -> T:
        nonlocal last
        try:
            return await attempt()
        except Exception as error:
            last = error
            raise

    try:
        async with asyncio.timeout_at(deadline):
            try:
                return await once()
            except Exception as error:
                if not is_worth_it(error):
                    raise
                first = error
            # Most requests succeed, and the first of all is in a hurry.
            from hoopscope.gateway.back_off import tried_again

            return await tried_again(once, first, deadline)
    except TimeoutError:
        if last is not None:
            # What went wrong before says more than that the time was up.
            raise last from None
        raise


def is_worth_it(error: BaseException) -> bool:
    """Whether the same request may succeed a moment later."""
    return isinstance(error, Unreachable | TimedOut | ServerFailed | TooManyRequests)
