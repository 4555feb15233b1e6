"""A browser on a demo gateway whose clock stands still."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
import textual.app
from textual.driver import Driver
from textual.pilot import Pilot

from hoopscope.config.credential_keeper import CredentialKeeper
from hoopscope.config.locations import bundled_themes_folder
from hoopscope.demo.server import DemoGateway
from hoopscope.gateway.access import GatewayAccess
from hoopscope.sessions.filters import Filters, to_local_filter, to_query
from hoopscope.sessions.gateway_link import GatewayLink
from hoopscope.tui.app import HoopscopeApp
from hoopscope.tui.gateway_switch import GatewaySwitch
from hoopscope.tui.permissions import Permissions
from hoopscope.tui.screens.browser import BrowserScreen
from hoopscope.tui.screens.browser_commands import BrowserOptions
from hoopscope.tui.shown_signs import ShownSigns
from hoopscope.tui.theming import find_theme
from hoopscope.tui.widgets.line import Line
from hoopscope.tui.widgets.notice import Notice
from hoopscope.tui.widgets.session_table import VirtualTable

NOW = datetime(2026, 11, 23, 14, 3, 25, tzinfo=UTC)
FOLDERS = [bundled_themes_folder()]
OPTIONS = BrowserOptions(utc=True, demo=True, clock=NOW.timestamp)


def browser_screen(link: GatewayLink) -> BrowserScreen:
    """A browser on a link that nothing has been asked of yet."""
    return BrowserScreen(link, Filters(), OPTIONS)


@pytest.fixture(scope="session")
def gateway() -> Iterator[DemoGateway]:
    """Two thousand sessions that nobody changes."""
    with DemoGateway(sessions=2_000, now=NOW) as running:
        yield running


async def nothing_left_to_do(_min_sleep: float = 0.0) -> None:
    """Let the event loop run until all that is left waits for a time, a thread or a socket."""
    ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
    await asyncio.sleep(0)
    while ready:  # noqa: ASYNC110 - there is no event for that
        await asyncio.sleep(0)


@dataclass
class Browser:
    """A running browser, and what a test asks of it."""

    app: HoopscopeApp
    pilot: Pilot[int]
    link: GatewayLink

    @property
    def screen(self) -> BrowserScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, BrowserScreen)
        return screen

    @property
    def table(self) -> VirtualTable:
        return self.screen.query_one(VirtualTable)

    def line(self, name: str) -> str:
        return self.screen.query_one(f"#{name}", Line).text

    @property
    def notice(self) -> str:
        return "".join(notice.text for notice in self.screen.query(Notice))

    def text(self) -> str:
        """What the whole screen shows, line by line."""
        lines = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in line) for line in lines)

    async def until(self, condition: Callable[[], object], seconds: float = 10.0) -> None:
        """Wait until something is so; workers and threads take the time they take."""
        for _ in range(int(seconds / 0.02)):
            if condition():
                await self.pilot.pause()
                return
            await asyncio.sleep(0.02)
            await self.pilot.pause()
        raise TimeoutError(f"it did not come to that:\n{self.text()}")

    async def settled(self) -> None:
        """Wait for the first rows, their total, and what the filters offer."""
        await self.until(lambda: self.screen.query(VirtualTable))
        await self.until(lambda: self.table.row_count and self.link.state.total)
        await self.until(lambda: self.screen._query.people)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def tap(self, *keys: str) -> None:
        """Press keys, and wait no longer than until all is done that they began.

        Wherever that takes a thread or the gateway, wait for what comes of it (see `until`).
        """
        # The pilot waits until the process computes nothing for 20 ms, twice for each key.
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(textual.app, "wait_for_idle", nothing_left_to_do)
            await self.pilot.press(*keys)
        await self.shown()

    async def shown(self) -> None:
        """Wait until the screen shows what has been done."""
        await nothing_left_to_do()
        self.app.screen._on_timer_update()
        await nothing_left_to_do()


def make_browser(
    url: str,
    token: str,
    *,
    filters: Filters | None = None,
    theme: str = "dark",
    ascii_only: bool = False,
    encoding: str = "utf-8",
    poll_seconds: float = 0.0,
    keymap: Mapping[str, str] | None = None,
    keeper: CredentialKeeper | None = None,
    driver_class: type[Driver] | None = None,
    read_only: bool = False,
    gateways: GatewaySwitch | None = None,
    **options: Any,
) -> tuple[HoopscopeApp, GatewayLink]:
    """An application that has not started, and its link, on which the query is open."""
    filters = filters or Filters()
    link = GatewayLink(
        GatewayAccess(url, token, read_only=read_only),
        poll_seconds=poll_seconds,
        deadline_seconds=5,
        keeper=keeper,
    )
    link.open(to_query(filters, now=NOW, utc=True), to_local_filter(filters))
    app = HoopscopeApp(
        lambda: BrowserScreen(link, filters, OPTIONS._replace(ascii=ascii_only, **options)),
        lambda other, _demo: browser_screen(other),
        theme=find_theme(theme, FOLDERS),
        theme_folders=FOLDERS,
        accent=options.get("accent", ""),
        permissions=options.get("permissions", Permissions()),
        gateways=gateways,
        keymap=keymap,
        line_filters=(
            [ShownSigns(encoding, ascii_only=ascii_only)]
            if ascii_only or encoding != "utf-8"
            else []
        ),
        driver_class=driver_class,
    )
    return app, link


@asynccontextmanager
async def browser_on(
    url: str,
    token: str,
    *,
    size: tuple[int, int] = (120, 40),
    ready: bool = True,
    **how: Any,
) -> AsyncIterator[Browser]:
    """A browser on a gateway (see `make_browser`); with `ready` it has settled."""
    app, link = make_browser(url, token, **how)
    try:
        async with app.run_test(size=size) as pilot:
            browser = Browser(app, pilot, link)
            if ready:
                await browser.settled()
            yield browser
    finally:
        link.close()
