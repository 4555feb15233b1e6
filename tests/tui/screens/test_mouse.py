"""The mouse, where it is on: everything that can be seen to be a choice can be clicked."""

from __future__ import annotations

import pytest
from textual import events
from textual.widget import Widget
from textual.widgets import OptionList

from hoopscope.demo.server import DemoGateway
from hoopscope.gateway.row import SessionRow
from hoopscope.tui.widgets.choice_field import ChoiceField
from hoopscope.tui.widgets.detail_pane import DetailPane
from hoopscope.tui.widgets.field_input import FieldInput
from hoopscope.tui.widgets.tab_line import TabLine
from hoopscope.tui.widgets.text_view import TextView
from tests.tui.conftest import Browser, browser_on
from tests.tui.screens.session.conftest import open_session, session_of

pytestmark = pytest.mark.whole


async def turn_wheel(browser: Browser, widget: Widget, *, down: bool = True) -> None:
    """One notch, above the middle of a widget."""
    turned = events.MouseScrollDown if down else events.MouseScrollUp
    x, y = widget.region.center[0], widget.region.y + widget.region.height // 2
    browser.app.post_message(
        turned(None, int(x), y, 0, 1 if down else -1, 0, False, False, False, int(x), y)
    )
    await browser.pilot.pause()


def ended(row: SessionRow) -> bool:
    """It printed some lines."""
    return row.exit_code == 0 and row.event_size > 4_000


async def test_the_list(gateway: DemoGateway) -> None:
    """The wheel moves the view, a click the cursor, a second click opens."""
    async with browser_on(gateway.url, gateway.token) as browser:
        table = browser.table
        await turn_wheel(browser, table)
        assert (table.first_visible, table.cursor_row) == (3, 0)
        await turn_wheel(browser, table, down=False)
        assert (table.first_visible, table.cursor_row) == (0, 0)
        await browser.pilot.click(table, offset=(10, 4))
        assert table.cursor_row == 3
        assert table.has_focus
        # Titles and what is below the last row choose nothing.
        await browser.pilot.click(table, offset=(10, 0))
        assert table.cursor_row == 3
        await browser.pilot.click(table, offset=(10, 6), times=2)
        await browser.until(lambda: len(browser.app.screen_stack) == 2)
        assert session_of(browser).row.id == browser.link.store.rows(5, 1)[0].id


async def test_filters_and_detail(gateway: DemoGateway) -> None:
    """A click on a field goes there; on one with choices it opens them."""
    async with browser_on(gateway.url, gateway.token, size=(120, 34)) as browser:
        field = browser.screen.query(FieldInput).first()
        await browser.pilot.click(field)
        assert field.has_focus
        choice = browser.screen.query(ChoiceField).first()
        await browser.pilot.click(choice, offset=(14, 0))
        assert choice.has_focus
        pane = browser.screen.query_one(DetailPane)
        await browser.until(lambda: "not loaded" not in pane.text)
        before = browser.text()
        await turn_wheel(browser, pane)
        assert browser.text() != before
        await browser.pilot.click(pane)
        assert pane.has_focus
        await browser.pilot.click(browser.table, offset=(10, 2))
        assert browser.table.has_focus


async def test_inside_a_session(gateway: DemoGateway) -> None:
    """A click on a part opens it, the wheel moves in it, a click chooses a line."""
    async with browser_on(gateway.url, gateway.token) as browser:
        screen = await open_session(browser, ended)
        tabs = screen.query_one(TabLine)
        at = tabs.text.index("Script")
        await browser.pilot.click(tabs, offset=(at, 0))
        assert screen.part.value == "script"
        await browser.pilot.click(tabs, offset=(tabs.text.index("Output"), 0))
        await browser.until(lambda: screen.focused is not None and screen.focused.size.height > 5)
        await browser.tap("o")
        await browser.until(lambda: isinstance(browser.app.focused, TextView))
        view = browser.app.focused
        assert isinstance(view, TextView)
        await browser.until(lambda: view.is_complete)
        await turn_wheel(browser, view)
        assert view.first_line == 3
        await browser.pilot.click(view, offset=(20, 4))
        assert view.line_here == 7
        await turn_wheel(browser, view, down=False)
        assert view.first_line == 0


async def test_lists_to_choose_from(gateway: DemoGateway) -> None:
    """A click chooses."""
    async with browser_on(gateway.url, gateway.token) as browser:
        await browser.tap("t")
        options = browser.app.screen.query_one(OptionList)
        await browser.pilot.click(options, offset=(4, 2))
        await browser.until(lambda: len(browser.app.screen_stack) == 1)
        assert browser.app.theme == browser.app.theme_names()[1]
