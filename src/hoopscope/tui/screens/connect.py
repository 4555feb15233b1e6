"""Where hoopscope begins when it knows no gateway: what was looked for, and what can be done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Label, OptionList, Static

from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.errors import GatewayError
from hoopscope.sessions.gateway_link import GatewayLink
from hoopscope.tui.key_names import key_text, shown_keys
from hoopscope.tui.signing_in import SignedInAs, SigningIn
from hoopscope.untrusted import harmless

if TYPE_CHECKING:
    from hoopscope.config.profiles import Profile
    from hoopscope.tui.gateway_app import GatewayApp

LinkMaker = Callable[[GatewayAccess], GatewayLink]


class ConnectScreen(Screen[None]):
    """Asks for a URL and has somebody sign in there, or offers the demo; posts a link that works.

    Args:
        make_link: makes a link from what was entered.
        looked_for: what was looked for and where, a line each.
        profiles: the gateways that the settings know by name, to choose from.
        url: the address to begin with, where one is known.
        problem: why the configured gateway cannot be used, if that is why this screen is here.
        make_demo: starts the embedded demo gateway; called in a thread, may raise OSError.
    """

    @dataclass
    class Connected(Message):
        """The gateway answered; the link is the receiver's to close."""

        link: GatewayLink
        demo: bool

    DEFAULT_CSS = """
    ConnectScreen {
        align: center middle;
    }

    #connect-box {
        width: 76;
        max-width: 100%;
        height: auto;
        max-height: 100%;
        padding: 1 2;
        scrollbar-size: 0 0;

        & Vertical {
            height: auto;
        }

        & Input {
            margin-bottom: 1;
        }
    }

    #connect-title {
        text-style: bold;
        color: $text-accent;
        margin-bottom: 1;
    }

    #connect-looked-for {
        color: $text-muted;
        margin-bottom: 1;
    }

    #connect-profiles, #connect-or {
        margin-bottom: 1;
    }

    #connect-problem {
        color: $text-error;
        min-height: 1;
        margin-bottom: 1;
    }

    #connect-keys {
        color: $text-muted;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2,ctrl+d", "demo", "look at the demo instead", id="connect.open_demo"),
        Binding("escape", "app.quit", "quit", id="connect.quit"),
        Binding("down", "app.focus_next", "Next", show=False, id="connect.focus_next"),
        Binding("up", "app.focus_previous", "Previous", show=False, id="connect.focus_previous"),
    ]

    def __init__(
        self,
        make_link: LinkMaker,
        make_demo: Callable[[], GatewayAccess],
        looked_for: Sequence[str],
        *,
        profiles: Sequence[Profile] = (),
        url: str = "",
        problem: str = "",
        ascii_only: bool = False,
    ) -> None:
        super().__init__()
        self._make_link = make_link
        self._make_demo = make_demo
        self._looked_for = looked_for
        self._profiles = profiles
        self._url = url
        self._problem = problem
        self._ascii = ascii_only

    def compose(self) -> ComposeResult:
        """What was looked for, two fields, and a line for what went wrong."""
        with VerticalScroll(id="connect-box", can_focus=False), Vertical():
            yield Label("hoopscope", id="connect-title")
            yield from self._beginning()
            yield Label("Gateway URL")
            yield Input(self._url, "https://gateway.example.com", id="connect-url", compact=True)
            yield Static(self._problem, id="connect-problem", markup=False)
            yield Static(
                self._keys(),
                id="connect-keys",
                markup=False,
            )

    def _keys(self) -> str:
        own = [(key_text(key), what) for _, key, what in shown_keys(self)]
        # By its name: nobody has said yet which signs this terminal has.
        shown = [("enter", "sign in"), *own]
        return "   ".join(f"{key} {what}" for key, what in shown)

    def _beginning(self) -> ComposeResult:
        """The gateways to choose from; where there are none, what was looked for."""
        if self._profiles:
            from hoopscope.tui.widgets.profile_list import ProfileList

            yield Static("The gateways of the settings file:", id="connect-intro", markup=False)
            yield ProfileList(self._profiles, theme=self.app.current_theme, id="connect-profiles")
            yield Static("or another one:", id="connect-or", markup=False)
            return
        found = "No credential is known" if self._url else "No gateway is set up"
        yield Static(f"{found}. Looked for:", id="connect-intro", markup=False)
        looked = "\n".join(f"  {harmless(line)}" for line in self._looked_for)
        yield Static(looked, id="connect-looked-for", markup=False)

    def on_mount(self) -> None:
        """Begin at the gateways to choose from, else at the address."""
        field = self.query_one("#connect-url", Input)
        field.cursor_blink = False
        self.query_one(
            "#connect-profiles" if self._profiles and not self._url else "#connect-url"
        ).focus()

    @on(OptionList.OptionSelected, "#connect-profiles")
    def _to_profile(self, event: OptionList.OptionSelected) -> None:
        cast("GatewayApp", self.app).action_choose_profile(self._profiles[event.option_index].name)

    @on(Input.Submitted, "#connect-url")
    async def _submitted(self, event: Input.Submitted) -> None:
        try:
            access = GatewayAccess(event.value)
        except GatewayError as error:
            self._say(str(error))
            return
        self._say("")
        link = self._make_link(access)
        signing_in = SigningIn(link, ascii_only=self._ascii)

        async def done(signed_in: SignedInAs | None) -> None:
            if signed_in is None:
                await asyncio.to_thread(link.close)
            else:
                self.post_message(self.Connected(link, demo=False))

        await signing_in.ask(self.app, done)

    def action_demo(self) -> None:
        """Start the embedded demo gateway and look at that."""
        self._say("Starting the demo gateway …")
        self._start_demo()

    @work(exclusive=True, group="connect")
    async def _start_demo(self) -> None:
        try:
            access = await asyncio.to_thread(self._make_demo)
        except OSError as error:
            self._say(f"The demo could not be started: {error}")
            return
        self._connect(access, demo=True)

    @work(exclusive=True, group="connect")
    async def _connect(self, access: GatewayAccess, *, demo: bool = False) -> None:
        self._say(f"Asking {harmless(access.url)} …")
        link = self._make_link(access)
        try:
            await asyncio.wrap_future(link.userinfo())
        except GatewayError as error:
            self._say(str(error))
            await asyncio.to_thread(link.close)
            return
        self.post_message(self.Connected(link, demo))

    def _say(self, text: str) -> None:
        self.query_one("#connect-problem", Static).update(text)
