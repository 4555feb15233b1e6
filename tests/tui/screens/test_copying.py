"""What can be copied, from the list and from inside a session, and what keeps it from being so."""

from __future__ import annotations

import base64
import json
import re

import pytest
from textual.screen import ModalScreen
from textual.widgets import Input

from hoopscope.demo.server import DemoGateway
from hoopscope.gateway.row import SessionRow
from hoopscope.sessions.filters import Filters
from hoopscope.tui.clipboard.terminal_clipboard import OFF_AT_GATEWAY, OFF_HERE
from hoopscope.tui.widgets.notice import Notice
from tests.tui.conftest import Browser, browser_on
from tests.tui.screens.session.conftest import open_session, put_cursor_on

pytestmark = pytest.mark.whole


class Clipboard:
    """That of the terminal which a browser writes to."""

    def __init__(self, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
        self.written: list[str] = []
        monkeypatch.setattr(browser.app, "clipboard_setting", "plain")
        monkeypatch.setattr(browser.app, "_write", self.written.append)

    async def has(self, browser: Browser, count: int) -> None:
        """Wait until so much was copied."""
        await browser.until(lambda: len(self.written) == count)

    @property
    def texts(self) -> list[str]:
        """All that was copied."""
        found = re.findall(r"\x1b\]52;c;(.*?)\a", "".join(self.written))
        return [base64.b64decode(each).decode() for each in found]


def was_reviewed(row: SessionRow) -> bool:
    """It has a script and a review."""
    return row.verb == "exec" and row.review_status in ("APPROVED", "EXECUTED", "PENDING")


@pytest.mark.parametrize("inside", [False, True])
async def test_all_of_a_session_can_be_copied(
    gateway: DemoGateway, monkeypatch: pytest.MonkeyPatch, inside: bool
) -> None:
    """By a letter each, the same in the list and in the session."""
    async with browser_on(gateway.url, gateway.token) as browser:
        clipboard = Clipboard(browser, monkeypatch)
        if inside:
            await open_session(browser, was_reviewed)
            row = browser.link.store.rows(browser.table.cursor_row, 1)[0]
        else:
            row = await put_cursor_on(browser, was_reviewed)
        for letter in "ilrtJsv":
            wanted = len(clipboard.written) + 1
            await browser.tap("C", letter)
            await clipboard.has(browser, wanted)
        session_id, link, line, text, raw, script, review = clipboard.texts
        assert session_id == row.id
        assert link.startswith(gateway.url)
        assert row.id in link
        assert "\n" not in line
        assert row.id in line
        assert row.connection in line
        assert json.loads(raw)["id"] == row.id
        assert script == json.loads(raw)["script"]["data"]
        assert text.count("\n") > 10
        assert review.startswith("Review  ")
        assert review in text
        assert "Copied the review, " in browser.text()


async def test_a_choice_is_made_in_the_list_too(
    gateway: DemoGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With arrows and the keys of vi."""
    async with browser_on(gateway.url, gateway.token) as browser:
        clipboard = Clipboard(browser, monkeypatch)
        await browser.tap("C", "j", "down", "k", "j", "enter")
        await browser.until(lambda: clipboard.texts)
        assert "  " in clipboard.texts[0]
        await browser.tap("C", "escape", "C", "q", "C", "C")
        assert not isinstance(browser.app.screen, ModalScreen)
        assert len(clipboard.texts) == 1


async def test_what_a_session_does_not_have_is_said(
    gateway: DemoGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        clipboard = Clipboard(browser, monkeypatch)
        await put_cursor_on(browser, lambda row: row.verb == "connect" and not row.review_status)
        await browser.tap("C", "v")
        await browser.until(lambda: browser.notice)
        assert browser.notice == "There is nothing to copy: the review is empty."
        assert clipboard.written == []


async def test_in_an_empty_list_there_is_nothing_to_copy(
    gateway: DemoGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = Filters(user="nobody@nowhere.example")
    async with browser_on(gateway.url, gateway.token, filters=nobody, ready=False) as browser:
        await browser.until(lambda: "no session matches" in browser.text())
        for key in "CyY":
            browser.screen.say("")
            await browser.tap(key)
            assert browser.notice == "There is no session to copy from."


@pytest.mark.parametrize("where", ["gateway", "settings"])
async def test_where_copying_is_off_nothing_is_copied_from_anywhere(
    monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """Neither by our keys nor by those that Textual's fields have, and it is said each time."""
    with DemoGateway(sessions=200, clipboard=where != "gateway") as gateway:
        async with browser_on(gateway.url, gateway.token, size=(80, 24)) as browser:
            clipboard = Clipboard(browser, monkeypatch)
            if where == "settings":
                monkeypatch.setattr(browser.app, "clipboard_setting", "off")
            said = OFF_HERE if where == "settings" else OFF_AT_GATEWAY
            assert where == "settings" or not browser.screen.may_copy()
            for keys in ("y", "Y", "C"):
                browser.screen.say("")
                await browser.tap(*keys)
                assert browser.notice == said
            for copying in ("ctrl+c", "ctrl+x"):
                browser.screen.say("")
                await browser.tap("slash", *"typed", "home", "shift+end", copying)
                field = browser.app.focused
                assert isinstance(field, Input)
                assert browser.notice == said
                await browser.tap("end", "ctrl+u", "ctrl+v")
                assert field.value == ""
                await browser.tap("escape")
            await browser.tap("colon")
            await browser.until(lambda: isinstance(browser.app.focused, Input))
            await browser.tap(*"typed", "home", "shift+end", "ctrl+c")
            await browser.until(lambda: said in " ".join(browser.text().split()))
            await browser.tap("escape")
            await open_session(browser, lambda row: row.exit_code == 0)
            for part in "1238":
                await browser.tap(part)
                await browser.until(lambda: browser.app.screen.focused)
                await browser.tap("y")
                await browser.until(lambda: said in browser.text())
                browser.app.screen.query_one("#notice", Notice).say("")
            assert clipboard.written == []


async def test_fields_copy_to_the_terminal_and_to_each_other(
    gateway: DemoGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Textual's fields do, harmless as everything that is copied."""
    async with browser_on(gateway.url, gateway.token) as browser:
        clipboard = Clipboard(browser, monkeypatch)
        await browser.tap("slash", *"typed", "home", "shift+end", "ctrl+x")
        assert clipboard.texts == ["typed"]
        assert browser.notice == "Copied the selection, 5 characters, to the terminal (OSC 52)."
        field = browser.app.focused
        assert isinstance(field, Input)
        assert field.value == ""
        await browser.tap("ctrl+v")
        assert field.value == "typed"
