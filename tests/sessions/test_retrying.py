from __future__ import annotations

import pytest

from hoopscope.gateway.errors import (
    Forbidden,
    NotAuthorised,
    QueryRefused,
    ServerFailed,
    TimedOut,
    TooManyRequests,
    UnexpectedAnswer,
    Unreachable,
)
from hoopscope.gateway.query import InvalidQuery
from hoopscope.sessions.pace import BackOff
from hoopscope.sessions.retrying import Retries, is_worth_retrying
from hoopscope.sessions.store import StoreFull
from tests.sessions.feed_lab import FakeTime, settled


@pytest.mark.parametrize(
    ("error", "worth"),
    [
        (Unreachable("a"), True),
        (TimedOut("a"), True),
        (ServerFailed("a"), True),
        (TooManyRequests("a"), True),
        (UnexpectedAnswer("a"), True),
        (NotAuthorised("a"), False),
        (Forbidden("a"), False),
        (QueryRefused("a"), False),
        (InvalidQuery("start", "is after the end"), False),
        (StoreFull("a"), False),
    ],
)
def test_tries_again_only_what_may_heal_by_itself(error: Exception, worth: bool) -> None:
    assert is_worth_retrying(error) == worth


class Tries:
    def __init__(self) -> None:
        self.time = FakeTime()
        self.count = 0
        self.retries = Retries(self.time.sleep, BackOff(lambda: 1.0))

    async def again(self) -> None:
        self.count += 1


async def test_only_the_last_failure_is_tried_again_and_once() -> None:
    it = Tries()

    async def never() -> None:
        raise AssertionError

    it.retries.later(never, Unreachable("It is away."))
    it.retries.later(it.again, Unreachable("It is away."))
    await settled()
    await it.time.advance(100)
    assert it.count == 1
    assert not it.retries.pending


async def test_on_request_it_is_tried_at_once_and_not_again_later() -> None:
    it = Tries()
    it.retries.later(it.again, NotAuthorised("a"), of_opening=True)
    assert it.retries.of_opening
    await it.time.advance(1_000)
    assert it.count == 0
    await it.retries.now()
    await it.retries.now()
    assert it.count == 1
    it.retries.later(it.again, Unreachable("a"))
    await settled()
    await it.retries.now()
    await it.time.advance(100)
    assert it.count == 2


async def test_an_absurd_wait_is_cut() -> None:
    it = Tries()
    it.retries.later(it.again, TooManyRequests("a", retry_after=86_400))
    await settled()
    await it.time.advance(301)
    assert it.count == 1
