"""Which header a credential goes in, and the renewed one that an answer may bring.

Source: observed gateway behaviour. The word `Bearer` is case-sensitive there, a renewed token
comes in `X-New-Access-Token` (beside a refusal too), and server keys have a header of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from hoopscope.gateway.access import check_credential
from hoopscope.gateway.errors import InvalidCredential

_SERVER_KEY = re.compile(r"xapi-|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\|")
_RENEWED = "x-new-access-token"


class Credentials:
    """The credential in use, in memory only. Its repr tells nothing.

    on_judged: called with True when the gateway does not accept it, however many requests fail,
        and with False when it does so again; set it before the first request.
    """

    def __init__(self, credential: str, on_renewed: Callable[[str], None] | None = None) -> None:
        self._credential = credential
        self._on_renewed = on_renewed
        self._is_refused = False
        self.on_judged: Callable[[bool], None] | None = None

    def headers(self) -> dict[str, str]:
        """The header that carries the credential; none without one."""
        if not self._credential:
            return {}
        if is_server_key(self._credential):
            return {"Api-Key": self._credential}
        return {"Authorization": f"Bearer {self._credential}"}

    def take_over(self, headers: Mapping[str, str]) -> None:
        """Use the token that the gateway renewed from now on, if its answer brought one."""
        renewed = headers.get(_RENEWED, "")
        if not renewed or renewed == self._credential or "Authorization" not in self.headers():
            return
        try:
            check_credential(renewed)
        except InvalidCredential:
            return
        self._credential, self._is_refused = renewed, False
        if self._on_renewed is not None:
            self._on_renewed(renewed)

    def replace(self, credential: str) -> None:
        """Use another one from now on. Raises InvalidCredential."""
        check_credential(credential)
        self._credential, self._is_refused = credential, False

    def judged(self, sent: Mapping[str, str], *, is_refused: bool) -> None:
        """Whether the gateway did not accept what was sent as `headers` had it."""
        # Requests that were on their way with the one before say nothing about this one.
        if is_refused is self._is_refused or not sent or sent != self.headers():
            return
        self._is_refused = is_refused
        if self.on_judged is not None:
            self.on_judged(is_refused)


def is_server_key(credential: str) -> bool:
    """Whether a credential is one of the server's own, which have a header of their own."""
    return _SERVER_KEY.match(credential) is not None
