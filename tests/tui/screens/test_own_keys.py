"""A browser with keys of the operator's own."""

from __future__ import annotations

import pytest
from textual.app import App
from textual.screen import ModalScreen

from hoopscope.demo.server import DemoGateway
from hoopscope.gateway.row import SessionRow
from hoopscope.sessions.filters import Filters
from hoopscope.tui.key_catalog import bound_classes
from hoopscope.tui.key_places import places
from hoopscope.tui.screens.help import HelpScreen
from tests.tui.conftest import browser_on
from tests.tui.screens.session.conftest import open_session

pytestmark = pytest.mark.whole


async def test_other_keys_work_everywhere(gateway: DemoGateway) -> None:
    """In the browser, a session and a modal screen; the usual ones do not any more."""
    keys = {
        "browser.toggle_utc": "f5",
        "session.show_script": "f6,f7",
        "themes.leave": "f8",
        "table.move_down": "f9",
        "browser.choose_theme": "x",
    }
    async with browser_on(gateway.url, gateway.token, keymap=keys) as browser:
        await browser.tap("f9", "f9", "j", "down")
        assert browser.table.cursor_row == 2
        await browser.tap("u")
        assert browser.screen._view.utc
        await browser.tap("f5")
        assert not browser.screen._view.utc
        await browser.tap("x")
        assert isinstance(browser.app.screen, ModalScreen)
        await browser.tap("q")
        assert isinstance(browser.app.screen, ModalScreen)
        await browser.tap("f8")
        session = await open_session(browser, is_exec)
        await browser.tap("1", "f7")
        assert session.query_one("#part-script").display


async def test_a_key_that_is_switched_off_does_nothing(gateway: DemoGateway) -> None:
    """Also where Textual has a binding for it."""
    keys = {"browser.quit": "", "app.quit": "f4"}
    async with browser_on(gateway.url, gateway.token, keymap=keys) as browser:
        await browser.tap("q", "ctrl+q", "f5")
        assert browser.app.is_running
        assert browser.app.return_code is None
        await browser.tap("f4")
        await browser.pilot.pause()
    assert browser.app.return_code == 0


async def test_the_last_line_and_the_help_show_the_keys_that_work(gateway: DemoGateway) -> None:
    """Those of the settings; what has none is not shown."""
    keys = {"browser.find": "ctrl+r,f5", "browser.show_detail": "", "browser.quit": "w"}
    async with browser_on(gateway.url, gateway.token, keymap=keys) as browser:
        assert "ctrl+r find" in browser.line("keys")
        assert "w quit" in browser.line("keys")
        assert "detail" not in browser.line("keys")
        await browser.tap("question_mark")
        screen = browser.app.screen
        assert isinstance(screen, HelpScreen)
        assert "  ctrl+r f5              find\n" in screen.text.plain


async def test_sentences_name_the_keys_that_work(gateway: DemoGateway) -> None:
    """What is said to be pressed can be pressed; where there is no key, none is named."""
    keys = {
        "browser.clear_filters": "f5",
        "browser.find": "f6",
        "session.show_script": "f7",
        "session.show_json": "",
        "help.close": "f8",
        "prompt.cancel": "f9",
    }
    nobody = Filters(user="nobody@nowhere.example")
    async with browser_on(
        gateway.url, gateway.token, keymap=keys, filters=nobody, ready=False
    ) as browser:
        await browser.until(lambda: "f5 clears them" in browser.text())
        await browser.tap("n")
        assert browser.notice == "Nothing is looked for yet. f6 asks."
        await browser.tap("question_mark")
        assert "f8 closes" in browser.text()
        await browser.tap("f8", "f5")
        await browser.until(lambda: browser.table.row_count)
        await open_session(browser, is_exec)
        assert " f7 Script " in browser.text()
        assert " JSON" in browser.text()
        await browser.tap("2", "3", "slash")
        await browser.until(lambda: "f9 cancel" in browser.text())


async def test_the_palette_shows_the_keys_that_work(gateway: DemoGateway) -> None:
    """What is found by name says how to get there next time."""
    async with browser_on(gateway.url, gateway.token, keymap={"browser.refresh": "f5"}) as browser:
        await browser.tap("colon", *"refresh")
        await browser.until(lambda: "key f5" in browser.text())


async def test_doubts_are_told_once_and_the_browser_works(gateway: DemoGateway) -> None:
    """Beside what is told of the settings anyway."""
    keys = {"browser.refrehs": "f5", "browser.quit": "x", "session.leave": "ctrl+b"}
    async with browser_on(
        gateway.url, gateway.token, keymap=keys, warnings=["A warning."]
    ) as browser:
        await browser.until(lambda: "[keys]" in browser.notice)
        assert browser.notice.startswith("A warning. [keys] browser.refrehs: nothing is called")
        assert browser.notice.endswith("2 more: `hoopscope keys` tells all.")
        await browser.tap("escape", "down")
        assert browser.table.cursor_row == 1
        assert "[keys]" not in browser.notice


def is_exec(row: SessionRow) -> bool:
    """It ran a script and printed something."""
    return row.verb == "exec" and row.event_size > 2_000


def is_terminal(row: SessionRow) -> bool:
    """Somebody was at a terminal."""
    return row.verb == "connect" and row.event_size > 2_000


async def test_places_are_what_there_really_is(gateway: DemoGateway) -> None:
    """Conflicts are found by which class is within which."""
    known = [[cls.__name__ for cls in chain] for chain in places()]
    ours = {cls for cls in bound_classes() if not issubclass(cls, App)}
    met: set[str] = set()

    def check() -> None:
        chain = [
            [base.__name__ for base in type(node).__mro__ if base in ours][:1]
            for node, _ in browser.app.screen._modal_binding_chain
        ]
        place = [*(name for names in chain for name in names), "HoopscopeApp"]
        assert place in known
        met.update(place)

    async with browser_on(gateway.url, gateway.token) as browser:
        check()
        for key in ("f", *["down"] * 7, "escape", "d", "escape", "g"):
            await browser.tap(key)
            check()
        await browser.tap("escape")
        for is_wanted, parts in ((is_exec, "123568"), (is_terminal, "4")):
            await open_session(browser, is_wanted)
            for number in parts:
                await browser.tap(number)
                await browser.pilot.pause()
                check()
            await browser.tap("q")
            await browser.until(lambda: len(browser.app.screen_stack) == 1)
    assert {"PickField", "DetailPane", "PromptLine", "JsonView"} <= met
    assert {"TextView", "OutputView", "ReplayView", "EventsView", "TableMoving"} <= met
