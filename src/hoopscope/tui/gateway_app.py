"""Textual's application with a gateway, which the operator may change for another one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from textual.binding import Binding, BindingType

from hoopscope.sessions.gateway_link import GatewayLink
from hoopscope.tui.permissions import Permissions
from hoopscope.tui.themed_app import ThemedApp

if TYPE_CHECKING:
    from hoopscope.tui.gateway_switch import GatewaySwitch
    from hoopscope.tui.screens.browser import BrowserScreen
    from hoopscope.tui.screens.connect import ConnectScreen


@runtime_checkable
class SigningScreen(Protocol):
    """A screen on a gateway where one can sign in."""

    async def sign_in(self) -> None:
        """Ask somebody to."""
        ...


class GatewayApp(ThemedApp):
    """Opens browsers of gateways.

    Attributes:
        permissions: what the settings of the gateway that is open leave to whoever sits here.
        gateways: those to go to; None where there is no other.
        make_browser: makes the browser of a link that the connect screen brought; None
            where there is no such screen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "sign_in", "sign in", show=False, id="app.sign_in"),
        Binding("P", "choose_profile", "other gateway", show=False, id="app.choose_profile"),
    ]

    permissions = Permissions()
    gateways: GatewaySwitch | None = None
    make_browser: Callable[[GatewayLink, bool], BrowserScreen] | None
    _link: GatewayLink | None = None

    def on_connect_screen_connected(self, event: ConnectScreen.Connected) -> None:
        """The connect screen found a gateway that answers."""
        self._link = event.link
        if self.make_browser is not None:
            browser = self.make_browser(event.link, event.demo)
            # What was entered by hand may be another gateway than that of the settings.
            self.wear(browser.accent)
            self.push_screen(browser)

    def close_link(self) -> None:
        """End the links that were opened meanwhile; one given at the start is its giver's."""
        if self._link is not None:
            self._link.close()
        if self.gateways is not None:
            self.gateways.close()

    def action_choose_profile(self, name: str = "") -> None:
        """Go to another gateway of the settings file: this one, or ask which."""
        if self.gateways is None:
            self.say("The settings file names no gateway to go to.")
        else:
            self.gateways.choose(self, name)

    async def action_sign_in(self) -> None:
        """Sign in at the gateway that is open; where none is, there is nothing to sign in at."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, SigningScreen):
                await screen.sign_in()
                break

    def say(self, text: str) -> None:
        """Say why a key cannot act, a harmless sentence, on the topmost screen with a place for it.

        It is there until the next key, where the screen knows of such sentences.
        """
        for screen in reversed(self.screen_stack):
            in_passing, say = (getattr(screen, name, None) for name in ("say_in_passing", "say"))
            if in_passing is not None:
                in_passing(text)
                break
            if say is not None:
                say(text, "waiting")
                break
