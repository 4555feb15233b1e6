"""What is new since the reader last looked, and how the browser was left."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.events import Paste

from hoopscope.config.kept_state import KeptState, Looked, StateFile
from hoopscope.demo.server import DemoGateway
from hoopscope.gateway.position import microseconds_of
from hoopscope.sessions.views import BUILT_IN
from tests.tui.conftest import NOW, Browser, browser_on

pytestmark = pytest.mark.whole

RULE = "new since you last looked"
FAILED = next(view for view in BUILT_IN if view.name == "failed")
AN_HOUR = timedelta(hours=1)


def later(number: int) -> datetime:
    """A moment after that of every session in the history; the higher the number, the later."""
    return NOW - timedelta(seconds=4) + number * timedelta(milliseconds=10)


@pytest.fixture
def file(tmp_path: Path) -> StateFile:
    return StateFile(tmp_path / "state" / "one.json")


@pytest.fixture
def growing() -> Iterator[DemoGateway]:
    """A history that a test adds to."""
    with DemoGateway(sessions=400, now=NOW) as running:
        yield running


def again(file: StateFile) -> StateFile:
    """The same file, as the next browser opens it."""
    return StateFile(file._path)


def lines(browser: Browser) -> list[str]:
    return browser.text().split("\n")


def rule_line(browser: Browser) -> int | None:
    """The line of the table that the rule is on, 0 the first row's."""
    found = [number for number, line in enumerate(lines(browser)) if "─ " in line and RULE in line]
    return found[0] - 2 if found else None


async def looked_once(gateway: DemoGateway, file: StateFile) -> None:
    async with browser_on(gateway.url, gateway.token, state_file=file, size=(80, 24)) as browser:
        assert rule_line(browser) is None
        assert browser.notice == ""


async def test_what_came_since_is_above_a_rule(growing: DemoGateway, file: StateFile) -> None:
    await looked_once(growing, file)
    for seconds in (1, 2, 3):
        growing.insert(later(seconds))
    tomorrow = NOW + timedelta(hours=25)
    async with browser_on(
        growing.url, growing.token, size=(80, 24), state_file=again(file), clock=tomorrow.timestamp
    ) as browser:
        assert rule_line(browser) == 3
        assert "3 new since you last looked, yesterday 14:03" in browser.text()
        assert browser.notice == ""
        assert browser.table.cursor_row == 0
        await browser.press("down", "down", "down")
        assert browser.table.cursor_row == 3
        assert rule_line(browser) == 3
        await browser.press("home", "m")
        assert browser.table.cursor_row == 3
    async with browser_on(growing.url, growing.token, state_file=again(file)) as browser:
        assert rule_line(browser) is None
        await browser.press("m")
        assert "newer than what you saw" in browser.notice


async def test_what_is_out_of_sight_is_told_once(growing: DemoGateway, file: StateFile) -> None:
    await looked_once(growing, file)
    growing.insert_many([later(number) for number in range(40)])
    async with browser_on(
        growing.url, growing.token, size=(80, 24), state_file=again(file)
    ) as browser:
        await browser.until(lambda: "40 new since you last looked, 14:03" in browser.notice)
        assert "m goes there" in browser.notice
        await browser.press("escape")
        assert browser.notice == ""
        await browser.press("m")
        assert browser.table.cursor_row == 40
        assert rule_line(browser) is not None


async def test_the_way_to_the_mark_is_read_where_it_is_not_loaded(
    growing: DemoGateway, file: StateFile
) -> None:
    await looked_once(growing, file)
    growing.insert_many([later(number) for number in range(250)])
    async with browser_on(growing.url, growing.token, state_file=again(file)) as browser:
        await browser.until(lambda: "new since you last looked" in browser.notice)
        await browser.press("m")
        await browser.until(lambda: browser.table.cursor_row == 250)
        assert "250 new since you last looked" in browser.text()
        assert browser.notice == ""
        await browser.press("g")
        browser.app.post_message(Paste("2026-11-01"))
        await browser.press("enter")
        await browser.until(lambda: "2026-11-0" in browser.line("place"))
        await browser.press("m")
        await browser.until(lambda: browser.table.cursor_row == 250)


async def test_what_is_taken_in_is_above_the_mark(file: StateFile) -> None:
    with DemoGateway(sessions=400) as gateway:
        async with browser_on(
            gateway.url, gateway.token, state_file=file, clock=time.time, size=(120, 40)
        ) as browser:
            await browser.press("down")
            key = browser.table.cursor_key
            gateway.insert_many([datetime.now(UTC)] * 2)
            await browser.press("r")
            await browser.until(lambda: browser.link.state.new == 2)
            before = [line[:64] for line in lines(browser)[2:10]]
            await browser.press("space")
            await browser.until(lambda: browser.table.cursor_row == 3)
            assert browser.table.cursor_key == key
            after = [line[:64] for line in lines(browser)[2:10]]
            assert after == before, "nothing jumps"
            await browser.press("m")
            assert browser.table.cursor_row == 2
            await browser.press("up", "up")
            await browser.until(lambda: rule_line(browser) == 2)
            assert "2 new since you last looked, " in browser.text()


