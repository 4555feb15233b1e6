"""Choosing another gateway; it is asked while the one that is open stays as it is."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static

from hoopscope.config.errors import SettingsError
from hoopscope.gateway.errors import GatewayError
from hoopscope.tui.gateway_switch import GatewaySwitch, Reached
from hoopscope.tui.launch import CannotStart
from hoopscope.tui.screens.dialog import Dialog
from hoopscope.tui.widgets.profile_list import ProfileList
from hoopscope.untrusted import harmless

if TYPE_CHECKING:
    from hoopscope.sessions.gateway_link import GatewayLink
    from hoopscope.tui.signing_in import SignedInAs


class ProfilePicker(Dialog[Reached | None]):
    """Gives back the gateway that was chosen and has answered, None when it was left.

    Args:
        opened: the name of the profile whose gateway is open, "" where none is.
        chosen: the name of a profile that is asked at once.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "leave", id="profiles.leave"),
    ]
    DEFAULT_CSS = """
    ProfilePicker {
        align: center middle;
        background: transparent;
        & > Vertical {
            width: 76;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            border: round $border;
            border-title-color: $text-accent;
            background: $background;
        }
        & Static {
            height: auto;
            padding: 0 1;
        }
        & .-failed {
            color: $text-error;
        }
    }
    """

    def __init__(self, gateways: GatewaySwitch, *, opened: str = "", chosen: str = "") -> None:
        super().__init__()
        self._opened = opened
        self._gateways = gateways
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        """The profiles, one a line, and what is going on."""
        gateways = self._gateways
        with Vertical() as box:
            yield ProfileList(
                gateways.profiles,
                theme=self.app.current_theme,
                begin_at=self._chosen,
                opened=self._opened,
            )
            yield Static(markup=False)
        box.border_title = "Gateway"
        box.border_subtitle = "esc leaves"

    def on_mount(self) -> None:
        """Begin at once where there is nothing to ask."""
        if self._chosen:
            self._ask(self._chosen)

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self._ask(self.query_one(ProfileList).name_at(event.option_index))

    @work(exclusive=True)
    async def _ask(self, name: str) -> None:
        self._say(f"Asking {harmless(name)} …")
        try:
            reached = await self._gateways.reach(name, self._sign_in)
        except (SettingsError, GatewayError, CannotStart) as error:
            self._say(harmless(str(error)), failed=True)
        else:
            self.dismiss(reached)

    async def _sign_in(self, link: GatewayLink) -> bool:
        from hoopscope.tui.signing_in import NO_CREDENTIAL, SigningIn

        answered: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

        async def done(signed_in: SignedInAs | None) -> None:
            if not answered.done():
                answered.set_result(signed_in is not None)

        await SigningIn(link).ask(self.app, done, reason=NO_CREDENTIAL)
        return await answered

    def _say(self, text: str, *, failed: bool = False) -> None:
        line = self.query_one(Static)
        line.update(text)
        line.set_class(failed, "-failed")
