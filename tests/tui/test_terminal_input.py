"""Whatever a terminal sends, the browser goes on."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from benchmarks.terminal import Terminal
from textual.command import CommandPalette
from textual.css.query import NoMatches
from textual.widgets import OptionList, Static

from hoopscope.demo.server import DemoGateway
from hoopscope.tui.screens.sign_in import SignInScreen
from hoopscope.tui.screens.theme_picker import ThemePicker
from tests.tui.conftest import browser_on
from tests.tui.screens.session.conftest import open_session

pytestmark = pytest.mark.whole

HOSTILE = [
    b"\x9bm",
    b"\xff\xfe\x00\xc3",
    b"\xe9",
    b"\x1b[999999999u",
    b"\x1b[99999999999999999999u",
    b"\x1b[:1u",
    b"\x1b[48;:;1R",
    b"\x1b[200~\xff\x1b[201~",
]


def test_bytes_that_are_no_keys_end_nothing(gateway: DemoGateway, tmp_path: Path) -> None:
    environment = {"HOME": str(tmp_path), "HOOP_APIURL": gateway.url, "HOOP_TOKEN": gateway.token}
    command = [sys.executable, "-m", "hoopscope"]
    with Terminal(command, size=(80, 24), environment=environment) as terminal:
        terminal.wait_for("row 1 of")
        for row, hostile in enumerate(HOSTILE, 2):
            terminal.type(hostile)
            # One that was read with it may be lost; the next one is not.
            terminal.settle(0.1)
            terminal.type(b"\x1b[B")
            terminal.wait_for(f"row {row} of")
        for escape in (b"\x1b[27u", b"\x1b"):
            terminal.type(b"?")
            terminal.wait_for("esc closes")
            # That one is still a key.
            terminal.type(escape)
            terminal.wait_for(f"row {row} of")
        terminal.type(b"q")
        assert terminal.wait() == 0
        assert b"Traceback" not in terminal.written


def test_a_failure_of_textuals_own_threads_tells_no_paths(
    gateway: DemoGateway, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import textual.drivers.linux_driver as driver\n"
        "class Broken:\n"
        "    def __init__(self, *_): raise RuntimeError('planted')\n"
        "driver.XTermParser = Broken\n"
    )
    environment = {
        "HOME": str(tmp_path),
        "HOOP_APIURL": gateway.url,
        "HOOP_TOKEN": gateway.token,
        "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path]),
    }
    with Terminal([sys.executable, "-m", "hoopscope"], environment=environment) as terminal:
        assert terminal.wait(20) == 70
        assert b"the terminal cannot be read any more" in terminal.written
        assert b".py" not in terminal.written


async def test_keys_typed_ahead_for_a_screen_that_is_gone_do_nothing(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        await browser.press("t")
        await browser.until(lambda: isinstance(browser.app.screen, ThemePicker))
        picker = browser.app.screen
        await browser.press("escape")
        await browser.until(lambda: not picker.is_attached)
        with pytest.raises(NoMatches):
            picker.action_move(1)  # type: ignore[attr-defined]
        assert await browser.app.run_action("move(1)", picker)


async def test_the_palette_is_asked_for_while_it_still_leaves(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        await browser.press("colon")
        await browser.until(lambda: isinstance(browser.app.screen, CommandPalette))
        browser.app.screen.dismiss()
        browser.app.action_command_palette()
        await browser.until(lambda: len(browser.app.screen_stack) == 1)
        await browser.press("colon")
        await browser.until(lambda: isinstance(browser.app.screen, CommandPalette))


async def test_a_dialog_that_is_left_twice_takes_no_other_screen_along(
    gateway: DemoGateway,
) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        await open_session(browser, lambda row: row.exit_code == 0)
        await browser.press("t")
        await browser.until(lambda: isinstance(browser.app.screen, ThemePicker))
        options = browser.app.screen.query_one(OptionList)
        for _ in range(3):
            options.action_select()
        await browser.until(lambda: not options.is_attached)
        assert len(browser.app.screen_stack) == 2


async def test_an_answer_that_comes_after_the_sign_in_was_left_ends_nothing(
    gateway: DemoGateway,
) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        browser.screen.run_worker(browser.screen.sign_in())
        await browser.until(lambda: isinstance(browser.app.screen, SignInScreen))
        dialog = browser.app.screen
        await browser.press("escape")
        await browser.until(lambda: not dialog.query(Static))
        assert isinstance(dialog, SignInScreen)
        dialog._say("The gateway does not answer.")
