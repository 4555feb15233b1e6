"""Sessions opened from a browser on the demo gateway."""

from __future__ import annotations

from collections.abc import Callable

from hoopscope.gateway.row import SessionRow
from hoopscope.tui.screens.session.screen import SessionScreen
from tests.tui.conftest import Browser

Wanted = Callable[[SessionRow], object]


def session_of(browser: Browser) -> SessionScreen:
    """The session that is open."""
    screen = browser.app.screen_stack[1]
    assert isinstance(screen, SessionScreen)
    return screen


async def put_cursor_on(browser: Browser, wanted: Wanted) -> SessionRow:
    """The cursor on the newest loaded session of a kind."""
    for index, row in enumerate(browser.link.store.rows(0, 1_000)):
        if wanted(row):
            browser.table.move_cursor(index)
            await browser.pilot.pause()
            return row
    raise LookupError("no such session is loaded")


async def open_session(browser: Browser, wanted: Wanted) -> SessionScreen:
    """The newest loaded session of a kind, opened as an operator would, its detail there."""
    row = await put_cursor_on(browser, wanted)
    await browser.press("enter")
    await browser.until(lambda: len(browser.app.screen_stack) == 2)
    screen = session_of(browser)
    assert screen.row.id == row.id
    await browser.until(lambda: screen.opened.detail is not None)
    return screen
