"""Large recordings, lost gateways, what is kept from a reader."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from hoopscope.demo.server import DemoGateway
from hoopscope.recordings.parts import Part
from hoopscope.tui.screens.browser import BrowserScreen
from hoopscope.tui.stream_load import LoadPhase
from tests.tui.conftest import browser_on
from tests.tui.screens.session.conftest import open_session


async def test_a_large_output_shows_its_beginning_and_can_be_stopped_and_gone_on_with() -> None:
    with DemoGateway(sessions=50) as gateway:
        wanted = gateway.insert_large(200, lasting=timedelta(minutes=2))
        async with browser_on(gateway.url, gateway.token, size=(100, 24)) as browser:
            screen = await open_session(browser, lambda row: row.id == wanted)
            assert "MB recorded" in browser.text()
            screen.action_look(Part.OUTPUT)
            opened = screen.opened
            # Not `until`, which waits for everything to come to rest.
            while opened.text_loading is None or not opened.text_loading.received:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
            screen.action_stop()
            assert opened.text_loading is not None
            assert opened.text_loading.phase is LoadPhase.STOPPED
            await browser.until(lambda: "stopped after" in browser.text())
            await browser.until(lambda: "lines 1" in browser.text())
            text = opened.text
            assert text is not None
            assert text.size()
            screen.action_reload()
            assert opened.text is not text
            assert not text.size()
            screen.action_leave()
            await browser.until(lambda: isinstance(browser.app.screen, BrowserScreen))
            assert opened.text is None


async def test_a_gateway_that_is_lost_meanwhile_is_told_and_loses_nothing() -> None:
    with DemoGateway(sessions=200) as gone:
        async with browser_on(gone.url, gone.token, size=(120, 24)) as browser:
            screen = await open_session(
                browser, lambda row: row.verb == "exec" and row.exit_code == 0 and row.event_size
            )
            summary = browser.text()
            gone.stop()
            await browser.press("3")
            await browser.until(lambda: "r tries again" in browser.text(), 20)
            assert "✗" in browser.text()
            await browser.press("1")
            assert screen.row.id in browser.text()
            assert "Script" in summary


async def test_a_reviewer_is_told_what_the_gateway_keeps_back(gateway: DemoGateway) -> None:
    token = next(token for name, token in gateway.tokens.items() if name.startswith("bruno@"))
    async with browser_on(gateway.url, token, size=(120, 30)) as browser:
        await browser.until(lambda: browser.screen._acquaintance.user is not None)
        user = browser.screen._acquaintance.user
        assert user is not None
        screen = await open_session(
            browser,
            lambda row: row.user_id != user.id and row.status == "done" and row.event_size,
        )
        await browser.press("5")
        assert screen.part is not Part.EVENTS
        assert "only the session's owner, admins and auditors" in browser.text()


async def test_another_size_of_the_terminal_reaches_what_is_beneath(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token, size=(120, 40)) as browser:
        await open_session(browser, lambda row: row.exit_code == 0)
        await browser.pilot.resize_terminal(80, 24)
        await browser.until(lambda: len(browser.text().splitlines()) == 24)
        await browser.press("q")
        await browser.until(lambda: isinstance(browser.app.screen, BrowserScreen))
        await browser.until(lambda: browser.text().splitlines()[-1].rstrip().endswith("q quit"))
        assert all(len(line) <= 80 for line in browser.text().splitlines())
