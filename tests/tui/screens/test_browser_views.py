from __future__ import annotations

from typing import Any

import pytest

from hoopscope.config.settings import Settings
from hoopscope.demo.server import DemoGateway
from hoopscope.sessions.filters import Filters
from hoopscope.sessions.views import View, ViewList
from hoopscope.tui.app import HoopscopeApp
from hoopscope.tui.launch import open_link
from hoopscope.tui.screens.browser import BrowserScreen
from hoopscope.tui.theming import find_theme
from hoopscope.tui.widgets.filter_line import FilterLine
from hoopscope.tui.widgets.filter_sidebar import FilterSidebar
from tests.tui.conftest import FOLDERS, OPTIONS, Browser, browser_on, browser_screen

pytestmark = pytest.mark.whole

NARROW = View("narrow", columns=("outcome", "who"), widths={"who": 30})
PROD = View("prod", Filters(connection="prod"), columns=("connection", "when"))
BROKEN = View("broken", Filters(start="the day after never"))
VIEWS = ViewList([NARROW, PROD, BROKEN])


def shown(browser: Browser) -> str:
    line = browser.screen.query_one(FilterLine)
    return line.text.strip() if line.display else ""


def header(browser: Browser) -> list[str]:
    lines = [line for line in browser.text().splitlines() if "OUTCOME" in line or "WHEN" in line]
    return lines[0].split("▕")[-1].split()


async def test_a_number_opens_a_view(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        assert browser.screen.views.current == browser.screen.views.views.everything
        await browser.press("4")
        await browser.until(lambda: browser.link.state.generation == 2)
        assert {row.review_status for row in browser.link.store.rows(0, 100)} == {"REJECTED"}
        assert shown(browser).startswith("rejected  review=REJECTED")
        current = browser.screen.views.current
        assert current is not None
        assert current.name == "rejected"
        assert browser.screen.query_one(FilterSidebar).filters.review == "REJECTED"


async def test_a_view_that_was_changed_by_hand_says_so(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        await browser.press("4")
        await browser.until(lambda: browser.link.state.generation == 2)
        await browser.press("f", *"dana", "enter")
        await browser.until(lambda: browser.link.state.generation == 3)
        assert shown(browser).startswith("rejected*")
        assert browser.screen.views.current is None
        assert browser.screen.views.opened.name == "rejected"
        await browser.press("escape", "4")
        await browser.until(lambda: browser.link.state.generation == 4)
        assert browser.screen.views.current is not None
        assert "*" not in shown(browser)
        await browser.press("x")
        await browser.until(lambda: browser.link.state.generation == 5)
        assert shown(browser) == ""
        assert browser.screen.views.opened == browser.screen.views.views.everything


async def test_a_view_brings_its_columns_and_everything_takes_them_back(
    gateway: DemoGateway,
) -> None:
    async with browser_on(gateway.url, gateway.token, views=VIEWS) as browser:
        usual = header(browser)
        await browser.press("8")
        await browser.until(lambda: header(browser) == ["OUTCOME", "WHO"])
        assert shown(browser) == "narrow"
        await browser.press("9")
        await browser.until(lambda: header(browser) == ["CONNECTION", "WHEN"])
        assert all("prod" in row.connection for row in browser.link.store.rows(0, 100))
        await browser.press("1")
        await browser.until(lambda: header(browser) == usual)
        assert shown(browser) == ""


async def test_the_browser_begins_with_a_view(gateway: DemoGateway) -> None:
    how: dict[str, Any] = {"views": VIEWS, "view": PROD, "filters": PROD.filters}
    async with browser_on(gateway.url, gateway.token, size=(80, 24), **how) as browser:
        assert header(browser) == ["CONNECTION", "WHEN"]
        assert shown(browser).startswith("prod  conn~prod")
        assert browser.screen.views.current == PROD


async def test_filters_on_top_of_the_view_change_it(gateway: DemoGateway) -> None:
    filters = PROD.filters.replace(verbs=("exec",))
    how: dict[str, Any] = {"views": VIEWS, "view": PROD, "filters": filters}
    async with browser_on(gateway.url, gateway.token, **how) as browser:
        assert shown(browser).startswith("prod*")
        assert browser.screen.views.current is None


async def test_a_view_that_cannot_be_asked_leaves_everything_as_it_was(
    gateway: DemoGateway,
) -> None:
    async with browser_on(gateway.url, gateway.token, views=VIEWS) as browser:
        browser.screen.views.open("broken")
        told = "The view broken cannot be opened: since not understood"
        await browser.until(lambda: told in browser.notice)
        assert not browser.screen.query(".-problem"), "the filters in the sidebar are others"
        assert browser.link.state.generation == 1
        assert browser.screen.views.opened.name == "everything"
        browser.screen.views.open("nothing\x1b")
        assert browser.notice == "There is no view nothing\\x1b."


async def test_a_number_without_a_view_says_so(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        await browser.press("9")
        assert "No view has the number 9" in browser.notice


async def test_somebody_whom_the_first_view_names_is_looked_up(gateway: DemoGateway) -> None:
    bruno = View("bruno", Filters(user="bruno@tidewater.example"))
    settings = Settings(url=gateway.url, token=gateway.token, poll_seconds=0)
    access = settings.access()
    assert access is not None
    link = open_link(settings, access, bruno.filters)
    assert not link.was_opened
    app = HoopscopeApp(
        lambda: BrowserScreen(link, bruno.filters, OPTIONS._replace(view=bruno)),
        lambda other, _demo: browser_screen(other),
        theme=find_theme("dark", FOLDERS),
    )
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            browser = Browser(app, pilot, link)
            await browser.until(lambda: browser.link.state.loaded)
            rows = browser.link.store.rows(0, 100)
            assert {row.user for row in rows} == {"bruno@tidewater.example"}
            assert browser.screen.views.current == bruno
    finally:
        link.close()
