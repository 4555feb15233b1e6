from __future__ import annotations

import pytest
from textual import events

from hoopscope.demo.server import DemoGateway
from hoopscope.sessions.filters import Filters
from hoopscope.tui.screens.session.screen import SessionScreen
from tests.tui.conftest import Browser, browser_on

pytestmark = pytest.mark.whole

UNKNOWN = "00000000-0000-4000-8000-000000000000"

NAMING_NONE = [
    ("nonsense", "is a UUID, and this is none"),
    ("https://other.example/sessions/" + UNKNOWN, "one of https://other.example, and this is"),
    ("https://u:pass@other.example/sessions/" + UNKNOWN, "one of https://other.example"),
    ("https://x/\u202e/sessions/" + UNKNOWN, "one of https://x/\\u202e"),
    ("https://x/[red]/sessions/" + UNKNOWN, "one of https://x/[red]"),
]


def opened(browser: Browser) -> str:
    """The id of the session whose screen is open, "" where none is."""
    screen = browser.app.screen
    return screen.row.id if isinstance(screen, SessionScreen) else ""


async def ask_for(browser: Browser, pasted: str) -> None:
    """Paste into the question for a session, as a person does, and answer it."""
    await browser.press("o")
    browser.app.post_message(events.Paste(pasted))
    await browser.press("enter")


async def some_id(gateway: DemoGateway, index: int) -> str:
    """The id of the session with that number, 0 the newest."""
    from hoopscope.gateway.access import GatewayAccess
    from hoopscope.gateway.client import Gateway
    from hoopscope.gateway.query import SessionQuery

    async with Gateway(GatewayAccess(gateway.url, gateway.token)) as client:
        page = await client.sessions(SessionQuery(limit=1, offset=index))
        return page.rows[0].id


async def test_one_that_is_loaded_opens_and_has_the_cursor(gateway: DemoGateway) -> None:
    wanted = await some_id(gateway, 30)
    async with browser_on(gateway.url, gateway.token, session_id=wanted, size=(80, 24)) as browser:
        await browser.until(lambda: opened(browser) == wanted)
        await browser.press("q")
        await browser.until(lambda: not opened(browser))
        assert browser.table.cursor_row == 30
        assert browser.link.state.at is None
        assert browser.notice == ""


async def test_the_list_goes_to_the_date_of_one_that_is_far_back(gateway: DemoGateway) -> None:
    wanted = await some_id(gateway, 1_500)
    async with browser_on(gateway.url, gateway.token, session_id=wanted, size=(80, 24)) as browser:
        await browser.until(lambda: opened(browser) == wanted)
        await browser.until(lambda: browser.table.cursor_key == wanted)
        assert browser.link.state.at is not None
        neighbour = browser.link.store.rows(browser.table.cursor_row + 1, 1)[0].id
        await browser.press("right_square_bracket")
        assert opened(browser) == neighbour
        await browser.press("q")
        assert browser.table.cursor_key == neighbour
        assert "home goes back to now" in browser.line("place")


async def test_one_that_the_filters_leave_out_opens_all_the_same(gateway: DemoGateway) -> None:
    wanted = await some_id(gateway, 900)
    filters = Filters(connection="no such connection", connection_contains=True)
    async with browser_on(
        gateway.url, gateway.token, session_id=wanted, filters=filters, ready=False, size=(80, 24)
    ) as browser:
        await browser.until(lambda: opened(browser) == wanted)
        await browser.until(lambda: browser.link.state.generation == 2)
        await browser.press("right_square_bracket")
        assert opened(browser) == wanted
        assert "does not have it" in browser.text()
        await browser.press("q")
        await browser.until(lambda: "none of those loaded here" in browser.notice)


async def test_an_unknown_one_is_said_in_the_browser(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token, session_id=UNKNOWN, size=(80, 24)) as browser:
        await browser.until(lambda: "cannot be opened" in browser.notice)
        assert "does not have this" in browser.notice
        assert browser.table.row_count
        assert not opened(browser)
        await browser.press("down")
        assert "cannot be opened" in browser.notice


async def test_a_pasted_link_opens_from_inside_and_the_list_stays(gateway: DemoGateway) -> None:
    wanted = await some_id(gateway, 1_200)
    async with browser_on(gateway.url, gateway.token, size=(80, 24)) as browser:
        await browser.press("down", "down")
        await ask_for(browser, f"{gateway.url}/sessions/{wanted}")
        await browser.until(lambda: opened(browser) == wanted)
        await browser.press("q")
        await browser.until(lambda: "goes to its date" in browser.notice)
        assert browser.table.cursor_row == 2
        assert browser.link.state.at is None
        loaded = browser.link.store.rows(40, 1)[0].id
        await ask_for(browser, loaded)
        await browser.until(lambda: opened(browser) == loaded)
        await browser.press("q")
        assert browser.table.cursor_row == 40


async def test_what_names_no_session_here_is_said(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token, size=(80, 24)) as browser:
        for pasted, told in NAMING_NONE:
            browser.screen.say("")
            await ask_for(browser, pasted)
            await browser.until(lambda: told in browser.notice)  # noqa: B023
            assert "pass@" not in browser.text()
            assert not opened(browser)
