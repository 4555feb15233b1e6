"""The operating system's keyring, where there is one that answers.

The library is imported here only, and only when there is something in a keyring or to be put
there: it takes a fifth of a second. A keyring may wait for its owner to unlock it, or for a bus
that nobody is on, so that everything is asked in a thread and within a time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

SERVICE = "hoopscope"
READ_SECONDS = 5.0
WRITE_SECONDS = 30.0
"""Enough to type the keyring's own password, where it asks for it."""

_OF_THE_LIBRARY = "keyring.backends."
_LOWEST_PRIORITY = 1
"""The library's own measure: what is below keeps plain text, asks on the terminal, or nothing."""


class KeyringFailed(Exception):
    """The keyring did not do what it was asked; the text says why, and holds no secret."""


class Keyring(NamedTuple):
    """A keyring that can be used: where the library has it, and what it calls it."""

    path: str
    name: str


def usable_keyring() -> Keyring | None:
    """The system's keyring; None where there is none, or none that answers."""
    try:
        return _within(READ_SECONDS, _found)
    except KeyringFailed:
        return None


def read(path: str, address: str) -> str | None:
    """What the keyring at `path` (see `Keyring`) has for an address. Raises KeyringFailed."""
    return _within(READ_SECONDS, lambda: _at(path).get_password(SERVICE, address))


def write(path: str, address: str, credential: str) -> None:
    """Keep a credential there, and make sure that it is. Raises KeyringFailed."""

    def written() -> bool:
        _at(path).set_password(SERVICE, address, credential)
        return _at(path).get_password(SERVICE, address) == credential

    if not _within(WRITE_SECONDS, written):
        raise KeyringFailed("it did not keep what it was given")


def erase(path: str, address: str) -> None:
    """Keep nothing for an address any more. Raises KeyringFailed."""

    def erased() -> None:
        from keyring.errors import PasswordDeleteError

        try:
            _at(path).delete_password(SERVICE, address)
        except PasswordDeleteError:
            if _at(path).get_password(SERVICE, address) is not None:
                raise

    _within(WRITE_SECONDS, erased)


def _found() -> Keyring | None:
    import keyring

    chosen = _first_usable(keyring.get_keyring())
    if chosen is None:
        return None
    kind = type(chosen)
    return Keyring(f"{kind.__module__}.{kind.__qualname__}", chosen.name)


def _first_usable(backend: KeyringBackend) -> KeyringBackend | None:
    """The backend, or of several that stand in for one another the first that can be used."""
    for each in getattr(backend, "backends", None) or [backend]:
        if each.priority >= _LOWEST_PRIORITY:
            return each  # type: ignore[no-any-return]
    return None


def _at(path: str) -> KeyringBackend:
    """The keyring there; one of the library's own without looking through all that there are."""
    if path.startswith(_OF_THE_LIBRARY):
        module, _, name = path.rpartition(".")
        made: KeyringBackend = getattr(import_module(module), name)()
        return made
    import keyring

    chosen = _first_usable(keyring.get_keyring())
    if chosen is None or f"{type(chosen).__module__}.{type(chosen).__qualname__}" != path:
        raise KeyringFailed("it is not there any more")
    return chosen


def _within(seconds: float, work: Callable[[], T]) -> T:
    """What `work` gives, in a thread that nobody waits for longer. Raises KeyringFailed."""
    results: list[Any] = []
    problems: list[Exception] = []

    def run() -> None:
        try:
            results.append(work())
        except Exception as error:  # noqa: BLE001 (whatever a keyring's library raises)
            problems.append(error)

    thread = threading.Thread(target=run, daemon=True, name="keyring")
    thread.start()
    thread.join(seconds)
    if results:
        given: T = results[0]
        return given
    if problems:
        problem = problems[0]
        if isinstance(problem, KeyringFailed):
            raise problem
        # The words of a library that was given a secret are not for the screen.
        raise KeyringFailed(f"it failed with {type(problem).__name__}") from None
    raise KeyringFailed(f"it did not answer within {seconds:g} s")
