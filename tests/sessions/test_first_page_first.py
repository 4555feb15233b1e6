"""The first page goes through, the rest waits for the first paint, though not for ever."""

from __future__ import annotations

import asyncio

import pytest

from hoopscope.gateway.page import SessionPage
from hoopscope.gateway.query import SessionQuery
from hoopscope.sessions.first_page_first import FirstPageFirst


class Source:
    def __init__(self) -> None:
        self.asked = 0

    async def sessions(self, query: SessionQuery) -> SessionPage:
        self.asked += 1
        return SessionPage.from_json({"data": []})


async def test_the_second_request_waits_until_the_rows_are_on_screen() -> None:
    source = Source()
    pages = FirstPageFirst(source)
    await pages.sessions(SessionQuery())
    second = asyncio.create_task(pages.sessions(SessionQuery()))
    await asyncio.sleep(0.02)
    assert source.asked == 1
    pages.on_screen()
    await asyncio.wait_for(second, 0.5)
    await pages.sessions(SessionQuery())
    assert source.asked == 3


async def test_it_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hoopscope.sessions.first_page_first._LONGEST_SECONDS", 0.01)
    source = Source()
    pages = FirstPageFirst(source)
    await asyncio.gather(*(pages.sessions(SessionQuery()) for _ in range(3)))
    assert source.asked == 3
