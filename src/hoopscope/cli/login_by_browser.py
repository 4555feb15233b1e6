"""Signing in on an identity provider's page: its answer arrives by itself, or is pasted."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from hoopscope.cli.failures import CommandFailed
from hoopscope.cli.messages import remember_secret, say
from hoopscope.gateway.errors import GatewayError, InvalidCredential, NotAuthorised, SignInRefused
from hoopscope.gateway.login_callback import (
    HOST,
    PORT,
    WAIT_SECONDS,
    CallbackServer,
    credential_from,
    state_of,
)
from hoopscope.untrusted import harmless

if TYPE_CHECKING:
    from hoopscope.cli.typed_lines import TypedLines
    from hoopscope.gateway.models.people import UserInfo
    from hoopscope.gateway.signing_in import SignIn, SignInMethod

_PASTE = "Or paste the address that the page ended at, and Enter (it is not shown): "


class BrowserLogin:
    """One sign-in by a page. What it gives was accepted by the gateway.

    Args:
        seconds: how long somebody may take; port: where the browser's answer is waited for.
    """

    def __init__(
        self,
        sign_in: SignIn,
        lines: TypedLines,
        *,
        seconds: float = WAIT_SECONDS,
        port: int = PORT,
    ) -> None:
        self._sign_in = sign_in
        self._lines = lines
        self._seconds = seconds
        self._port = port

    async def credential(self, method: SignInMethod) -> tuple[str, UserInfo]:
        """A credential, and whose it is.

        Raises:
            SignInRefused: the page's answer was an error.
            CommandFailed: nothing came in time, or by no way.
            GatewayError: the gateway cannot be asked.
        """
        url = await self._sign_in.login_url(method)
        say("Open this page in a browser and sign in there:\n")
        if sys.stdout is not None:
            # What looks like a credential in it is none yet, and it has to be whole.
            sys.stdout.write(harmless(url) + "\n\n")
            sys.stdout.flush()
        async with AsyncExitStack() as stack:
            arriving: asyncio.Task[str] | None = None
            server = CallbackServer(state_of(url), self._port)
            try:
                await stack.enter_async_context(server)
            except OSError:
                say(f"Port {self._port} of this machine is taken, so the answer has to be pasted.")
            else:
                arriving = asyncio.create_task(server.credential())
                self._tell_of_ssh()
            pasted = asyncio.create_task(self._lines.hidden_line(_PASTE))
            try:
                async with asyncio.timeout(self._seconds):
                    return await self._first(server, arriving, pasted, state_of(url))
            except TimeoutError:
                minutes = self._seconds / 60
                raise CommandFailed(f"nothing came back within {minutes:.0f} minutes.") from None

    async def _first(
        self,
        server: CallbackServer,
        arriving: asyncio.Task[str] | None,
        pasted: asyncio.Task[str | None] | None,
        state: str,
    ) -> tuple[str, UserInfo]:
        try:
            while waiting := [task for task in (arriving, pasted) if task is not None]:
                await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                if arriving is not None and arriving.done():
                    accepted = await self._accepted(arriving.result())
                    arriving = asyncio.create_task(server.credential())
                else:
                    assert pasted is not None
                    line = pasted.result()
                    accepted = None if line is None else await self._pasted(line, state)
                    again = line is not None and self._lines.is_terminal and accepted is None
                    pasted = asyncio.create_task(self._lines.hidden_line(_PASTE)) if again else None
                if accepted is not None:
                    return accepted
            raise CommandFailed("no answer of the page can come any more.")
        finally:
            for task in (arriving, pasted):
                if task is not None:
                    task.cancel()
            # The terminal is given back by then.
            left = [task for task in (arriving, pasted) if task is not None]
            await asyncio.gather(*left, return_exceptions=True)

    async def _pasted(self, line: str, state: str) -> tuple[str, UserInfo] | None:
        try:
            credential = credential_from(line, state)
        except (InvalidCredential, SignInRefused) as error:
            say(str(error))
            return None
        return await self._accepted(credential)

    async def _accepted(self, credential: str) -> tuple[str, UserInfo] | None:
        remember_secret(credential)
        try:
            return credential, await self._sign_in.who(credential)
        except NotAuthorised as error:
            say(f"{error.what} Still waiting for another one.")
            return None
        except GatewayError as error:
            say(str(error))
            raise

    def _tell_of_ssh(self) -> None:
        say(f"Its answer is waited for at {HOST}:{self._port}.")
        if os.environ.get("SSH_CONNECTION"):
            say(
                f"Over ssh the browser reaches it where the connection began with"
                f" -L {PORT}:{HOST}:{PORT}."
            )
