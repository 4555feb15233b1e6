"""A key does something or says why not: nowhere is one mute, and none raises."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.dom import DOMNode
from textual.widgets import Input

from hoopscope.demo.server import DemoGateway
from hoopscope.gateway.row import SessionRow
from hoopscope.sessions.filters import Filters
from hoopscope.tui.screens.session.screen import SessionScreen
from hoopscope.tui.widgets.notice import Notice
from tests.tui.conftest import Browser, browser_on
from tests.tui.screens.session.conftest import open_session

LEAVES = {"app.quit", "browser.quit", "session.leave", "session.go_back", "playing.quit"}
"""They end what the test looks at; others test them."""

UNSEEN = {"app.redraw", "app.suspend"}
"""Their effect is none that a screen could show."""

BARE: dict[str, Any] = {"size": (80, 24), "sidebar": False, "detail": False}
"""Less to paint, so that it is quicker."""

Arrange = Callable[[Browser], Awaitable[None]]


def offered(browser: Browser) -> dict[str, str]:
    """Binding id → a key, of all that is offered from what has the focus outwards."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    nodes: list[tuple[DOMNode, object]] = list(browser.app.screen._modal_binding_chain)
    for node, _ in nodes:
        for key, bindings in node._bindings.key_to_bindings.items():
            for binding in bindings:
                if binding.id is not None and key not in taken:
                    found.setdefault(binding.id, key)
                taken.add(key)
    return {name: key for name, key in found.items() if name not in LEAVES | UNSEEN}


def state(browser: Browser) -> object:
    """What an operator could notice."""
    app = browser.app
    return browser.text(), app.focused, len(app.screen_stack), app.theme


def said_nothing(browser: Browser) -> object:
    """The state once there is no sentence on screen."""
    for notice in browser.app.screen.query(Notice):
        notice.say("")
    return state(browser)


async def mute_keys(browser: Browser, arrange: Arrange) -> list[str]:
    """The bindings that did nothing and said nothing, each tried in the same situation."""
    mute = []
    await arrange(browser)
    arranged = said_nothing(browser)
    for name, key in offered(browser).items():
        if state(browser) != arranged:
            await arrange(browser)
            arranged = said_nothing(browser)
        await browser.press(key)
        for _ in range(10):
            if state(browser) != arranged:
                break
            await browser.pilot.pause(0.02)
        else:
            mute.append(f"{name} ({key})")
    return mute


async def at_the_table(browser: Browser) -> None:
    """The browser's table, whatever was open."""
    while len(browser.app.screen_stack) > 1:
        await browser.press("escape")
        await browser.pilot.pause()
    await browser.press("escape")
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

        assert " ".join(await mute_keys(browser, arrange)) == ""


@pytest.mark.parametrize("end", ["home", "end"])
async def test_at_the_ends_of_a_list(gateway: DemoGateway, end: str) -> None:
    """One that fits the screen, so that there is nowhere to go."""
    few = Filters(review="PENDING", outcomes=("waiting",))
    async with browser_on(gateway.url, gateway.token, filters=few, ready=False, **BARE) as browser:
        await browser.until(lambda: "end of history" in browser.text())

        async def arrange(browser: Browser) -> None:
            await at_the_table(browser)
            if browser.screen._query.filters != few:
                browser.screen._ask(few)
                await browser.until(lambda: "end of history" in browser.text())
            await browser.press(end)

        assert " ".join(await mute_keys(browser, arrange)) == ""


def is_exec(row: SessionRow) -> bool:
    """It ran a script and printed something."""
    return row.exit_code == 0 and row.event_size > 1_000


def is_terminal(row: SessionRow) -> bool:
    """Somebody was at a terminal."""
    return row.verb == "connect" and row.end is not None and row.event_size > 1_000


def is_reviewed(row: SessionRow) -> bool:
    """Somebody had to look at it before it ran."""
    return row.verb == "exec" and row.end is not None and row.review_status != ""


@pytest.mark.parametrize("part", "1234568")
async def test_inside_a_session(gateway: DemoGateway, part: str) -> None:
    """In each of its parts as it was opened: at its beginning, with nothing looked for."""
    wanted = {"4": is_terminal, "6": is_reviewed}.get(part, is_exec)
    async with browser_on(gateway.url, gateway.token, **BARE) as browser:
        opened: list[str] = []

        async def arrange(browser: Browser) -> None:
            while len(browser.app.screen_stack) > 2 or isinstance(browser.app.focused, Input):
                await browser.press("escape")
                await browser.pilot.pause()
            shown = browser.app.screen
            if isinstance(shown, SessionScreen) and [shown.row.id] != opened:
                await browser.press("q")
                await browser.until(lambda: len(browser.app.screen_stack) == 1)
            if len(browser.app.screen_stack) == 1:
                opened[:] = [(await open_session(browser, wanted)).row.id]
            browser.app.screen.set_focus(None)
            await browser.press(part)
            await browser.until(lambda: browser.app.focused)

        assert " ".join(await mute_keys(browser, arrange)) == ""