async def test_each_view_has_a_mark_of_its_own(growing: DemoGateway, file: StateFile) -> None:
    await looked_once(growing, file)
    growing.insert(later(1), scenario="failed")
    async with browser_on(growing.url, growing.token, state_file=again(file)) as browser:
        assert rule_line(browser) == 1
        await browser.press("5")
        await browser.until(lambda: browser.link.state.generation == 2)
        await browser.until(lambda: browser.table.row_count)
        assert rule_line(browser) is None, "nobody has looked at it before"
        await browser.press("1")
        await browser.until(lambda: browser.link.state.generation == 3)
        await browser.until(lambda: browser.table.row_count)
        assert rule_line(browser) is None, "it was looked at just before"
    looked = again(file).read().looked
    assert set(looked) == {"everything", "failed"}
    assert looked["failed"].newest == microseconds_of(later(1))


async def test_what_is_filtered_by_hand_and_a_theme_that_is_only_tried_are_not_kept(
    growing: DemoGateway, file: StateFile
) -> None:
    async with browser_on(growing.url, growing.token, state_file=file, size=(80, 24)) as browser:
        await browser.press("f", *"dana", "enter")
        await browser.until(lambda: browser.link.state.generation == 2)
        await browser.press("escape", "down", "up")
        await browser.press("t", "down")
        assert browser.app.theme != "dark"
        assert browser.screen._place is not None
        browser.screen._place._note()
        await browser.press("escape")
        assert browser.app.theme == "dark"
        # As the next gateway has it.
        browser.app.theme = "light"
    kept = again(file).read()
    assert set(kept.looked) == {"everything"}
    assert kept.theme == ""


async def test_how_the_browser_was_left_is_kept_and_nothing_of_any_session(
    growing: DemoGateway, file: StateFile
) -> None:
    async with browser_on(growing.url, growing.token, state_file=file, size=(80, 24)) as browser:
        await browser.press("down", "enter")
        await browser.until(lambda: browser.app.screen is not browser.screen)
        await browser.press("q")
        await browser.press("5", "u", "F")
        await browser.until(lambda: browser.link.state.generation == 2)
        await browser.until(lambda: browser.table.row_count)
        rows = browser.link.store.rows(0, 400)
        assert rows
        await browser.press("t")
        await browser.until(lambda: browser.app.screen is not browser.screen)
        names = browser.app.theme_names()
        steps = names.index("light") - names.index("dark")
        await browser.press(*["down"] * steps, "enter")
        await browser.until(lambda: browser.app.screen is browser.screen)
    kept = again(file).read()._replace(looked={})
    assert kept == KeptState("failed", "light", utc=False, sidebar=False, detail=None)
    content = "".join(
        (Path(folder) / name).read_text(errors="replace").lower() + name.lower()
        for folder, _, names in os.walk(file._path.parent)
        for name in names
    )
    assert "looked" in content
    for row in rows:
        for text in (row.id, row.id.replace("-", ""), row.user, row.user_name, row.connection):
            assert not text or text.lower() not in content


async def test_it_is_written_while_it_is_looked_at(
    growing: DemoGateway, file: StateFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A browser that is killed has kept it too."""
    monkeypatch.setattr("hoopscope.tui.screens.browser_place.NOTE_SECONDS", 0.05)
    async with browser_on(growing.url, growing.token, state_file=file, size=(80, 24)) as browser:
        await browser.until(lambda: "everything" in again(file).read().looked)
        await browser.press("F")
        await browser.until(lambda: again(file).read().sidebar is False)


@pytest.mark.parametrize(("size", "ascii_only"), [((60, 20), True), ((80, 24), False)])
async def test_the_rule_fits_small_terminals(
    growing: DemoGateway, file: StateFile, size: tuple[int, int], ascii_only: bool
) -> None:
    file.keep_looked("everything", Looked(microseconds_of(NOW - AN_HOUR), microseconds_of(NOW)))
    file.write()
    async with browser_on(
        growing.url, growing.token, size=size, ascii_only=ascii_only, state_file=again(file)
    ) as browser:
        await browser.press("m")
        await browser.until(lambda: RULE in "".join(lines(browser)[2:-3]))
        line = next(line for line in lines(browser)[2:-3] if RULE in line)
        assert line.rstrip().endswith("14:03 --" if ascii_only else "14:03 ──")
        assert line.isascii() is ascii_only
