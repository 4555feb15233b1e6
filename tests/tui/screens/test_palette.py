"""The palette, whatever was typed before it was there or while it left."""

from __future__ import annotations

from textual.command import CommandInput, CommandList
from textual.widgets import Input

from hoopscope.demo.server import DemoGateway
from hoopscope.tui.screens.palette import Palette
from hoopscope.tui.screens.theme_picker import ThemePicker
from hoopscope.tui.widgets.pick_list import PickList
from tests.tui.conftest import Browser, browser_on


async def with_one_command(browser: Browser, text: str) -> Palette:
    await browser.press("colon")
    await browser.until(lambda: isinstance(browser.app.screen, Palette))
    palette = browser.app.screen
    assert isinstance(palette, Palette)
    await browser.press(*text)
    await browser.until(lambda: palette.query_one(CommandList).option_count == 1)
    return palette


async def test_a_page_in_a_list_that_has_no_place_yet_is_no_mistake(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        palette = Palette()
        await browser.app.push_screen(palette)
        commands = palette.query_one(CommandList)
        commands.add_options(["one", "two"])
        commands.highlighted = 0
        assert not commands.size
        palette._action_command_list("page_up")
        await browser.press("escape")
        await browser.press("t")
        await browser.until(lambda: isinstance(browser.app.screen, ThemePicker))
        options = PickList("one", "two")
        options.highlighted = 0
        browser.app.screen.mount(options)
        options.action_page_down()  # type: ignore[no-untyped-call]
        assert options.highlighted == 0


async def test_enter_typed_twice_does_it_once_and_leaves_only_the_palette(
    gateway: DemoGateway,
) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        assert browser.screen._view.utc
        palette = await with_one_command(browser, "UTC or")
        entered = palette.query_one(CommandInput)
        for _ in range(3):
            palette.post_message(Input.Submitted(entered, entered.value))
        await browser.until(lambda: not palette.is_attached)
        await browser.until(lambda: not browser.screen._view.utc)
        assert browser.app.screen_stack == [browser.screen]
