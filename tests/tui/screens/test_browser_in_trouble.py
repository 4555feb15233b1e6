"""A gateway that goes, comes back, changes under the reader, and says hostile things."""

from __future__ import annotations

import unicodedata
from concurrent.futures import Future

import pytest

from hoopscope.demo.server import DemoGateway
from hoopscope.gateway.models.session import SessionDetail
from hoopscope.tui.widgets.detail_pane import DetailPane
from tests.tui.conftest import browser_on
from tests.tui.screens.session.conftest import session_of

pytestmark = pytest.mark.whole


async def test_rows_stay_when_the_gateway_goes_and_it_heals_when_it_is_back() -> None:
    with DemoGateway(sessions=400) as gateway:
        port = int(gateway.url.rpartition(":")[2])
        token = gateway.token
        async with browser_on(gateway.url, token) as browser:
            loaded = browser.link.state.loaded
            gateway.__exit__(None, None, None)
            await browser.press("r")
            await browser.until(lambda: "lost since" in browser.line("title"))
            await browser.press("end", "end", "end")
            await browser.until(lambda: "✗" in browser.notice)
            assert "r tries again" in browser.notice or "Press r" in browser.notice
            assert browser.table.row_count >= loaded
            assert "WHEN" in browser.text()
            with DemoGateway(sessions=400, port=port) as again:
                browser.link.use_credential(again.token)
                await browser.press("r")
                await browser.until(lambda: "● live" in browser.line("title"))
                await browser.until(lambda: "✗" not in browser.notice)


async def test_a_gateway_that_is_not_there_says_so_and_what_to_press() -> None:
    async with browser_on("http://127.0.0.1:9", "token", ready=False) as browser:
        await browser.until(lambda: "✗" in browser.notice)
        assert "127.0.0.1:9" in browser.notice
        assert "r tries again" in browser.notice
        assert "failed" in browser.line("title")


async def test_a_wrong_credential_says_so() -> None:
    with DemoGateway(sessions=10) as gateway:
        async with browser_on(gateway.url, "wrong", ready=False) as browser:
            await browser.until(lambda: "✗" in browser.notice)
            assert "credential" in browser.notice or "token" in browser.notice


async def test_new_sessions_are_counted_and_taken_in_without_moving_the_reader() -> None:
    with DemoGateway(sessions=400) as gateway:
        async with browser_on(gateway.url, gateway.token) as browser:
            await browser.press(*["down"] * 7)
            key = browser.table.cursor_key
            new = [gateway.insert() for _ in range(3)]
            await browser.press("r")
            await browser.until(lambda: "3 new" in browser.line("place"))
            assert browser.table.cursor_key == key
            assert browser.table.cursor_row == 7
            await browser.press("space")
            await browser.until(lambda: browser.table.cursor_row == 10)
            assert browser.table.cursor_key == key
            assert {row.id for row in browser.link.store.rows(0, 3)} == set(new)
            assert "new" not in browser.line("place")


async def test_a_session_that_changes_is_updated_where_it_stands() -> None:
    with DemoGateway(sessions=400) as gateway:
        session_id = gateway.insert(status="open", exit_code=None, end_date=None)
        async with browser_on(gateway.url, gateway.token) as browser:
            pane = browser.screen.query_one(DetailPane)
            await browser.until(lambda: session_id in pane.text)
            assert browser.table.cursor_key == session_id
            gateway.change(session_id, status="done", exit_code=3)
            await browser.press("r")
            await browser.until(lambda: "exit 3" in browser.text().splitlines()[2])
            await browser.until(lambda: "exit 3" in pane.text)
            assert browser.table.cursor_row == 0


async def test_an_answer_for_an_older_row_never_overwrites_a_newer_one() -> None:
    with DemoGateway(sessions=50) as gateway:
        async with browser_on(gateway.url, gateway.token) as browser:
            pane, details = browser.screen.query_one(DetailPane), browser.screen._details
            fetch, late = details._fetch, Future[SessionDetail]()
            asked: list[str] = []

            def fetch_late(session_id: str) -> Future[SessionDetail]:
                asked.append(session_id)
                return late

            details._fetch = fetch_late
            await browser.press("down")
            first = browser.table.cursor_key
            await browser.until(lambda: asked == [first])
            details._fetch = fetch
            await browser.press("down")
            second = browser.table.cursor_key
            await browser.until(lambda: second in pane.text and "not loaded" not in pane.text)
            if late.set_running_or_notify_cancel():
                late.set_result(fetch(first).result(10))
            await browser.pilot.pause()
            assert second in pane.text
            assert first not in pane.text


async def test_nothing_that_a_gateway_says_reaches_the_terminal_raw() -> None:
    hostile = "\x1b]0;owned\x07[red]x[/red]\u202eevil\u2066\u200b\x9b31m\r\n\x00"
    with DemoGateway(sessions=50) as gateway:
        texts, states = ("user", "user_name", "connection", "correlation_id"), ("type", "verb")
        for fields in (texts, states, ("status",)):
            gateway.insert(fields=dict.fromkeys(fields, hostile))
        async with browser_on(gateway.url, gateway.token, size=(200, 50)) as browser:
            pane = browser.screen.query_one(DetailPane)
            shown = ""
            for _ in range(3):
                await browser.until(lambda: browser.table.cursor_key in pane.text)
                await browser.until(lambda: "not loaded" not in pane.text)
                shown += browser.text()
                await browser.press("enter")
                screen = session_of(browser)
                await browser.until(lambda: screen.opened.detail is not None)  # noqa: B023
                shown += browser.text()
                await browser.press("q")
                await browser.pilot.resize_terminal(80, 24)
                shown += browser.text()
                await browser.pilot.resize_terminal(200, 50)
                await browser.press("down")
            bad = {c for c in shown if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs")}
            assert not bad
            assert "[red]x" in shown


async def test_a_session_that_could_not_be_loaded_is_loaded_when_the_gateway_is_back() -> None:
    with DemoGateway(sessions=400) as gateway:
        port = int(gateway.url.rpartition(":")[2])
        async with browser_on(gateway.url, gateway.token) as browser:
            pane = browser.screen.query_one(DetailPane)
            gateway.__exit__(None, None, None)
            await browser.press("r", "down")
            await browser.until(lambda: "✗" in browser.notice)
            await browser.until(lambda: browser.table.cursor_key in pane.text, 15)
            with DemoGateway(sessions=400, port=port) as again:
                browser.link.use_credential(again.token)
                browser.link.refresh()
                await browser.until(lambda: "● live" in browser.line("title"))
                await browser.until(lambda: "not loaded" not in pane.text, 15)
                await browser.until(lambda: "✗" not in browser.notice)


async def test_an_end_that_failed_does_not_move_the_cursor_later() -> None:
    with DemoGateway(sessions=400) as gateway:
        async with browser_on(gateway.url, gateway.token) as browser:
            browser.screen._view.ends_at_last_row = True
            await browser.press("g", *"2026-11-01", "enter")
            await browser.until(lambda: browser.link.state.generation == 2)
            await browser.until(lambda: browser.screen._view.state.generation == 2)
            assert browser.table.cursor_row == 0
