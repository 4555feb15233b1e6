"""Keyrings for tests, put in the place of the system's through the library's own interface."""

from __future__ import annotations

import threading
from typing import Any, ClassVar

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError, PasswordSetError


class MemoryKeyring(KeyringBackend):
    """Keeps what it is given for as long as the test lasts."""

    priority: ClassVar[Any] = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    @property
    def name(self) -> str:
        return "Memory Keyring"

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("there is none")


class PlainTextKeyring(MemoryKeyring):
    """As the library ranks those that protect nothing."""

    priority: ClassVar[Any] = 0.5


class RefusingKeyring(MemoryKeyring):
    """Fails, and says more than it should."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise PasswordSetError(f"cannot keep {password}")


class LockedKeyring(MemoryKeyring):
    """Waits for its owner, who is not there."""

    def __init__(self) -> None:
        super().__init__()
        self.unlocked = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.unlocked.wait(20)
        return super().get_password(service, username)


def use_keyring(monkeypatch: pytest.MonkeyPatch, backend: KeyringBackend) -> None:
    """Make it the system's until the test ends."""
    before = keyring.get_keyring()
    # So that monkeypatch puts it back, whatever the library calls the place.
    monkeypatch.setattr("keyring.core._keyring_backend", before)
    keyring.set_keyring(backend)
