"""Another size of the terminal leaves everybody where they are, also after a storm of sizes."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from hoopscope.demo.server import DemoGateway
from hoopscope.gateway.row import SessionRow
from hoopscope.recordings.kinds import RecordingKind
from hoopscope.tui.screens.help import HelpScreen
from hoopscope.tui.widgets.filter_sidebar import FilterSidebar
from hoopscope.tui.widgets.json_view import JsonView
from hoopscope.tui.widgets.record_browser import RecordBrowser
from hoopscope.tui.widgets.too_small import TooSmall
from tests.tui.conftest import Browser, browser_on
from tests.tui.screens.every_screen import is_a
from tests.tui.screens.session.conftest import open_session, session_of

pytestmark = pytest.mark.whole

STORM = [(120, 40), (59, 24), (100, 20), (40, 10), (80, 24)]
"""Through every layout, and twice through sizes too small for any."""


async def storm(browser: Browser, sizes: list[tuple[int, int]] = STORM) -> None:
    """One size after the other, as a window that is dragged: no layout is waited for."""
    for width, height in sizes:
        await browser.pilot.resize_terminal(width, height)
    await browser.pilot.pause()


async def test_too_small_is_said_and_it_comes_back(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token, size=(80, 24)) as browser:
        await browser.press(*["down"] * 5)
        before = browser.text()
        for size in [(59, 24), (80, 19)]:
            await browser.pilot.resize_terminal(*size)
            await browser.until(lambda: "60 columns and 20 rows" in browser.text())
            assert "WHEN" not in browser.text()
            await browser.pilot.resize_terminal(80, 24)
            await browser.until(lambda: browser.text() == before)


async def test_the_cursor_stays_on_its_session_and_in_sight(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token, size=(80, 24)) as browser:
        await browser.press("pagedown", "pagedown", *["down"] * 11)
        key = browser.table.cursor_key
        for size in STORM:
            await browser.pilot.resize_terminal(*size)
            await browser.pilot.pause()
            assert browser.table.cursor_key == key
            if not any(each.display for each in browser.screen.query(TooSmall)):
                top = browser.table.first_visible
                at = browser.table.cursor_row
                assert top <= at < top + browser.table.visible_count, size


async def test_what_was_begun_in_the_list_stays(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token, size=(80, 24)) as browser:
        await _a_question_and_its_answer_so_far(browser)
        await _what_is_open_above_the_list(browser)
        await _the_detail_that_has_the_room_of_the_table(browser)
        await _what_is_typed_into_a_filter(browser)


async def _a_question_and_its_answer_so_far(browser: Browser) -> None:
    await browser.press("g", *"yest")
    await storm(browser)
    await browser.press(*"er")
    assert isinstance(browser.app.focused, Input)
    assert browser.app.focused.value == "yester"
    await browser.until(lambda: "yester" in browser.text().splitlines()[-2][-25:])
    await browser.press("escape")


async def _what_is_open_above_the_list(browser: Browser) -> None:
    await browser.press("question_mark", *["down"] * 4)
    await storm(browser)
    assert isinstance(browser.app.screen, HelpScreen)
    await browser.until(lambda: "esc closes" in browser.text())
    await browser.press("escape")
    await browser.until(lambda: "OUTCOME" in browser.text())


async def _the_detail_that_has_the_room_of_the_table(browser: Browser) -> None:
    await browser.press("down", "down", "d")
    await browser.until(lambda: browser.table.cursor_key in browser.text())
    await storm(browser)
    await browser.until(lambda: browser.table.cursor_key in browser.text())
    await browser.press("escape")
    assert browser.table.has_focus


async def _what_is_typed_into_a_filter(browser: Browser) -> None:
    await browser.press("f", *["shift+tab"] * 3, *"a wo")
    field = browser.screen.query_one(FilterSidebar).fields.text
    assert field.has_focus
    await storm(browser)
    assert field.has_focus
    await browser.press(*"rd")
    assert field.value == "a word"
    await browser.until(lambda: "a word" in browser.text())


def _is_long(row: SessionRow) -> bool:
    return is_a(RecordingKind.TERMINAL)(row) and row.event_size > 20_000


async def _in_part(browser: Browser, key: str) -> None:
    screen = session_of(browser)
    await browser.press(key)
    await browser.until(lambda: not screen.pane.has_class("-waiting"))
    await browser.until(lambda: not any(load.is_running for load in screen.opened.loads()))


async def test_the_place_in_each_part_of_a_session_stays(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token, size=(80, 24)) as browser:
        await open_session(browser, _is_long)
        await _the_line_that_is_read(browser)
        await _the_record_that_is_looked_at(browser)
        await _the_place_in_a_tree(browser)
        await _a_paused_replay(browser)


async def _the_line_that_is_read(browser: Browser) -> None:
    await _in_part(browser, "3")
    await browser.press("pagedown", "pagedown", "down")
    first = browser.text().splitlines()[2]
    await storm(browser)
    await browser.until(lambda: browser.text().splitlines()[2] == first)


async def _the_record_that_is_looked_at(browser: Browser) -> None:
    await _in_part(browser, "5")
    await browser.until(lambda: "more to come" not in browser.text())
    await browser.press("pagedown", "pagedown", "down")
    records = browser.app.screen.query_one(RecordBrowser)
    before = records.place
    await storm(browser)
    assert records.place == before
    await browser.until(lambda: before in browser.text())


async def _the_place_in_a_tree(browser: Browser) -> None:
    await _in_part(browser, "8")
    await browser.until(lambda: browser.app.screen.query(JsonView))
    await browser.press("pagedown", "down", "down")
    tree = browser.app.screen.query_one(JsonView)
    before = tree.position
    assert before
    await storm(browser)
    assert tree.position == before


async def _a_paused_replay(browser: Browser) -> None:
    await _in_part(browser, "4")
    await browser.press("g", *"30%", "enter")
    await browser.until(lambda: "paused" in browser.text())
    await browser.until(lambda: "reading" not in browser.text())
    shown = browser.text().splitlines()
    place = [line for line in shown if "event" in line and "paused" in line]
    assert place
    await storm(browser)
    await browser.until(lambda: place[0] in browser.text().splitlines())
    assert browser.text().splitlines()[2:-4] == shown[2:-4]
