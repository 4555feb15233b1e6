"""Where credentials are kept for the next time: in the system's keyring, else in a file.

One small file says for each gateway where its credential is, and holds it where there is no
keyring: a start with nothing stored costs the look at a file that is not there.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from hoopscope.config import locations
from hoopscope.config.belonging import normal_form
from hoopscope.config.errors import SettingsError
from hoopscope.config.owner_only_file import OwnerOnlyFile
from hoopscope.config.sourced import Sourced

_GATEWAYS, _LAST = "gateways", "last"


class Stored(NamedTuple):
    """What is kept for a gateway, without the credential itself.

    address: the gateway's. user: who it was when it was kept, "" where nobody said.
    place: the keyring's name or the file, for people.
    """

    address: str
    user: str
    place: str


class CredentialsStore:
    """Credentials by gateway. What it raises is SettingsError, with no secret in it.

    Args:
        path: the file; None is the usual place.
        way: one of `keys.CREDENTIAL_STORES`; `auto` takes the keyring where there is one, else the
            file.
    """

    def __init__(self, path: Path | None = None, way: str = "auto") -> None:
        self._file = OwnerOnlyFile(path or locations.credentials_file())
        self._way = way

    @property
    def path(self) -> Path:
        """The file; it need not exist."""
        return self._file.path

    def find(self, url: str) -> Sourced[str] | None:
        """The credential of a gateway and where it is from; None where none is kept."""
        entry = self._read()[_GATEWAYS].get(normal_form(url))
        if entry is None:
            return None
        if not (keyring := entry.get("keyring")):
            return Sourced(entry.get("credential", ""), str(self.path), secret=True)
        from hoopscope.config import system_keyring

        try:
            credential = system_keyring.read(keyring, normal_form(url))
        except system_keyring.KeyringFailed as problem:
            raise SettingsError(f"{_place(entry, self.path)}: not used, {problem}.") from None
        if credential is None:
            return None
        return Sourced(credential, _place(entry, self.path), secret=True)

    def last_address(self) -> str:
        """The gateway whose credential was kept last; "" where none is kept."""
        return str(self._read().get(_LAST, ""))

    def listed(self) -> list[Stored]:
        """What is kept, by address."""
        entries = sorted(self._read()[_GATEWAYS].items())
        return [_stored(address, entry, self.path) for address, entry in entries]

    def about(self, url: str) -> Stored | None:
        """What is kept for a gateway; opens no keyring."""
        address = normal_form(url)
        entry = self._read()[_GATEWAYS].get(address)
        return None if entry is None else _stored(address, entry, self.path)

    def keep(self, url: str, credential: str, user: str = "") -> Stored:
        """Keep a credential in the place of what was kept for that gateway.

        Raises:
            SettingsError: neither the keyring nor the file can be used; nothing was changed.
        """
        address = normal_form(url)
        entry = {"user": user, **self._put(address, credential)}
        with self._file.locked():
            content = self._read()
            before = content[_GATEWAYS].get(address, {})
            content[_GATEWAYS][address] = entry
            content[_LAST] = address
            self._write(content)
        if (left := before.get("keyring")) and left != entry.get("keyring"):
            self._erase(left, address)
        return _stored(address, entry, self.path)

    def renew(self, url: str, credential: str, instead_of: str) -> None:
        """Keep a credential that the gateway gave for another, if that one is kept still."""
        found = self.find(url)
        about = self.about(url)
        if found is not None and about is not None and found.value == instead_of:
            self.keep(url, credential, about.user)

    def forget(self, url: str) -> Stored | None:
        """Keep nothing for a gateway any more; gives what was kept, None where nothing was.

        Raises:
            SettingsError: it is in a keyring that does not let go of it, or the file cannot be
                changed; it is kept still.
        """
        address = normal_form(url)
        entry = self._read()[_GATEWAYS].get(address)
        if entry is None:
            return None
        if keyring := entry.get("keyring"):
            self._erase(keyring, address)
        with self._file.locked():
            content = self._read()
            content[_GATEWAYS].pop(address, None)
            if content.get(_LAST) == address:
                content[_LAST] = next(iter(content[_GATEWAYS]), "")
            if content[_GATEWAYS]:
                self._write(content)
            else:
                self._file.remove()
        return _stored(address, entry, self.path)

    def _put(self, address: str, credential: str) -> dict[str, str]:
        """Put it where it is to be; what the file says of it."""
        if self._way == "file":
            return {"credential": credential}
        from hoopscope.config import system_keyring

        keyring = system_keyring.usable_keyring()
        problem = "there is none that answers"
        if keyring is not None:
            try:
                system_keyring.write(keyring.path, address, credential)
            except system_keyring.KeyringFailed as failed:
                problem = str(failed)
            else:
                return {"keyring": keyring.path, "name": keyring.name}
        if self._way == "keyring":
            raise SettingsError(f"The system's keyring cannot be used: {problem}.")
        return {"credential": credential}

    def _erase(self, keyring: str, address: str) -> None:
        from hoopscope.config import system_keyring

        try:
            system_keyring.erase(keyring, address)
        except system_keyring.KeyringFailed as problem:
            raise SettingsError(
                f"The keyring still holds the credential of {address}: {problem}."
            ) from None

    def _read(self) -> dict[str, Any]:
        content = self._file.read()
        try:
            found: Any = json.loads(content) if content else {}
        except (ValueError, RecursionError):
            found = None
        gateways = found.get(_GATEWAYS, {}) if isinstance(found, dict) else None
        is_ours = isinstance(gateways, dict) and all(map(_is_entry, gateways.values()))
        if not is_ours:
            raise SettingsError(f"{self.path}: is not what hoopscope wrote; remove it to go on.")
        return {**found, _GATEWAYS: gateways}

    def _write(self, content: dict[str, Any]) -> None:
        self._file.write(json.dumps(content, indent=1).encode() + b"\n")


def stored_credential(url: str) -> Sourced[str] | None:
    """The credential that is kept for a gateway. Raises SettingsError."""
    return CredentialsStore().find(url)


def _is_entry(entry: object) -> bool:
    return isinstance(entry, dict) and all(isinstance(value, str) for value in entry.values())


def _stored(address: str, entry: dict[str, str], path: Path) -> Stored:
    return Stored(address, entry.get("user", ""), _place(entry, path))


def _place(entry: dict[str, str], path: Path) -> str:
    return f"keyring ({entry.get('name', '')})" if entry.get("keyring") else str(path)
