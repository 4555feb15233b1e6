"""Reading a credential from a file or from standard input."""

from __future__ import annotations

import stat
import sys

from hoopscope.config.errors import SettingsError
from hoopscope.config.locations import expanded
from hoopscope.config.sources import readable_by_others

MAX_BYTES = 64 * 1024
STANDARD_INPUT = "-"


def read_credential_file(name: str, called: str) -> tuple[str, str]:
    """The credential in a file (`-`: standard input), and a complaint or "".

    Args:
        called: the setting that named the file, for messages.

    Raises:
        SettingsError: there is none, or no credential in it; its content stays out of the text.
    """
    if name == STANDARD_INPUT:
        return _checked(_from_standard_input(), "standard input", called), ""
    path = expanded(name)
    try:
        with path.open("rb") as file:
            mode = path.stat().st_mode
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SettingsError(f"{called}: {path} cannot be read: {reason}.") from None
    others = stat.S_ISREG(mode) and bool(mode & (stat.S_IRGRP | stat.S_IROTH))
    return _checked(content, str(path), called), readable_by_others(path) if others else ""


def _from_standard_input() -> bytes:
    if sys.stdin is None:
        return b""
    if sys.stdin.isatty():
        from getpass import getpass

        return getpass("Token (it is not shown): ").encode(errors="surrogateescape")
    return sys.stdin.buffer.read(MAX_BYTES + 1)


def _checked(content: bytes, place: str, called: str) -> str:
    if len(content) > MAX_BYTES:
        raise SettingsError(f"{called}: {place} holds more than a credential.")
    try:
        credential = content.decode("ascii").strip()
    except UnicodeDecodeError:
        raise SettingsError(f"{called}: {place} holds no credential.") from None
    if not credential:
        raise SettingsError(f"{called}: {place} holds no credential, it is empty.")
    return credential
