"""CredentialKeeper: keeps the credential in use for the next time, as far as that is wanted."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from hoopscope.config.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from hoopscope.config.settings import Settings


class CredentialKeeper:
    """Knows whether the credential of one gateway is from the store; may be used in any thread.

    Args:
        is_kept: whether it is. may_keep: whether anything may be kept at all.
        way: one of `keys.CREDENTIAL_STORES`; path: of the store's file, None is the usual one.
    """

    def __init__(
        self,
        url: str,
        credential: str = "",
        *,
        is_kept: bool = False,
        may_keep: bool = True,
        way: str = "auto",
        path: Path | None = None,
    ) -> None:
        self.is_kept = is_kept and may_keep
        self.may_keep = may_keep
        self._url = url
        self._credential = credential
        self._way = way
        self._path = path
        self._changing = threading.Lock()

    @classmethod
    def of(cls, settings: Settings) -> CredentialKeeper:
        """The keeper of what the settings have."""
        return cls(
            settings.url,
            settings.token,
            is_kept=settings.token_is_kept,
            may_keep=not settings.restricted,
            way=settings.credential_store,
        )

    def renewed(self, credential: str) -> None:
        """The gateway gave another credential for the one in use. Returns at once."""
        with self._changing:
            before, self._credential = self._credential, credential
        if self.is_kept:
            threading.Thread(
                target=self._renew, args=(credential, before), name="credential-keeper"
            ).start()

    def use(self, credential: str) -> None:
        """Another credential is in use from now on, and is not kept."""
        with self._changing:
            self._credential = credential
        self.is_kept = False

    def keep(self, credential: str, user: str) -> str:
        """Keep it, and use it from now on; gives the place. Waits for a keyring.

        Raises:
            SettingsError: it cannot be kept.
        """
        self.use(credential)
        from hoopscope.config.credentials_store import CredentialsStore

        place = CredentialsStore(self._path, self._way).keep(self._url, credential, user).place
        self.is_kept = True
        return place

    def user(self) -> str:
        """Who the kept credential was of; "" where nothing says so. Reads a file."""
        if not self.is_kept:
            return ""
        from hoopscope.config.credentials_store import CredentialsStore

        with suppress(SettingsError):
            about = CredentialsStore(self._path, self._way).about(self._url)
            return "" if about is None else about.user
        return ""

    def _renew(self, credential: str, before: str) -> None:
        from hoopscope.config.credentials_store import CredentialsStore

        # Where it cannot be kept the gateway gives another the next time.
        with suppress(SettingsError):
            CredentialsStore(self._path, self._way).renew(self._url, credential, before)
