"""SignInScreen: the dialog in which somebody signs in, in the way that the gateway wants it."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from typing import ClassVar, NamedTuple

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Label, Static

from hoopscope.gateway.errors import GatewayError
from hoopscope.gateway.login_callback import HOST, PORT
from hoopscope.gateway.signing_in import SignInMethod
from hoopscope.sessions.facts.ascii_signs import in_ascii
from hoopscope.sessions.sign_in_link import SignedIn, SignInLink
from hoopscope.tui.key_names import key_of
from hoopscope.tui.screens.dialog import Dialog
from hoopscope.tui.widgets.secret_input import SecretInput
from hoopscope.tui.widgets.tick_line import TickLine
from hoopscope.untrusted import harmless

KEEP = "keep it for the next time"


class SignInResult(NamedTuple):
    """Who signed in with what, and whether that is to be kept."""

    signed_in: SignedIn
    keep: bool


class SignInScreen(Dialog[SignInResult | None]):
    """Gives back what the gateway accepted, None where it was put off.

    Args:
        host: the gateway's; reason: why somebody has to sign in, harmless.
        email: who it probably is.
        may_keep: whether that may be kept; keeps: whether it is, without asking.
        may_wait: whether a page's answer is waited for on this machine's port; it can always be
            pasted.
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "later", id="sign_in.leave"),
        Binding("f2", "switch_way", "token or API key, or the usual way", id="sign_in.switch_way"),
        Binding("f5", "copy_page", "copy the page's address", show=False, id="sign_in.copy_page"),
        Binding("down", "app.focus_next", "next field", show=False, id="sign_in.focus_next"),
        Binding(
            "up", "app.focus_previous", "previous field", show=False, id="sign_in.focus_previous"
        ),
    ]
    DEFAULT_CSS = """
    SignInScreen {
        align: center middle;
        background: transparent;

        & > VerticalScroll {
            width: 72;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            border: round $border;
            border-title-color: $text-accent;
            background: $background;
            padding: 0 1;
            scrollbar-size: 0 0;
        }

        &.-plain > VerticalScroll { border: ascii $border; }
        & Vertical, & Static { height: auto; }
        & Static { width: 1fr; }
        & #sign-in-page-box { height: auto; max-height: 5; scrollbar-size: 1 1; }
        & #sign-in-reason, & #sign-in-hint, & #sign-in-keys { color: $text-muted; }
        & #sign-in-problem { color: $text-error; min-height: 1; }
    }
    """

    def __init__(
        self,
        sign_in: SignInLink,
        host: str,
        *,
        reason: str = "",
        email: str = "",
        may_keep: bool = True,
        keeps: bool = False,
        may_wait: bool = True,
        ascii_only: bool = False,
    ) -> None:
        super().__init__()
        self._sign_in = sign_in
        self._host = host
        self._reason = reason
        self._email = email
        self._may_ask_to_keep = may_keep and not keeps
        self._keeps = may_keep and keeps
        self._may_wait = may_wait
        self._ascii = ascii_only
        self._method: SignInMethod | None = None
        self._page = ""
        self.set_class(ascii_only, "-plain")

    def compose(self) -> ComposeResult:
        """The frame; the fields come once the gateway has said how people sign in."""
        with VerticalScroll(can_focus=False) as box, Vertical():
            box.border_title = f"Sign in to {harmless(self._host, 40)}"
            if self._reason:
                yield Static(self._reason, id="sign-in-reason", markup=False)
            yield Vertical(id="sign-in-fields")
            if self._may_ask_to_keep:
                yield TickLine(KEEP, id="sign-in-keep")
            yield Static(id="sign-in-problem", markup=False)
            yield Static(id="sign-in-keys", markup=False)

    def on_mount(self) -> None:
        """Ask the gateway how."""
        self._show_keys()
        self._discover()

    @work(exclusive=True, group="method")
    async def _discover(self) -> None:
        self._say("Asking the gateway how people sign in …")
        try:
            method = await asyncio.wrap_future(self._sign_in.method())
            if method.needs_browser:
                self._page = await asyncio.wrap_future(self._sign_in.page(method))
        except GatewayError as error:
            # Whoever has a token can go on with that, or try again.
            method = SignInMethod.TOKEN
            await self._show_fields(method, str(error))
            return
        await self._show_fields(method)

    async def _show_fields(self, method: SignInMethod, problem: str = "") -> None:
        self._method = method
        fields = self.query_one("#sign-in-fields", Vertical)
        await fields.remove_children()
        await fields.mount_all(self._fields(method))
        self._say(problem)
        self._show_keys()
        first = "#sign-in-secret" if method is not SignInMethod.LOCAL or self._email else "Input"
        found = self.query(first)
        if not found:
            return  # The dialog was left meanwhile.
        found.first().focus()
        if method.needs_browser and self._may_wait:
            self._wait_for_callback()

    def _fields(self, method: SignInMethod) -> list[Label | Static | Input | VerticalScroll]:
        secret = SecretInput(id="sign-in-secret")
        if method is SignInMethod.LOCAL:
            email = Input(self._email, compact=True, id="sign-in-email")
            email.cursor_blink = False
            return [Label("E-mail"), email, Label("Password (is not shown)"), secret]
        if not method.needs_browser:
            return [Label("Token or API key (is not shown)"), secret]
        page = Static(harmless(self._page), id="sign-in-page", markup=False)
        return [
            Label("Open this page in a browser and sign in there:"),
            VerticalScroll(page, id="sign-in-page-box"),
            Static(id="sign-in-hint", markup=False),
            Label("Or paste the address that it ended at (is not shown)"),
            secret,
        ]

    @on(Input.Submitted, "#sign-in-email")
    def _to_password(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one("#sign-in-secret").focus()

    @on(Input.Submitted, "#sign-in-secret")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        field = self.query_one("#sign-in-secret", SecretInput)
        if not field.value.strip():
            self._say("Nothing was typed yet.")
            return
        if self._method is SignInMethod.LOCAL:
            email = self.query_one("#sign-in-email", Input).value.strip()
            if not email:
                self.query_one("#sign-in-email").focus()
                return
            self._try(self._sign_in.with_password(email, field.take()))
        elif self._method is SignInMethod.TOKEN:
            self._try(self._sign_in.with_token(field.take()))
        else:
            self._try(self._sign_in.with_pasted(field.take()))

    @work(exclusive=True, group="try")
    async def _try(self, attempt: Future[SignedIn]) -> None:
        self._say("Asking the gateway …")
        try:
            signed_in = await asyncio.wrap_future(attempt)
        except GatewayError as error:
            self._say(str(error))
            return
        self._done(signed_in)

    @work(exclusive=True, group="callback")
    async def _wait_for_callback(self) -> None:
        hint = self.query_one("#sign-in-hint", Static)
        hint.update(
            f"Its answer is waited for at {HOST}:{PORT}; over ssh the browser reaches it where the"
            f" connection began with -L {PORT}:{HOST}:{PORT}."
        )
        while True:
            try:
                signed_in = await asyncio.wrap_future(self._sign_in.with_callback())
            except GatewayError as error:
                self._say(str(error))
            except OSError:
                hint.update(f"Port {PORT} is taken, so its answer has to be pasted.")
                return
            else:
                self._done(signed_in)
                return

    def _done(self, signed_in: SignedIn) -> None:
        keep = self._keeps or any(tick.ticked for tick in self.query(TickLine))
        if self.is_current:
            self.dismiss(SignInResult(signed_in, keep))

    async def action_switch_way(self) -> None:
        """Go on with a token or an API key; again, with what the gateway wants."""
        if self._method is SignInMethod.TOKEN:
            self._discover()
            return
        self.workers.cancel_group(self, "method")
        self.workers.cancel_group(self, "callback")
        await self._show_fields(SignInMethod.TOKEN)

    def action_copy_page(self) -> None:
        """Copy the address of the page to sign in on."""
        from hoopscope.tui.console_app import ConsoleApp

        if not self._page or self._method is SignInMethod.TOKEN:
            self._say("There is no page to sign in on.")
        elif isinstance(self.app, ConsoleApp):
            self.app.copy(self._page, "the page's address", is_line=True)

    def say(self, text: str, tone: str = "") -> None:
        """Say a harmless sentence below the fields."""
        self._say(text)

    def _say(self, text: str) -> None:
        text = in_ascii(text) if self._ascii else text
        # What is under way may end after it was left.
        for line in self.query("#sign-in-problem").results(Static):
            line.update(text)

    def _show_keys(self) -> None:
        way = "token or API key" if self._method is not SignInMethod.TOKEN else "the usual way"
        shown = [("sign_in.switch_way", way), ("sign_in.leave", "later")]
        if self._method is not None and self._method.needs_browser:
            shown.insert(0, ("sign_in.copy_page", "copy the page"))
        keys = [(key_of(self, binding, ascii_only=self._ascii), what) for binding, what in shown]
        text = "   ".join(["enter sign in", *(f"{key} {what}" for key, what in keys if key)])
        self.query_one("#sign-in-keys", Static).update(text)
