from __future__ import annotations

from itertools import pairwise

import pytest

from hoopscope.demo.server import DemoGateway
from hoopscope.recordings.parts import Part
from hoopscope.tui.screens.browser import BrowserScreen
from hoopscope.tui.screens.browser_opening import BrowserOpening
from tests.tui.conftest import browser_on
from tests.tui.screens.session.conftest import open_session, put_cursor_on, session_of


async def test_the_cursor_of_the_list_goes_along(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        screen = await open_session(browser, lambda row: row.exit_code == 0)
        text = browser.text()
        assert screen.row.connection in text.splitlines()[0]
        assert screen.row.id[:8] in text.splitlines()[0]
        assert screen.row.id in text
        first, at = screen.row.id, browser.table.cursor_row
        await browser.press("right_square_bracket")
        assert screen.row.id != first
        await browser.until(lambda: screen.row.id[:8] in browser.text().splitlines()[0])
        await browser.press("escape")
        await browser.until(lambda: isinstance(browser.app.screen, BrowserScreen))
        assert browser.table.cursor_row == at + 1
        assert browser.table.cursor_key == screen.row.id
        assert browser.table.has_focus
        await browser.press("enter", *["left_square_bracket"] * (at + 1))
        assert browser.table.cursor_row == 0
        await browser.press("left_square_bracket")
        assert "no newer session" in browser.text()


async def test_a_session_opens_before_its_screen_was_made_at_leisure(
    gateway: DemoGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def not_yet(_opening: BrowserOpening, _app: object) -> None:
        pass

    monkeypatch.setattr(BrowserOpening, "prepare_at_leisure", not_yet)
    async with browser_on(gateway.url, gateway.token) as browser:
        screen = await open_session(browser, lambda row: row.exit_code == 0)
        await browser.until(lambda: screen.row.id in browser.text())


async def test_a_part_stays_where_the_next_session_has_it_and_what_is_missing_says_why(
    gateway: DemoGateway,
) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        rows = browser.link.store.rows(0, 200)
        first = next(
            one for one, two in pairwise(rows) if one.review_status and not two.review_status
        )
        screen = await open_session(browser, lambda row: row.id == first.id)
        await browser.press("6")
        assert screen.part is Part.REVIEW
        await browser.press("right_square_bracket")
        part = screen.part
        assert part is not Part.REVIEW
        await browser.press("6")
        assert screen.part is part
        assert "Review: Nobody had to review it." in browser.text()
        await browser.press("1", "tab")
        assert screen.part is not Part.SUMMARY
        await browser.press("shift+tab")
        assert screen.part is Part.SUMMARY


async def test_a_waiting_session_opens_on_its_review_with_the_script(
    gateway: DemoGateway,
) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        screen = await open_session(
            browser,
            lambda row: row.status == "open" and row.review_status == "PENDING" and row.script_size,
        )
        assert screen.part is Part.REVIEW
        assert screen.opened.detail is not None
        script = screen.opened.detail.session.script_text
        assert script
        await browser.until(lambda: script.split("\n")[0][:20] in browser.text())


async def test_the_keys_of_what_is_on_screen_are_told(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token, size=(60, 20)) as browser:
        await open_session(browser, lambda row: row.exit_code == 0)
        last = browser.text().splitlines()[-1]
        assert last.endswith("? help  esc back ")
        await browser.press("question_mark")
        await browser.until(lambda: "next part" in browser.text())
        assert "page down" in browser.text()


async def test_times_and_the_theme_change_in_both_places(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        await open_session(browser, lambda row: row.exit_code == 0)
        assert "UTC" in browser.text().splitlines()[0]
        await browser.press("u")
        assert "UTC" not in browser.text().splitlines()[0]
        await browser.press("escape")
        await browser.until(lambda: isinstance(browser.app.screen, BrowserScreen))
        assert "UTC" not in browser.line("place")


async def test_a_gateway_that_is_gone_is_told_and_loses_nothing() -> None:
    with DemoGateway(sessions=200) as gone:
        async with browser_on(gone.url, gone.token, size=(120, 24)) as browser:
            row = await put_cursor_on(browser, lambda row: row.exit_code == 0)
            gone.stop()
            await browser.press("enter")
            await browser.until(lambda: "could not be loaded" in browser.text())
            assert session_of(browser).row.id == row.id
            assert row.id in browser.text()
