from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot
from textual.widgets import Input, Static

from hoopscope.demo.access import PASSWORD
from hoopscope.demo.server import DemoGateway
from hoopscope.gateway.access import GatewayAccess
from hoopscope.sessions.gateway_link import GatewayLink
from hoopscope.tui.app import HoopscopeApp
from hoopscope.tui.screens.browser import BrowserScreen
from hoopscope.tui.screens.connect import ConnectScreen
from hoopscope.tui.screens.sign_in import SignInScreen
from hoopscope.tui.theming import find_theme
from hoopscope.tui.widgets.secret_input import SecretInput
from tests.tui.conftest import FOLDERS, browser_screen

LOOKED_FOR = ["HOOP_APIURL, HOOP_TOKEN: not set", "~/.hoop/config.toml: there is no such file"]


def make_link(access: GatewayAccess) -> GatewayLink:
    return GatewayLink(access, poll_seconds=0, deadline_seconds=3)


@asynccontextmanager
async def connecting(demo: GatewayAccess | None = None) -> AsyncIterator[Pilot[int]]:
    def make_demo() -> GatewayAccess:
        if demo is None:
            raise OSError("the demo is broken")
        return demo

    app = HoopscopeApp(
        lambda: ConnectScreen(make_link, make_demo, LOOKED_FOR),
        lambda link, _demo: browser_screen(link),
        theme=find_theme("dark", FOLDERS),
    )
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            yield pilot
    finally:
        app.close_link()


async def problem(pilot: Pilot[int], part: str) -> str:
    for _ in range(300):
        text = str(pilot.app.screen.query_one("#connect-problem", Static).content)
        if part in text:
            return text
        await asyncio.sleep(0.02)
        await pilot.pause()
    raise TimeoutError(text)


async def test_it_says_what_was_looked_for() -> None:
    async with connecting() as pilot:
        shown = "\n".join(
            "".join(segment.text for segment in strip)
            for strip in pilot.app.screen._compositor.render_strips()
        )
        for line in LOOKED_FOR:
            assert line in shown


async def test_an_address_that_is_none_is_refused_before_anything_is_sent() -> None:
    async with connecting() as pilot:
        await pilot.press(*"nonsense", "enter")
        assert await problem(pilot, "address")


async def signing_in(pilot: Pilot[int], url: str) -> SignInScreen:
    """The dialog for a gateway, with its fields."""
    pilot.app.screen.query_one("#connect-url", Input).value = url
    await pilot.press("enter")
    for _ in range(300):
        screen = pilot.app.screen
        if isinstance(screen, SignInScreen) and screen.query(SecretInput):
            return screen
        await asyncio.sleep(0.02)
        await pilot.pause()
    raise TimeoutError(repr(pilot.app.screen))


async def test_it_asks_as_the_gateway_wants_and_opens_the_browser() -> None:
    with DemoGateway(sessions=20) as gateway:
        async with connecting() as pilot:
            dialog = await signing_in(pilot, gateway.url)
            dialog.query_one("#sign-in-email", Input).value = "ana@tidewater.example"
            dialog.query_one(SecretInput).value = PASSWORD
            dialog.query_one(SecretInput).focus()
            await pilot.press("enter")
            await until_browser(pilot)
            assert PASSWORD not in pilot.app.export_screenshot()


async def test_a_token_opens_the_browser_once_it_is_right() -> None:
    with DemoGateway(sessions=20) as gateway:
        async with connecting() as pilot:
            dialog = await signing_in(pilot, gateway.url)
            await pilot.press("f2")
            while dialog.query("#sign-in-email") or not dialog.query(SecretInput):
                await pilot.pause(0.02)
            for token in ("secret-token", gateway.token):
                dialog.query_one(SecretInput).value = token
                await pilot.press("enter")
                assert "secret-token" not in pilot.app.export_screenshot()
                while token == "secret-token" and "does not accept" not in str(
                    dialog.query_one("#sign-in-problem", Static).content
                ):
                    await pilot.pause(0.02)
            await until_browser(pilot)


async def test_putting_it_off_leads_back_to_the_address() -> None:
    with DemoGateway(sessions=20) as gateway:
        async with connecting() as pilot:
            await signing_in(pilot, gateway.url)
            await pilot.press("escape")
            await pilot.pause()
            assert isinstance(pilot.app.screen, ConnectScreen)
            await signing_in(pilot, gateway.url)


async def test_what_is_no_gateway_is_said_in_the_dialog() -> None:
    async with connecting() as pilot:
        dialog = await signing_in(pilot, "http://127.0.0.1:9")
        assert "127.0.0.1:9" in str(dialog.query_one("#sign-in-problem", Static).content)


async def test_the_demo_is_one_key_away() -> None:
    with DemoGateway(sessions=20) as gateway:
        async with connecting(GatewayAccess(gateway.url, gateway.token)) as pilot:
            await pilot.press("f2")
            await until_browser(pilot)


async def test_a_demo_that_does_not_start_says_so() -> None:
    async with connecting() as pilot:
        await pilot.press("f2")
        assert await problem(pilot, "the demo is broken")


async def until_browser(pilot: Pilot[int]) -> None:
    for _ in range(300):
        screen = pilot.app.screen
        if isinstance(screen, BrowserScreen) and screen._table.row_count:
            return
        await asyncio.sleep(0.02)
        await pilot.pause()
    raise TimeoutError(repr(pilot.app.screen))
