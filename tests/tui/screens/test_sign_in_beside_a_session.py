"""Signing in again while a session is open: what it could not load is loaded then."""

from __future__ import annotations

import pytest

from hoopscope.demo.access import PASSWORD
from hoopscope.demo.server import DemoGateway
from hoopscope.recordings.parts import Part
from hoopscope.tui.screens.session.screen import SessionScreen
from tests.tui.conftest import Browser, browser_on
from tests.tui.screens.session.conftest import open_session, session_of
from tests.tui.screens.sign_in_dialog import ANA, dialog_of, expiring, fill

pytestmark = pytest.mark.whole


async def test_an_open_session_is_loaded_further() -> None:
    async with expiring(sessions=1_500) as (gateway, browser):
        screen = await open_session(
            browser, lambda row: row.verb == "exec" and 0 < row.event_size < 50_000
        )
        gateway.expire()
        await browser.press("r")
        await dialog_of(browser)
        await browser.press("escape")
        await browser.until(lambda: screen.opened.problem is not None)
        screen._look(Part.OUTPUT)
        await browser.until(lambda: screen.opened.was_refused)
        await browser.press("f3")
        dialog = await dialog_of(browser)
        await fill(browser, dialog, ANA, PASSWORD)
        await browser.until(lambda: browser.app.screen is screen)
        await browser.until(lambda: screen.opened.detail is not None and screen.opened.is_whole)
        assert screen._part is Part.OUTPUT
        assert screen.opened.problem is None


async def test_a_running_session_is_followed_again() -> None:
    with DemoGateway(sessions=20) as gateway:
        session_id = gateway.open()
        async with browser_on(gateway.url, gateway.token) as browser:
            await follow_again(gateway, browser, session_id)


async def follow_again(gateway: DemoGateway, browser: Browser, session_id: str) -> None:
    """Open a running session while signed out, sign in, and hear what it does."""
    gateway.expire()
    await browser.press("r")
    await dialog_of(browser)
    await browser.press("escape")
    screen = await open_without_detail(browser, session_id)
    screen._look(Part.OUTPUT)
    await browser.until(lambda: screen.opened.was_refused)
    await browser.press("f3")
    dialog = await dialog_of(browser)
    await fill(browser, dialog, ANA, PASSWORD)
    await browser.until(lambda: browser.app.screen is screen)
    await browser.until(lambda: screen.opened.loading is not None)
    await browser.until(lambda: not screen.opened.was_refused)
    # It is heard only by who has subscribed.
    for number in range(200):
        gateway.emit(session_id, "o", f"heard {number}\r\n".encode())
        await browser.pilot.pause(0.05)
        if "heard" in browser.text():
            break
    assert "heard" in browser.text()


async def open_without_detail(browser: Browser, session_id: str) -> SessionScreen:
    """A session, opened while nothing of it can be loaded."""
    index = browser.link.store.row_of(session_id)
    assert index is not None
    browser.table.move_cursor(index)
    await browser.pilot.pause()
    await browser.press("enter")
    await browser.until(lambda: len(browser.app.screen_stack) == 2)
    screen = session_of(browser)
    await browser.until(lambda: screen.opened.problem is not None)
    return screen
