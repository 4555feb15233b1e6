"""What becomes of a browser whose credential the gateway does not accept any more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from hoopscope.tui.messages import CredentialJudged

if TYPE_CHECKING:
    from hoopscope.sessions.gateway_link import GatewayLink
    from hoopscope.tui.screens.browser_commands import BrowserCommands
    from hoopscope.tui.signing_in import SignedInAs, SigningIn


class BrowserSigningIn:
    """Asks somebody to sign in, once by itself for each credential, and whenever that is wanted.

    Args:
        screen: the browser; what is on and above it stays as it is.
        known: who is signed in as far as that is known, as the gateway wrote it.
        show: called with whether the credential in use is not accepted.
        go_on: called with who signed in, to try again what failed.
    """

    def __init__(
        self,
        screen: BrowserCommands,
        link: GatewayLink,
        *,
        is_restricted: bool,
        ascii_only: bool,
        known: Callable[[], str],
        show: Callable[[bool], None],
        go_on: Callable[[SignedInAs], None],
    ) -> None:
        self._screen = screen
        self._link = link
        self._is_restricted = is_restricted
        self._ascii = ascii_only
        self._known = known
        self._show = show
        self._go_on = go_on
        self._signing_in: SigningIn | None = None
        self._has_asked = False

    def begin(self) -> None:
        """Be told from now on, and of what was before."""
        # What lies beneath a dialog has no first paint.
        self._screen.call_after_refresh(self._link.when_judged, self._told)

    async def judged(self, is_refused: bool) -> None:
        """The gateway does not accept the credential any more, or does so again."""
        self._show(is_refused)
        if is_refused and not self._has_asked:
            # Who put it off knows of it, however often the gateway changes its mind.
            self._has_asked = True
            await self.ask()

    async def ask(self) -> None:
        """Ask somebody to sign in."""
        if self._is_restricted and not self._link.is_refused:
            self._screen.say(
                "You are signed in, and a restricted console stays with that.", "muted"
            )
            return
        if self._signing_in is None:
            # Most never need it, and it brings a part of Textual with it.
            await asyncio.to_thread(import_module, "hoopscope.tui.signing_in")
        from hoopscope.tui.signing_in import EXPIRED, SWITCH, SigningIn

        if self._signing_in is None:
            self._signing_in = SigningIn(self._link, ascii_only=self._ascii)
        await self._signing_in.ask(
            self._screen.app,
            self._answered,
            reason=EXPIRED if self._link.is_refused else SWITCH,
            before=self._known(),
        )

    async def _answered(self, signed_in: SignedInAs | None) -> None:
        if signed_in is not None:
            self._has_asked = False
            self._show(False)
            self._go_on(signed_in)

    def _told(self, is_refused: bool) -> None:
        """In the API worker's thread."""
        self._screen.post_message(CredentialJudged(is_refused))
