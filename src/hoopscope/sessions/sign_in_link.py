"""Signing in as the interface does it: in the API worker's thread, every method with a future."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from hoopscope.gateway.access import check_credential
from hoopscope.gateway.errors import TimedOut
from hoopscope.gateway.login_callback import (
    PORT,
    WAIT_SECONDS,
    CallbackServer,
    credential_from,
    state_of,
)
from hoopscope.gateway.signing_in import SignIn, SignInMethod

if TYPE_CHECKING:
    from hoopscope.gateway.models.people import UserInfo
    from hoopscope.sessions.gateway_link import GatewayLink

T = TypeVar("T")


class SignedIn(NamedTuple):
    """A credential that the gateway accepts, and whose it is."""

    credential: str
    user: UserInfo

    def __repr__(self) -> str:
        return "SignedIn()"

    @property
    def name(self) -> str:
        """The e-mail, or what there is instead; as it came."""
        return self.user.known_as


class SignInLink:
    """Gets a credential from the gateway of a link, whose own one is left alone.

    The futures fail with a GatewayError; cancelling one cancels what it stands for.
    """

    def __init__(self, link: GatewayLink, *, port: int = PORT) -> None:
        self._link = link
        self._port = port
        self._state = ""

    def method(self) -> Future[SignInMethod]:
        """How people sign in there."""
        return self._run(lambda sign_in: sign_in.method())

    def with_password(self, email: str, password: str) -> Future[SignedIn]:
        """With an e-mail and a password, which are sent once."""

        async def signed_in(sign_in: SignIn) -> SignedIn:
            return await _accepted(sign_in, await sign_in.with_password(email, password))

        return self._run(signed_in)

    def with_token(self, token: str) -> Future[SignedIn]:
        """With a token or an API key from elsewhere."""
        return self._run(lambda sign_in: _accepted(sign_in, token.strip()))

    def page(self, method: SignInMethod) -> Future[str]:
        """The address of the identity provider's page, as it came."""

        async def page(sign_in: SignIn) -> str:
            url = await sign_in.login_url(method)
            self._state = state_of(url)
            return url

        return self._run(page)

    def with_pasted(self, text: str) -> Future[SignedIn]:
        """With the address that the page's browser was sent on to."""

        async def signed_in(sign_in: SignIn) -> SignedIn:
            return await _accepted(sign_in, credential_from(text, self._state))

        return self._run(signed_in)

    def with_callback(self) -> Future[SignedIn]:
        """With what arrives at the callback port; fails with OSError where that is taken."""

        async def signed_in(sign_in: SignIn) -> SignedIn:
            async with CallbackServer(self._state, self._port) as server:
                try:
                    async with asyncio.timeout(WAIT_SECONDS):
                        credential = await server.credential()
                except TimeoutError:
                    raise TimedOut("Nothing came back from the page.", "Begin again.") from None
                return await _accepted(sign_in, credential)

        return self._run(signed_in)

    def _run(self, work: Callable[[SignIn], Coroutine[Any, Any, T]]) -> Future[T]:
        link = self._link
        sign_in = SignIn(link.access, deadline=link.deadline_seconds)
        return link.run(lambda _gateway: work(sign_in))


async def _accepted(sign_in: SignIn, credential: str) -> SignedIn:
    check_credential(credential)
    return SignedIn(credential, await sign_in.who(credential))
