"""After a jump to a date the list goes on upwards, to the newest."""

from __future__ import annotations

import pytest
from textual import events

from hoopscope.demo.server import DemoGateway
from hoopscope.gateway.client import Gateway
from hoopscope.gateway.query import SessionQuery
from hoopscope.gateway.walk import SessionWalk
from hoopscope.tui.screens.session.screen import SessionScreen
from tests.tui.conftest import NOW, Browser, browser_on

pytestmark = pytest.mark.whole


async def went_to(browser: Browser, date: str) -> None:
    await browser.press("g", *date, "enter")
    await browser.until(lambda: browser.link.state.at is not None)
    await browser.until(lambda: date in browser.line("place"))


async def test_rows_come_in_above_and_nothing_moves(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        await went_to(browser, "2026-11-20")
        key, loaded = browser.table.cursor_key, browser.link.state.loaded
        before = browser.text().split("\n")[2]
        await browser.press("up")
        await browser.until(lambda: browser.table.row_count > loaded)
        assert browser.table.cursor_key == key
        assert browser.text().split("\n")[2] == before
        await browser.press("up")
        assert browser.table.cursor_key != key
        rows = browser.link.store.rows(0, browser.link.state.loaded)
        keys = [row.sort_key for row in rows]
        assert keys == sorted(set(keys), reverse=True)


async def test_page_by_page_it_leads_to_the_newest(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        newest = browser.table.cursor_key
        await went_to(browser, "2026-11-22")
        assert "home goes back to now" in browser.line("place")
        for _ in range(60):
            await browser.press("pageup")
            if browser.table.cursor_key == newest:
                break
            await browser.pilot.pause(0.03)
        await browser.until(lambda: browser.link.state.at is None)
        await browser.press("home")
        assert browser.table.cursor_key == newest
        assert browser.link.state.generation == 2, "nothing was asked for anew"
        assert "home goes back" not in browser.line("place")
        shown = browser.link.store.rows(0, browser.link.state.loaded)
        async with Gateway(browser.link.access) as client:
            walk, walked = SessionWalk(client, SessionQuery()), list[str]()
            while len(walked) < len(shown) and (page := await walk.next_page()):
                walked += [row.id for row in page.rows]
        assert [row.id for row in shown] == walked[: len(shown)]


async def test_the_wheel_goes_up_too(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        await went_to(browser, "2026-11-20")
        loaded = browser.link.state.loaded
        table = browser.table
        table.post_message(
            events.MouseScrollUp(
                table, 5, 5, 0, -1, 0, shift=False, meta=False, ctrl=False, screen_x=5, screen_y=5
            )
        )
        await browser.until(lambda: browser.table.row_count > loaded)


async def test_a_session_that_is_open_leads_to_newer_ones(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token, clock=NOW.timestamp) as browser:
        await went_to(browser, "2026-11-20")
        key, loaded = browser.table.cursor_key, browser.link.state.loaded
        await browser.press("enter")
        await browser.until(lambda: isinstance(browser.app.screen, SessionScreen))
        await browser.press("left_square_bracket")
        await browser.until(lambda: browser.link.state.loaded > loaded)
        await browser.until(lambda: browser.table.row_count > loaded)
        await browser.press("left_square_bracket")
        screen = browser.app.screen
        assert isinstance(screen, SessionScreen)
        index = browser.link.store.row_of(key)
        assert index is not None
        assert screen.row == browser.link.store.rows(index - 1, 1)[0]
