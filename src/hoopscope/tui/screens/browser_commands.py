"""The browser's commands that leave its query alone: copying, times, themes, help."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from textual import on
from textual.binding import Binding, BindingType
from textual.reactive import Reactive
from textual.widget import Widget

from hoopscope.sessions.views import View, ViewList
from hoopscope.tui.acquaintance import Acquaintance
from hoopscope.tui.detail_loader import DetailLoader
from hoopscope.tui.feed_view import FeedView
from hoopscope.tui.messages import CredentialJudged
from hoopscope.tui.permissions import Permissions
from hoopscope.tui.screens.browser_keys import keys_now
from hoopscope.tui.screens.browser_layout import BrowserLayout
from hoopscope.tui.screens.browser_opening import BrowserOpening
from hoopscope.tui.screens.browser_signing_in import BrowserSigningIn
from hoopscope.tui.screens.saying_screen import SayingScreen
from hoopscope.tui.standing import Viewer, keys_line
from hoopscope.tui.widgets.line import Line
from hoopscope.tui.widgets.notice import Notice
from hoopscope.tui.widgets.session_table import VirtualTable

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from hoopscope.config.kept_state import StateFile
    from hoopscope.gateway.row import SessionRow
    from hoopscope.sessions.gateway_link import GatewayLink
    from hoopscope.sessions.view_file import ViewFile
    from hoopscope.tui.app import HoopscopeApp
    from hoopscope.tui.session_copying import SessionCopying
    from hoopscope.tui.signing_in import SignedInAs


class BrowserOptions(NamedTuple):
    """How the browser begins; the operator can change most of it with a key.

    clock: the present moment in seconds since 1970 UTC.
    profile: the gateway's name in the settings file, "" where it has none there.
    accent: the colour that it is known by, "" where it has none.
    permissions: what the settings leave to whoever sits here.
    views: those there are; view: the one that it begins with, None is everything; view_file: gives
        the file in which they are kept, None where there is none.
    stream_limit: bytes from which on an output is read as plain text, without its times.
    warnings: complaints about the settings, said once.
    session_id: of the session to open first, "" for none.
    state_file: where the place is remembered, None where it is not.
    """

    utc: bool = True
    ascii: bool = False
    sidebar: bool = True
    detail: bool = True
    demo: bool = False
    profile: str = ""
    accent: str = ""
    permissions: Permissions = Permissions()
    views: ViewList = ViewList()
    view: View | None = None
    view_file: Callable[[], ViewFile | None] = lambda: None
    stream_limit: int = 4 * 1024 * 1024
    clock: Callable[[], float] = time.time
    warnings: Sequence[str] = ()
    session_id: str = ""
    state_file: StateFile | None = None


class BrowserCommands(SayingScreen):
    """What the browser works with, and the commands that only look at it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("C", "choose_copy", "copy …", show=False, id="browser.choose_copy"),
    ]

    # Textual repaints the whole screen when the focus moves; what looks different does so itself.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self, link: GatewayLink, options: BrowserOptions) -> None:
        super().__init__()
        self._link = link
        self._options = options
        self._details = DetailLoader(link.session)
        self._acquaintance = Acquaintance(link)
        self._parts = BrowserLayout(
            self, clock=self._microseconds, utc=options.utc, ascii_only=options.ascii
        )
        self._opening = BrowserOpening(
            link,
            self._details,
            self._acquaintance,
            options,
            table=lambda: self._table,
            clock=self._microseconds,
            on_utc=self._set_utc,
            viewer=self._viewer,
            on_left=self._session_left,
        )
        self._view: FeedView
        self._signing_in = BrowserSigningIn(
            self,
            link,
            is_restricted=options.permissions.restricted,
            ascii_only=options.ascii,
            known=lambda: self._acquaintance.name,
            show=lambda is_so: self._view.show_signed_out(is_so),
            go_on=self._signed_in,
        )

    def on_mount(self) -> None:
        """Be told when the credential is not accepted any more."""
        self._signing_in.begin()

    @on(CredentialJudged)
    async def _credential_judged(self, event: CredentialJudged) -> None:
        await self._signing_in.judged(event.is_refused)

    async def sign_in(self) -> None:
        """Ask somebody to sign in, with all that is on screen left as it is."""
        await self._signing_in.ask()

    def _signed_in(self, signed_in: SignedInAs) -> None:
        if signed_in.is_other:
            self._acquaintance.user = None
        self._opening.signed_in()
        self.run_worker(self._go_on(signed_in), group="sign-in", exclusive=True)

    async def _go_on(self, signed_in: SignedInAs) -> None:
        """Try again what failed, and say who signed in once nothing else is left to be said."""
        await self.run_action("refresh")
        await asyncio.wrap_future(self._link.refresh())
        say = getattr(self.app.screen, "say", self.say)
        self.call_later(say, signed_in.said, signed_in.tone)

    @property
    def link(self) -> GatewayLink:
        """The gateway that it browses."""
        return self._link

    @property
    def profile(self) -> str:
        """The gateway's name in the settings file, "" where it has none there."""
        return self._options.profile

    @property
    def accent(self) -> str:
        """The colour that the gateway is known by, "" where it has none."""
        return self._options.accent

    def _viewer(self) -> Viewer:
        """Who looks, and at which gateway, as far as it is known by now."""
        access, options, user = self._link.access, self._options, self._acquaintance.user
        return Viewer(
            "demo" if options.demo else access.host,
            self._acquaintance.name,
            "" if user is None else user.role or "",
            skip_tls_verify=access.skip_tls_verify,
            signed_out=self._link.is_refused,
            profile=options.profile,
            has_accent=bool(options.accent),
            read_only=access.read_only,
        )

    def _microseconds(self) -> int:
        return int(self._options.clock() * 1_000_000)

    @property
    def _table(self) -> VirtualTable:
        return self.query_one("#table", VirtualTable)

    @property
    def utc(self) -> bool:
        """Whether times are UTC rather than the operator's own."""
        return self._view.utc

    @property
    def ascii_only(self) -> bool:
        """Whether only signs are drawn that any terminal has."""
        return self._options.ascii

    @property
    def notice(self) -> Notice:
        """The line for sentences, which comes on screen after the first paint."""
        return self._parts.notice

    def say(self, text: str, tone: str = "") -> None:
        """Say a harmless sentence above the place line; "" takes it away."""
        self._view.say(text, tone)

    def may_copy(self) -> bool:
        """Whether the gateway lets its clients copy."""
        return self._acquaintance.may_copy

    def action_choose_copy(self) -> None:
        """Choose what to copy of the session under the cursor."""
        self._copying().choose(self._view.row())

    def action_copy_id(self) -> None:
        """Copy the id of the session under the cursor."""
        self._copying().copy(self._view.row(), "id")

    def action_copy_link(self) -> None:
        """Copy the address of the gateway's own page of the session."""
        self._copying().copy(self._view.row(), "link")

    def _copying(self) -> SessionCopying:
        from hoopscope.tui.session_copying import SessionCopying

        return SessionCopying(
            cast("HoopscopeApp", self.app),
            self._link.access,
            self._details,
            self._microseconds,
            say=self.say,
            utc=self.utc,
            ascii_only=self.ascii_only,
        )

    def action_toggle_utc(self) -> None:
        """Say all times in UTC, or in the operator's own zone."""
        self._set_utc(not self._view.utc)
        self.say_in_passing(f"Times are {'in UTC' if self._view.utc else 'local'}.")

    def _set_utc(self, utc: bool) -> None:
        self._view.utc = utc
        self._parts.set_utc(utc)

    def _session_left(self, row: SessionRow) -> None:
        """The session that was open above the browser is closed."""

    def action_help(self) -> None:
        """Show all keys."""
        from hoopscope.tui.screens.help import HelpScreen

        parts: list[tuple[str, DOMNode]] = [("Browser", self), ("Table", self._table)]
        if self._parts.sidebar is not None:
            parts.append(("Filters", self._parts.sidebar))
        if self._parts.pane is not None:
            parts.append(("Detail", self._parts.pane))
        self.app.push_screen(HelpScreen([*parts, ("Everywhere", self.app)]))

    def on_descendant_focus(self) -> None:
        """The last line tells the keys of what has the focus."""
        self._show_keys()

    def _show_keys(self) -> None:
        keys, kept = keys_now(self, self._parts, self._table, ascii_only=self.ascii_only)
        self.query_one("#keys", Line).show(keys_line(keys, self.size.width, kept))

    def action_turn_focus(self, by: int) -> None:
        """To the next or the previous part that takes keys."""
        self.say_in_passing(self._parts.turn_focus(by))
