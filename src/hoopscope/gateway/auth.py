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
    """The credential in use, in memory only. Its repr tells nothing."""

    def __init__(self, credential: str, on_renewed: Callable[[str], None] | None = None) -> None:
        self._credential = credential
        self._on_renewed = on_renewed

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
        self._credential = renewed
        if self._on_renewed is not None:
            self._on_renewed(renewed)


def is_server_key(credential: str) -> bool:
    """Whether a credential is one of the server's own, which have a header of their own."""
    return _SERVER_KEY.match(credential) is not None
