"""Getting a credential from a gateway: which way it wants, and the ways it has.

Source: public reference and observed gateway behaviour. Nothing here is asked with a credential,
except for who a new one belongs to.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hoopscope.gateway.access import GatewayAccess, check_credential
from hoopscope.gateway.auth import Credentials
from hoopscope.gateway.client import Gateway
from hoopscope.gateway.errors import (
    Forbidden,
    InvalidCredential,
    NotAuthorised,
    NotFound,
    SignInRefused,
    TimedOut,
    UnexpectedAnswer,
)

if TYPE_CHECKING:
    import httpx

    from hoopscope.gateway.models.people import UserInfo

_LONGEST_URL = 16_384


class SignInMethod(StrEnum):
    """How people sign in at a gateway."""

    LOCAL = "local"
    OIDC = "oidc"
    SAML = "saml"
    TOKEN = "token"  # noqa: S105 (a way, no secret)
    """The gateway does not say: with a token, or an API key, from elsewhere."""

    @property
    def needs_browser(self) -> bool:
        """Whether an identity provider's page is to be visited."""
        return self in (SignInMethod.OIDC, SignInMethod.SAML)


_METHODS = {
    "local": SignInMethod.LOCAL,
    "oidc": SignInMethod.OIDC,
    # What gateways called it once.
    "idp": SignInMethod.OIDC,
    "saml": SignInMethod.SAML,
}
_LOGIN_PATHS = {SignInMethod.OIDC: "/api/login", SignInMethod.SAML: "/api/saml/login"}


class SignIn:
    """One gateway, asked for a credential. Every method raises GatewayError and nothing else.

    The credential of `access` is not used. `deadline` is in seconds, for each request as a whole.
    Belongs to one event loop.
    """

    def __init__(
        self,
        access: GatewayAccess,
        *,
        deadline: float = 30.0,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        # Where nothing may be written, one can still sign in.
        self.access = replace(access, credential="", read_only=False)
        self._deadline = deadline
        self._transport = transport

    async def method(self) -> SignInMethod:
        """How people sign in there."""
        async with self._gateway() as gateway:
            try:
                said = await gateway.publicserverinfo()
            except (NotFound, NotAuthorised, Forbidden, UnexpectedAnswer):
                # Old gateways do not say. What is no gateway at all is not well either.
                if not await gateway.healthz():
                    raise
                return SignInMethod.TOKEN
        return _METHODS.get(said.auth_method or "", SignInMethod.TOKEN)

    async def with_password(self, email: str, password: str) -> str:
        """A credential for an e-mail and a password, which are sent once.

        Raises SignInRefused where the gateway does not know the one or the other.
        """
        from hoopscope.gateway.exchange import Exchange

        exchange = Exchange(
            self.access, Credentials(""), seconds=self._deadline, transport=self._transport
        )
        given = {"email": email, "password": password}
        try:
            async with asyncio.timeout(self._deadline):
                headers = await exchange.post("/api/localauth/login", given)
        except TimeoutError:
            raise TimedOut(
                f"{exchange.host} gave no answer within {self._deadline:g} s.", "Try again."
            ) from None
        except NotFound as error:
            raise SignInRefused(
                "The gateway knows nobody by this e-mail.",
                "It is written as in the gateway: capitals count.",
                status=error.status,
            ) from None
        except NotAuthorised as error:
            raise SignInRefused(
                "The password is not right.",
                "An admin can set another one.",
                status=error.status,
            ) from None
        finally:
            await exchange.aclose()
        return self._credential(headers.get("token", ""))

    async def login_url(self, method: SignInMethod) -> str:
        """The identity provider's page. Its answer goes to `login_callback.PORT` of the machine
        that the page was opened on.
        """
        # No other address for the answer is named: gateways take only those of their own host.
        async with self._gateway() as gateway:
            answer = await gateway.get_json(_LOGIN_PATHS[method])
        url = answer.get("login_url") if isinstance(answer, dict) else None
        if not isinstance(url, str) or not _is_page(url):
            raise UnexpectedAnswer(
                f"{self.access.host} names no page to sign in on.",
                "Use a token or an API key; the gateway's admin can look at its sign-in settings.",
            )
        return url

    async def who(self, credential: str) -> UserInfo:
        """Whose a credential is. Raises NotAuthorised where the gateway does not accept it."""
        async with self._gateway(credential) as gateway:
            return await gateway.userinfo()

    def _gateway(self, credential: str = "") -> Gateway:
        access = replace(self.access, credential=credential)
        return Gateway(access, deadline=self._deadline, transport=self._transport)

    def _credential(self, token: str) -> str:
        try:
            check_credential(token)
        except InvalidCredential:
            token = ""
        if not token:
            raise UnexpectedAnswer(
                f"{self.access.host} accepts the password and gives no token.",
                "A proxy on the way may take the header Token out of the answer.",
            )
        return token


def _is_page(url: str) -> bool:
    try:
        return urlsplit(url).scheme in ("https", "http") and len(url) <= _LONGEST_URL
    except ValueError:
        return False
