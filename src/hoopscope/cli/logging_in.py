"""Carries out `hoopscope login`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from hoopscope.cli import exit_codes
from hoopscope.cli.failures import UsageFailed
from hoopscope.cli.invocation import refuse_if_restricted, settings_from
from hoopscope.cli.messages import complain, remember_secret, say
from hoopscope.cli.typed_lines import TypedLines
from hoopscope.config.belonging import public_address
from hoopscope.config.credential_file import read_credential_file
from hoopscope.config.credentials_store import CredentialsStore
from hoopscope.gateway.access import GatewayAccess, check_credential
from hoopscope.gateway.errors import NotAuthorised, SignInRefused
from hoopscope.gateway.signing_in import SignIn, SignInMethod

if TYPE_CHECKING:
    from hoopscope.config.settings import Settings
    from hoopscope.gateway.models.people import UserInfo

TRIES = 3
_NOTHING = "nothing was given, so nothing was sent."


def log_in(flags: Mapping[str, object], *, email: str = "", with_token: bool = False) -> int:
    """Get a credential, make sure that it is accepted, and keep it; gives the exit code.

    Args:
        email: who signs in, where the gateway asks for it.
        with_token: ask for a token or an API key, whatever the gateway wants from people.

    Raises:
        SettingsError, UsageFailed, CommandFailed, GatewayError. Nothing is kept then.
    """
    flags = dict(flags)
    file = flags.pop("token_file", None)
    refuse_if_restricted(flags)
    settings = settings_from(flags, gateway=False)
    return asyncio.run(_Login(settings, flags).carry_out(email, with_token, file))


class _Login:
    def __init__(self, settings: Settings, flags: Mapping[str, object]) -> None:
        self._settings = settings
        self._flags = flags
        self._lines = TypedLines()
        self._store = CredentialsStore(way=settings.credential_store)

    async def carry_out(self, email: str, with_token: bool, file: object) -> int:
        settings = self._settings
        url = settings.url or self._store.last_address() or await self._asked("Gateway URL: ")
        access = GatewayAccess(url, "", settings.tls_ca, settings.skip_tls_verify)
        sign_in = SignIn(access, deadline=settings.deadline_seconds)
        if file is not None:
            credential, complaint = read_credential_file(str(file), "--token-file")
            if complaint:
                complain(complaint)
            who = await self._owner(sign_in, credential)
        else:
            method = SignInMethod.TOKEN if with_token else await sign_in.method()
            credential, who = await self._got(sign_in, method, email)
        name = who.known_as
        stored = self._store.keep(access.url, credential, name)
        role = f" ({who.role})" if who.role else ""
        say(f"Signed in to {access.host} as {name or 'somebody without a name'}{role}.")
        say(f"The credential is kept in {_within_home(stored.place)}.")
        self._tell_what_counts_before(credential, access)
        return exit_codes.OK

    async def _got(self, sign_in: SignIn, method: SignInMethod, email: str) -> tuple[str, UserInfo]:
        say(f"Signing in to {public_address(sign_in.access.url)}")
        if method.needs_browser:
            from hoopscope.cli.login_by_browser import BrowserLogin

            return await BrowserLogin(sign_in, self._lines).credential(method)
        if method is SignInMethod.LOCAL:
            return await self._by_password(sign_in, email)
        return await self._by_token(sign_in)

    async def _by_password(self, sign_in: SignIn, email: str) -> tuple[str, UserInfo]:
        known = self._store.about(sign_in.access.url)
        usual = known.user if known is not None and "@" in known.user else ""
        for tries_left in reversed(range(TRIES)):
            offered = f"E-mail [{usual}]: " if usual else "E-mail: "
            email = email or (await self._lines.line(offered) or "").strip() or usual
            if not email:
                raise UsageFailed(_NOTHING)
            password = await self._hidden("Password (it is not shown): ")
            try:
                credential = await sign_in.with_password(email, password)
                return credential, await sign_in.who(credential)
            except SignInRefused as error:
                if not tries_left or not self._lines.is_terminal:
                    raise
                say(str(error))
                email, usual = "", email
        raise AssertionError("the last try gives something or raises")

    async def _by_token(self, sign_in: SignIn) -> tuple[str, UserInfo]:
        for tries_left in reversed(range(TRIES)):
            credential = (await self._hidden("Token or API key (it is not shown): ")).strip()
            try:
                return credential, await self._owner(sign_in, credential)
            except NotAuthorised as error:
                if not tries_left or not self._lines.is_terminal:
                    raise
                say(error.what)
        raise AssertionError("the last try gives something or raises")

    async def _owner(self, sign_in: SignIn, credential: str) -> UserInfo:
        remember_secret(credential)
        check_credential(credential)
        return await sign_in.who(credential)

    async def _hidden(self, question: str) -> str:
        secret = await self._lines.hidden_line(question)
        if not secret:
            raise UsageFailed(_NOTHING)
        remember_secret(secret)
        return secret

    async def _asked(self, question: str) -> str:
        if not self._lines.is_terminal:
            raise UsageFailed("no gateway's address was found: give it with --url.")
        return (await self._lines.line(question) or "").strip()

    def _tell_what_counts_before(self, credential: str, access: GatewayAccess) -> None:
        settings = settings_from({**self._flags, "url": access.url})
        if settings.token != credential:
            complain(f"{settings.sources['token'].source} counts before it.")


def _within_home(place: str) -> str:
    from hoopscope.config.locations import expanded

    home = str(expanded("~"))
    return "~" + place.removeprefix(home) if home != "/" and place.startswith(home + "/") else place
