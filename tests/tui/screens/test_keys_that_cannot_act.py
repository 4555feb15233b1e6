"""A key does something or says why not: nowhere is one mute, and none raises."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.app import App
from textual.dom import DOMNode
from textual.widgets import Input

from hoopscope.demo.server import DemoGateway
from hoopscope.gateway.row import SessionRow
from hoopscope.sessions.filters import Filters
from hoopscope.tui.screens.session.screen import SessionScreen
from hoopscope.tui.widgets.notice import Notice
from tests.tui.conftest import Browser, browser_on
from tests.tui.screens.every_screen import has_loaded
from tests.tui.screens.session.conftest import open_session, session_of

pytestmark = pytest.mark.whole

LEAVES = {"app.quit", "browser.quit", "session.leave", "session.go_back", "playing.quit"}
"""They end what the test looks at; others test them."""

UNSEEN = {"app.redraw", "app.suspend"}
"""Their effect is none that a screen could show."""

BARE: dict[str, Any] = {"size": (80, 24), "sidebar": False, "detail": False}
"""Less to paint, so that it is quicker."""

Arrange = Callable[[Browser], Awaitable[None]]


def offered(browser: Browser) -> dict[tuple[type[DOMNode], str], str]:
    """What has it and its binding's id → a key, of all offered from the focus outwards."""
    found: dict[tuple[type[DOMNode], str], str] = {}
    named: set[str] = set()
    taken: set[str] = set()
    nodes: list[tuple[DOMNode, object]] = list(browser.app.screen._modal_binding_chain)
    for node, _ in nodes:
        for key, bindings in node._bindings.key_to_bindings.items():
            for binding in bindings:
                name = binding.id
                if name is not None and key not in taken and name not in named:
                    named.add(name)
                    if name not in LEAVES | UNSEEN:
                        found[type(node), name] = key
                taken.add(key)
    return found


def state(browser: Browser) -> object:
    """What an operator could notice."""
    app = browser.app
    return browser.text(), app.focused, len(app.screen_stack), app.theme


async def said_nothing(browser: Browser) -> object:
    """The state once there is no sentence on screen."""
    for notice in browser.app.screen.query(Notice):
        notice.say("")
    await browser.shown()
    return state(browser)


def all_keys(_owner: type[DOMNode], _name: str) -> bool:
    """None is left out."""
    return True


async def mute_keys(
    browser: Browser, arrange: Arrange, wanted: Callable[[type[DOMNode], str], object] = all_keys
) -> str:
    """The bindings that did nothing and said nothing, each tried in the same situation."""
    mute = []
    await arrange(browser)
    arranged = await said_nothing(browser)
    for (owner, name), key in offered(browser).items():
        if not wanted(owner, name):
            continue
        if await said_nothing(browser) != arranged:
            await arrange(browser)
            arranged = await said_nothing(browser)
        await browser.tap(key)
        for _ in range(100):
            if state(browser) != arranged:
                break
            await browser.pilot.pause(0.02)
        else:
            mute.append(f"{name} ({key})")
    return " ".join(mute)


async def at_the_table(browser: Browser) -> None:
    """The browser's table, whatever was open."""
    while len(browser.app.screen_stack) > 1:
        await browser.tap("escape")
    await browser.tap("escape")
    await browser.until(lambda: browser.app.focused is browser.table)


async def test_in_an_empty_list(gateway: DemoGateway) -> None:
    nobody = Filters(user="nobody@nowhere.example")
    async with browser_on(
        gateway.url, gateway.token, filters=nobody, ready=False, **BARE
    ) as browser:
        await browser.until(lambda: "no session matches" in browser.text())

        async def arrange(browser: Browser) -> None:
            await at_the_table(browser)
            if browser.screen._query.filters != nobody:
                browser.screen._ask(nobody)
            await browser.until(lambda: not browser.table.row_count)

        assert await mute_keys(browser, arrange) == ""


def moves(_owner: type[DOMNode], name: str) -> bool:
    """In the list: what the end of one could keep from acting."""
    return name.startswith(("table.", "browser.go_to_", "browser.find_"))


@pytest.mark.parametrize("end", ["home", "end"])
@pytest.mark.parametrize("wanted", [moves, pytest.param(all_keys, marks=pytest.mark.slow)])
async def test_at_the_ends_of_a_list(
    gateway: DemoGateway, end: str, wanted: Callable[[type[DOMNode], str], bool]
) -> None:
    """One that fits the screen, so that there is nowhere to go."""
    few = Filters(review="PENDING", outcomes=("waiting",))
    async with browser_on(gateway.url, gateway.token, filters=few, ready=False, **BARE) as browser:
        await browser.until(lambda: "end of history" in browser.text())

        async def arrange(browser: Browser) -> None:
            await at_the_table(browser)
            if browser.screen._query.filters != few:
                browser.screen._ask(few)
                await browser.until(lambda: "end of history" in browser.text())
            await browser.tap(end)

        assert await mute_keys(browser, arrange, wanted) == ""


def is_exec(row: SessionRow) -> bool:
    """It ran a script and printed something."""
    return row.exit_code == 0 and row.event_size > 1_000


def is_terminal(row: SessionRow) -> bool:
    """Somebody was at a terminal."""
    return row.verb == "connect" and row.end is not None and row.event_size > 1_000


def is_reviewed(row: SessionRow) -> bool:
    """Somebody had to look at it before it ran."""
    return row.verb == "exec" and row.end is not None and row.review_status != ""


PARTS = {
    "1": is_exec,
    "2": is_exec,
    "3": is_exec,
    "4": is_terminal,
    "5": is_exec,
    "6": is_reviewed,
    "8": is_exec,
}
"""The key of a part, and a session that has something there."""


def in_part(part: str) -> Arrange:
    """Inside a session, in a part as it was opened: at its beginning, with nothing looked for."""
    opened: list[str] = []

    async def arrange(browser: Browser) -> None:
        while len(browser.app.screen_stack) > 2 or isinstance(browser.app.focused, Input):
            await browser.tap("escape")
        shown = browser.app.screen
        if isinstance(shown, SessionScreen) and [shown.row.id] != opened:
            await browser.tap("q")
            await browser.until(lambda: len(browser.app.screen_stack) == 1)
        if len(browser.app.screen_stack) == 1:
            opened[:] = [(await open_session(browser, PARTS[part])).row.id]
        browser.app.screen.set_focus(None)
        await browser.tap(part)
        session = session_of(browser)
        await browser.until(lambda: browser.app.focused and has_loaded(session))

    return arrange


async def test_inside_a_session(gateway: DemoGateway) -> None:
    """Each key in the first part that offers it; those of the application are tried above."""
    tried: set[str] = set()

    def is_new(owner: type[DOMNode], name: str) -> bool:
        is_known = name in tried or issubclass(owner, App)
        tried.add(name)
        return not is_known

    async with browser_on(gateway.url, gateway.token, **BARE) as browser:
        for part in PARTS:
            assert await mute_keys(browser, in_part(part), is_new) == ""


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
async def test_in_each_part_of_a_session(gateway: DemoGateway, part: str) -> None:
    async with browser_on(gateway.url, gateway.token, **BARE) as browser:
        assert await mute_keys(browser, in_part(part)) == ""
