"""Going to another gateway: a profile's is asked, and opened in place of the one that is open.

The old one stays as it is until the new one has answered, so that there is always a way back. The
new browser has a link, a store and caches of its own; what belonged to the old one is closed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.errors import NotAuthorised
from hoopscope.tui.launch import (
    Beginning,
    BeginProfile,
    open_link,
    theme_to_begin_with,
)

if TYPE_CHECKING:
    from pathlib import Path

    from textual.theme import Theme

    from hoopscope.config.profiles import Profile
    from hoopscope.config.settings import Settings
    from hoopscope.sessions.gateway_link import GatewayLink
    from hoopscope.tui.gateway_app import GatewayApp
    from hoopscope.tui.screens.browser import BrowserScreen


SignInAsked = Callable[["GatewayLink"], Awaitable[bool]]


class Reached(NamedTuple):
    """A gateway that has answered; the link is the receiver's to close."""

    beginning: Beginning
    link: GatewayLink
    theme: Theme
    folders: Sequence[Path]


class GatewaySwitch:
    """Knows the gateways to go to, and which of them is open.

    Args:
        settings: those of the gateway that is open.
        begin: gives what the browser of a profile begins with; called in a thread.
    """

    def __init__(self, settings: Settings, begin: BeginProfile) -> None:
        self._settings = settings
        self._begin = begin
        self._link: GatewayLink | None = None

    @property
    def profiles(self) -> Sequence[Profile]:
        """Those of the settings file, in its order."""
        return self._settings.profiles

    def choose(self, app: GatewayApp, name: str = "") -> None:
        """Ask the operator for a gateway; one that is named is asked at once."""
        from hoopscope.tui.screens.profile_picker import ProfilePicker

        browser = _browser_of(app)

        def entered(reached: Reached | None) -> None:
            if reached is not None:
                app.run_worker(self.enter(app, reached), group="gateway", exit_on_error=True)

        opened = browser.profile if browser else ""
        app.push_screen(ProfilePicker(self, opened=opened, chosen=name), entered)

    async def reach(self, name: str, sign_in: SignInAsked) -> Reached:
        """Read a profile's settings and ask its gateway who this is; its first page as well.

        Cancelling it gives up. Raises SettingsError, GatewayError, CannotStart.

        Args:
            sign_in: asked where the gateway accepts no credential that there is; gives whether
                somebody signed in.
        """
        beginning = await asyncio.to_thread(self._begin, self._settings, name)
        settings = beginning.settings
        theme, folders = await asyncio.to_thread(theme_to_begin_with, settings)
        access = settings.access() or GatewayAccess(
            settings.url, "", settings.tls_ca, settings.skip_tls_verify
        )
        link = await asyncio.to_thread(open_link, settings, access, beginning.filters)
        try:
            try:
                await asyncio.wrap_future(link.userinfo())
            except NotAuthorised:
                if not await sign_in(link):
                    raise
                link.refresh()
        except BaseException:
            close_aside(link)
            raise
        return Reached(beginning, link, theme, folders)

    async def enter(self, app: GatewayApp, reached: Reached) -> None:
        """Show a gateway that was reached in place of the one that is open, and close that."""
        from hoopscope.tui.first_screens import FirstScreens
        from hoopscope.tui.permissions import Permissions

        settings = self._settings = reached.beginning.settings
        self._link = reached.link
        app.permissions = Permissions(settings.restricted, settings.read_only)
        browser = FirstScreens(*reached.beginning).browser(reached.link, False)
        before = _browser_of(app)
        base = before or app.screen_stack[0]
        with app.batch_update():
            while app.screen is not base:
                await app.pop_screen()
            app.wear(settings.accent_of(reached.link.access.url), reached.theme)
            if before is None:
                await app.push_screen(browser)
            else:
                # Textual takes away a callback here, which the very first screen does not have.
                before._push_result_callback(before, None)
                await app.switch_screen(browser)
        if before is not None:
            close_aside(before.link)

    def close(self) -> None:
        """End the link that was opened last."""
        if self._link is not None:
            self._link.close()


def _browser_of(app: GatewayApp) -> BrowserScreen | None:
    """The browser that is on screen, or beneath what is."""
    from hoopscope.tui.screens.browser import BrowserScreen

    return next((each for each in app.screen_stack if isinstance(each, BrowserScreen)), None)


def close_aside(link: GatewayLink) -> None:
    """Close a link without waiting for it."""
    asyncio.get_running_loop().run_in_executor(None, link.close)
