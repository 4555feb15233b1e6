"""Choosing, saving and deleting views, and choosing columns, on a running browser."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.command import CommandPalette
from textual.widgets import Input, OptionList

from hoopscope.confinement.wording import REFUSAL
from hoopscope.demo.server import DemoGateway
from hoopscope.sessions.filters import Filters
from hoopscope.sessions.own_views import own_views
from hoopscope.sessions.view_file import ViewFile
from hoopscope.sessions.views import View
from hoopscope.tui.permissions import Permissions
from hoopscope.tui.screens.browser import BrowserScreen
from hoopscope.tui.screens.column_chooser import ColumnChooser
from hoopscope.tui.screens.view_picker import ViewPicker
from hoopscope.tui.widgets.filter_line import FilterLine
from tests.tui.conftest import Browser, browser_on

pytestmark = pytest.mark.whole

TEXT = '# mine\n[views.prod]\nconnection_contains = "prod"\n'
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["narrow", "wide"])


@pytest.fixture
def kept(tmp_path: Path) -> Callable[[], dict[str, Any]]:
    """How a browser is made whose views are kept in a file that has one."""
    path = tmp_path / "config.toml"
    path.write_text(TEXT)

    def how() -> dict[str, Any]:
        tables = tomllib.loads(path.read_text()).get("views", {})
        return {
            "views": own_views(tables, path).views,
            "view_file": lambda: ViewFile(path, tables),
        }

    return how


def shown(browser: Browser) -> str:
    line = browser.screen.query_one(FilterLine)
    return line.text.strip() if line.display else ""


def header(browser: Browser) -> list[str]:
    table = browser.table
    y = table.region.y
    return browser.text().splitlines()[y][table.region.x : table.region.right].split()


async def asked(browser: Browser) -> None:
    """Until the line at the bottom asks something."""
    await browser.until(lambda: browser.screen.query_one("#prompt").display)


async def on_screen(browser: Browser, screen: type[object]) -> None:
    await browser.until(lambda: isinstance(browser.app.screen, screen))


async def test_a_view_is_picked_by_cursor_or_by_its_key(
    gateway: DemoGateway, kept: Callable[[], dict[str, Any]]
) -> None:
    async with browser_on(gateway.url, gateway.token, size=(80, 24), **kept()) as browser:
        await browser.press("v")
        await on_screen(browser, ViewPicker)
        assert "8   prod" in browser.text()
        assert "conn~prod" in browser.text()
        await browser.press("j", "j", "j", "enter")
        await browser.until(lambda: shown(browser).startswith("rejected"))
        await browser.press("v")
        await on_screen(browser, ViewPicker)
        picker = browser.app.screen.query_one(OptionList)
        assert picker.highlighted == 3, "the cursor begins on the view that is open"
        await browser.press("8")
        await browser.until(lambda: shown(browser).startswith("prod "))
        await browser.press("v", "escape")
        await on_screen(browser, BrowserScreen)
        assert shown(browser).startswith("prod ")


async def test_what_is_on_screen_is_saved_and_there_the_next_time(
    gateway: DemoGateway, kept: Callable[[], dict[str, Any]], tmp_path: Path
) -> None:
    async with browser_on(gateway.url, gateway.token, size=(80, 24), **kept()) as browser:
        await browser.press("5")
        await browser.until(lambda: shown(browser).startswith("failed"))
        await browser.press("c")
        await on_screen(browser, ColumnChooser)
        await browser.press("J", "plus", "enter")
        await browser.until(lambda: header(browser)[:2] == ["WHO", "WHEN"])
        assert shown(browser).startswith("failed*")
        await name_it(browser, "late ones")
        await browser.until(lambda: "Saved as the view late ones on key 9." in browser.notice)
        assert shown(browser).startswith("late ones ")
        assert browser.screen.views.current is not None
    text = (tmp_path / "config.toml").read_text()
    assert text.startswith(TEXT)
    saved = tomllib.loads(text)["views"]["late ones"]
    assert saved["outcome"] == ["failed"]
    assert saved["columns"][:2] == ["who", "when"]
    assert saved["widths"] == {"when": 12}
    async with browser_on(gateway.url, gateway.token, size=(80, 24), **kept()) as browser:
        await browser.press("9")
        await browser.until(lambda: header(browser)[:2] == ["WHO", "WHEN"])
        assert shown(browser).startswith("late ones  outcome=failed")


async def name_it(browser: Browser, name: str) -> None:
    """Save what is on screen under a name."""
    await browser.press("v", "s")
    await asked(browser)
    browser.screen.query_one("#prompt Input", Input).value = name
    await browser.press("enter")


async def test_a_name_that_cannot_be_is_refused_and_another_view_replaced_after_a_question(
    gateway: DemoGateway, kept: Callable[[], dict[str, Any]], tmp_path: Path
) -> None:
    path = tmp_path / "config.toml"
    async with browser_on(gateway.url, gateway.token, size=(80, 24), **kept()) as browser:
        for name, told in ((" ", "a view needs a name"), ("x" * 61, "at most 60 characters")):
            await name_it(browser, name)
            await browser.until(lambda: told in browser.notice)  # noqa: B023
        for answer, told in (("n", "Nothing was saved."), ("y", "Saved as the view prod")):
            await name_it(browser, "PROD")
            await asked(browser)
            assert "Replace the view prod?" in browser.text()
            assert path.read_text() == TEXT
            await browser.press(answer, "enter")
            await browser.until(lambda: told in browser.notice)  # noqa: B023
    assert tomllib.loads(path.read_text()) == {"views": {"prod": {}}}


async def test_a_view_is_deleted_when_asked_for_twice_and_a_broken_file_is_told_of(
    gateway: DemoGateway, kept: Callable[[], dict[str, Any]], tmp_path: Path
) -> None:
    path = tmp_path / "config.toml"
    async with browser_on(gateway.url, gateway.token, size=(80, 24), **kept()) as browser:
        await browser.press("v", "D")
        await browser.until(lambda: "everything is built in and stays" in browser.text())
        await browser.press("end", "D")
        await browser.until(lambda: "D again deletes prod" in browser.text())
        await browser.press("k", "j")
        await browser.until(lambda: "D delete" in browser.text())
        assert path.read_text() == TEXT
        await browser.press("D", "D")
        await browser.until(lambda: "The view prod was deleted." in browser.notice)
        assert browser.screen.views.views.named("prod") is None
        await browser.until(lambda: path.read_text() == "# mine\n")
        # What somebody else made of the file meanwhile stays as it is.
        path.write_text("views = [\n")
        await name_it(browser, "mine")
        await browser.until(lambda: "✗ The view was not saved." in browser.notice)
        assert "is no TOML" in browser.notice
        assert browser.screen.views.views.named("mine") is None
    assert path.read_text() == "views = [\n"


async def test_a_restricted_console_opens_views_and_saves_none(
    gateway: DemoGateway, kept: Callable[[], dict[str, Any]], tmp_path: Path
) -> None:
    how = {**kept(), "permissions": Permissions(restricted=True)}
    async with browser_on(gateway.url, gateway.token, size=(80, 24), **how) as browser:
        browser.app.permissions = Permissions(restricted=True)
        await browser.press("v")
        await on_screen(browser, ViewPicker)
        assert "s save as" not in browser.text()
        assert "D delete" not in browser.text()
        await browser.press("s")
        await browser.until(lambda: REFUSAL in browser.text())
        await browser.press("end", "D", "D", "enter")
        await browser.until(lambda: shown(browser).startswith("prod "))
    assert (tmp_path / "config.toml").read_text() == TEXT


@SIZES
async def test_columns_are_chosen_and_escape_leaves_them(
    gateway: DemoGateway, size: tuple[int, int]
) -> None:
    async with browser_on(gateway.url, gateway.token, size=size) as browser:
        usual = header(browser)
        await browser.press("c")
        await on_screen(browser, ColumnChooser)
        await browser.press("space", "J", "escape")
        assert header(browser) == usual
        await browser.press("c")
        await on_screen(browser, ColumnChooser)
        await browser.press("space", "enter")
        await browser.until(lambda: header(browser) == usual[1:])
        cursor = browser.table.cursor_key
        if size == (80, 24):
            await browser.press("c")
            await on_screen(browser, ColumnChooser)
            await browser.press("r", "enter")
        else:
            await browser.press("x")
        await browser.until(lambda: header(browser) == usual)
        assert browser.table.cursor_key == cursor


@SIZES
async def test_a_width_holds_where_there_is_room(
    gateway: DemoGateway, size: tuple[int, int]
) -> None:
    view = View("ids", columns=("id", "who", "outcome"), widths={"id": 36, "who": 12})
    how: dict[str, Any] = {"view": view, "sidebar": False, "detail": False}
    async with browser_on(gateway.url, gateway.token, size=size, **how) as browser:
        assert browser.screen._view.shown_columns == {"id": 36, "who": 12, "outcome": 12}
        await browser.press("c")
        await on_screen(browser, ColumnChooser)
        await browser.press("j", "plus", "enter")
        await browser.until(lambda: browser.screen._view.shown_columns["who"] == 13)
        browser.screen.views.change_look(view.columns, {"id": 36, "who": 200})
        await browser.until(lambda: browser.screen._view.shown_columns["who"] > 13)
        widths = browser.screen._view.shown_columns
        assert sum(widths.values()) + 2 * 2 == browser.table.room
        assert widths["outcome"] == 12, "the more important column keeps its width"


async def ask_palette(browser: Browser, text: str) -> None:
    await browser.press("colon")
    await on_screen(browser, CommandPalette)
    browser.app.screen.query_one(Input).value = text


async def test_the_palette_opens_a_view_by_name_and_its_changes_are_saved_to_it(
    gateway: DemoGateway, kept: Callable[[], dict[str, Any]], tmp_path: Path
) -> None:
    async with browser_on(gateway.url, gateway.token, size=(80, 24), **kept()) as browser:
        await ask_palette(browser, "open a view")
        await browser.until(lambda: "No matches" in browser.text())
        await browser.press("escape")
        await on_screen(browser, BrowserScreen)
        await ask_palette(browser, "view: prod")
        await browser.until(lambda: "View: prod" in browser.text())
        await browser.press("enter")
        await browser.until(lambda: browser.screen.views.opened.name == "prod")
        await browser.until(lambda: shown(browser).startswith("prod "))
        # What is changed since is saved under its own name, which is offered.
        browser.screen._ask(Filters(connection="prod", verbs=("exec",)))
        await browser.until(lambda: shown(browser).startswith("prod*"))
        await browser.press("v", "s")
        await asked(browser)
        await browser.press("enter")
        await browser.until(lambda: "Saved as the view prod on key 8." in browser.notice)
        assert shown(browser).startswith("prod ")
    saved = tomllib.loads((tmp_path / "config.toml").read_text())["views"]["prod"]
    assert saved == {"connection_contains": "prod", "verb": ["exec"]}
