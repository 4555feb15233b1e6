"""A restricted browser: no key, no command and no link of it leads out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.app import App
from textual.command import CommandPalette, DiscoveryHit
from textual.widgets import OptionList

from hoopscope.confinement.wording import REFUSAL
from hoopscope.demo.server import DemoGateway
from hoopscope.tui.commands import BindingCommands
from hoopscope.tui.permissions import Permissions
from hoopscope.tui.screens.help import HelpScreen
from tests.tui.conftest import Browser, browser_on
from tests.tui.screens.session.conftest import open_session, session_of

pytestmark = pytest.mark.whole

RESTRICTED = Permissions(restricted=True)
LEADING_OUT = [
    "app.screenshot",
    "app.screenshot('here.svg', '.')",
    "app.suspend_process",
    "app.push_screen('session')",
    "app.switch_screen('session')",
    "app.switch_mode('any')",
    "app.simulate_key('q')",
    "app.change_theme",
    "app.show_help_panel",
    "suspend_process",
    "screenshot",
]


@pytest.fixture
def nothing_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The test has a folder of its own, in which there is nothing after it either."""
    monkeypatch.chdir(tmp_path)
    yield
    assert not list(tmp_path.iterdir())


async def offered(browser: Browser) -> set[str]:
    """What the palette has, before anything is typed."""
    commands = BindingCommands(browser.app.screen)
    return {str(hit.display) async for hit in commands.discover() if isinstance(hit, DiscoveryHit)}


@pytest.mark.usefixtures("nothing_written")
async def test_keys_that_lead_out_say_that_it_is_restricted(gateway: DemoGateway) -> None:
    async with browser_on(
        gateway.url, gateway.token, permissions=RESTRICTED, size=(80, 24)
    ) as browser:
        await browser.press("ctrl+z")
        assert browser.notice == REFUSAL
        await browser.press("down")
        assert not browser.notice
        # A theme may be chosen, among those that come with it.
        await browser.press("t")
        await browser.until(lambda: browser.app.screen.query(OptionList))
        await browser.press("down", "enter")
        assert browser.app.theme != "dark"
        await open_session(browser, lambda row: row.exit_code == 0)
        for key in ("S", "ctrl+z"):
            session_of(browser).say("")
            await browser.press(key)
            assert REFUSAL in browser.text()
        assert len(browser.app.screen_stack) == 2


async def test_neither_the_palette_nor_the_help_nor_the_last_line_has_them(
    gateway: DemoGateway,
) -> None:
    seen = {}
    for permissions in (Permissions(), RESTRICTED):
        async with browser_on(
            gateway.url, gateway.token, permissions=permissions, size=(160, 60)
        ) as browser:
            await open_session(browser, lambda row: row.exit_code == 0)
            names = await offered(browser)
            line = browser.text().splitlines()[-1]
            await browser.press("question_mark")
            await browser.until(lambda: isinstance(browser.app.screen, HelpScreen))
            seen[permissions] = names, line, browser.text()
    names, line, text = seen[Permissions()]
    assert {"Save as", "Suspend", "Theme"} <= names
    assert "save as" in line
    assert "save as" in text
    assert "suspend" in text.lower()
    left, line, text = seen[RESTRICTED]
    assert names - left >= {"Save as", "Suspend", "Other gateway"}
    assert left >= {"Theme", "Copy id"}
    assert "save as" not in line
    assert "save as" not in text
    assert "suspend" not in text.lower()


@pytest.mark.usefixtures("nothing_written")
async def test_no_action_and_no_palette_of_textual_leads_out(gateway: DemoGateway) -> None:
    async with browser_on(
        gateway.url, gateway.token, permissions=RESTRICTED, size=(80, 24)
    ) as browser:
        before = browser.app.screen_stack[:]
        for action in LEADING_OUT:
            browser.screen.say("")
            await browser.app.run_action(action)
            await browser.pilot.pause()
            assert browser.notice == REFUSAL, action
            assert browser.app.screen_stack == before, action
        await browser.press("colon")
        await browser.until(lambda: isinstance(browser.app.screen, CommandPalette))
        providers = {type(each) for each in browser.app.screen._providers}  # type: ignore[attr-defined]
        assert BindingCommands in providers
        assert all(each.__module__.startswith("hoopscope.") for each in providers)
        assert App.COMMANDS.isdisjoint(browser.app.COMMANDS)
