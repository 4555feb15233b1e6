"""The keys of vi and the arrows, wherever something moves."""

from __future__ import annotations

import pytest
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import OptionList

from hoopscope.demo.server import DemoGateway
from hoopscope.tui.widgets.result_table import ResultTable
from hoopscope.tui.widgets.text_view import TextView
from tests.tui.conftest import browser_on
from tests.tui.screens.session.conftest import open_session

pytestmark = pytest.mark.whole


async def test_the_list(gateway: DemoGateway) -> None:
    """By rows, half pages, to both ends."""
    async with browser_on(gateway.url, gateway.token, detail=False) as browser:
        table = browser.table
        await browser.tap("j", "j", "k")
        assert table.cursor_row == 1
        await browser.tap("ctrl+d")
        assert table.cursor_row == 1 + table.visible_count // 2
        await browser.tap("ctrl+u")
        assert table.cursor_row == 1
        await browser.tap("pagedown", "g", "g")
        assert table.cursor_row == 0
        assert browser.app.focused is table
        await browser.tap("G")
        await browser.until(lambda: browser.link.state.at is not None and table.cursor_row > 3)
        await browser.tap("g", "g")
        await browser.until(lambda: browser.link.state.at is None and table.cursor_row == 0)


async def test_what_does_not_begin_with_g_is_still_typed(gateway: DemoGateway) -> None:
    """Only that one answer needs no enter."""
    async with browser_on(gateway.url, gateway.token) as browser:
        await browser.tap("g", *"2 hours ago", "enter")
        await browser.until(lambda: browser.link.state.at is not None)


async def test_a_text(gateway: DemoGateway) -> None:
    """A result as a table, and as text."""
    async with browser_on(gateway.url, gateway.token, size=(80, 24)) as browser:
        await open_session(browser, lambda row: row.exit_code == 0 and row.event_size > 4_000)
        await browser.tap("3")
        await browser.until(lambda: isinstance(browser.app.focused, ResultTable))
        table = browser.app.focused
        assert isinstance(table, ResultTable)
        await browser.tap("G")
        assert table.cursor_row == table.row_count - 1 > 1
        await browser.tap("g", "g")
        assert table.cursor_row == 0
        await browser.tap("o")
        await browser.until(lambda: isinstance(browser.app.focused, TextView))
        view = browser.app.focused
        assert isinstance(view, TextView)
        await browser.until(lambda: view.is_complete)
        await browser.tap("j", "j", "k")
        assert view.first_line == 1
        await browser.tap("G")
        await browser.until(lambda: view.first_line > 1)
        last = view.first_line
        await browser.tap("g", "g")
        assert view.first_line == 0
        await browser.tap("end")
        await browser.until(lambda: view.first_line == last)


@pytest.mark.parametrize("key", ["t", "C"])
async def test_lists_to_choose_from(gateway: DemoGateway, key: str) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        await browser.tap(key)
        assert isinstance(browser.app.screen, ModalScreen)
        options = browser.app.screen.query_one(OptionList)
        start = options.highlighted or 0
        await browser.tap("down", "j", "k")
        assert options.highlighted == (start + 1) % options.option_count


async def test_the_help(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token, size=(80, 24)) as browser:
        await browser.press("question_mark")
        box = browser.app.screen.query_one(VerticalScroll)
        await browser.press("j", "down", "k")
        await browser.until(lambda: box.scroll_y == 1)
        await browser.press("G")
        await browser.until(lambda: box.scroll_y == box.max_scroll_y > 20)
        await browser.press("home")
        await browser.until(lambda: box.scroll_y == 0)
        await browser.press("space", "b")
        await browser.until(lambda: box.scroll_y == 0)
