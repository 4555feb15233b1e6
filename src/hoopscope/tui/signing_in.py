"""SigningIn: has somebody sign in at the gateway of a link, which then goes on with that."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from hoopscope.config.errors import SettingsError
from hoopscope.sessions.sign_in_link import SignInLink
from hoopscope.tui.screens.sign_in import SignInResult, SignInScreen
from hoopscope.untrusted import harmless

if TYPE_CHECKING:
    from textual.app import App

    from hoopscope.sessions.gateway_link import GatewayLink
    from hoopscope.tui.app import HoopscopeApp

EXPIRED = "The gateway does not accept your credential any more: it has expired, or was revoked."
NO_CREDENTIAL = "There is no credential that this gateway accepts."
SWITCH = "You are signed in. Whoever signs in here takes your place."
_LONGEST_NAME = 60


class SignedInAs(NamedTuple):
    """What came of it: whether it is somebody else than before, and a harmless sentence for it."""

    is_other: bool
    said: str
    tone: str


class SigningIn:
    """Opens the dialog, once at a time, above whatever is on screen."""

    def __init__(self, link: GatewayLink, *, ascii_only: bool = False) -> None:
        self._link = link
        self._ascii = ascii_only
        self._is_open = False

    async def ask(
        self,
        app: App[Any],
        done: Callable[[SignedInAs | None], Awaitable[None]],
        *,
        reason: str = "",
        before: str = "",
    ) -> None:
        """Ask somebody to sign in, unless that is being asked; `done` is given None if put off.

        Args:
            reason: why, a harmless sentence. before: who is signed in as far as that is known, as
                the gateway wrote it.
        """
        if self._is_open:
            return
        self._is_open = True
        keeper = self._link.keeper
        if not before and keeper is not None:
            before = await asyncio.to_thread(keeper.user)
        dialog = SignInScreen(
            SignInLink(self._link),
            self._link.access.host,
            reason=reason,
            may_keep=keeper is not None and keeper.may_keep,
            keeps=keeper is not None and keeper.is_kept,
            email=before if "@" in before else "",
            may_wait=not cast("HoopscopeApp", app).permissions.restricted,
            ascii_only=self._ascii,
        )

        async def answered(result: SignInResult | None) -> None:
            self._is_open = False
            await done(None if result is None else await self._take(result, before))

        app.push_screen(dialog, answered)

    async def _take(self, result: SignInResult, before: str) -> SignedInAs:
        credential, name = result.signed_in.credential, result.signed_in.name
        self._link.use_credential(credential)
        is_other = before not in ("", name)
        said = f"Signed in as {harmless(name, _LONGEST_NAME)}."
        if is_other:
            said += f" Before it was {harmless(before, _LONGEST_NAME)}."
        keeper = self._link.keeper
        if keeper is not None and result.keep:
            try:
                await asyncio.to_thread(keeper.keep, credential, name)
            except SettingsError as error:
                return SignedInAs(is_other, f"{said} Not kept: {harmless(str(error))}", "waiting")
        elif keeper is not None:
            keeper.use(credential)
        return SignedInAs(is_other, said, "waiting" if is_other else "muted")
