"""TOML files, with the line of each key for messages about it."""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import NamedTuple

from hoopscope.config.errors import SettingsError

MAX_BYTES = 1 << 20
_POSITION = r" \(at line (\d+), column \d+\)$"
# So narrow that a secret that strayed onto a line of its own is not taken for a key.
_KEY = r"\s*\[*\s*[\"']?([a-z_]{1,24})[\"']?\s*[]=.]"
_PART = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*'""")
_LINE_OF_KEY = re.compile(
    rf"""\s*(?P<table>\[{{1,2}})?\s*(?P<keys>(?:{_PART.pattern})(?:\s*\.\s*(?:{_PART.pattern}))*)"""
    r"""\s*(?(table)\]|=)"""
)


class TomlFile(NamedTuple):
    """The content of a TOML file that could be read."""

    path: Path
    content: dict[str, object]
    lines: tuple[str, ...]
    open_to_others: bool

    def place(self, key: str, within: tuple[str, ...] = ()) -> str:
        """`file, line n` of a key or a table, `within` the tables around it, outermost first.

        Where it does not stand on a line of its own it is the line of what it stands in, and
        without the line where that is not found either.
        """
        wanted = (*within, key)
        table: tuple[str, ...] = ()
        best = (0, 0)
        for number, line in enumerate(self.lines, 1):
            found = _LINE_OF_KEY.match(line)
            if not found:
                continue
            keys = tuple(part.strip("\"'") for part in _PART.findall(found["keys"]))
            if found["table"]:
                keys = table = keys
            else:
                keys = (*table, *keys)
            alike = _alike(keys, wanted)
            if alike == len(wanted):
                return f"{self.path}, line {number}"
            if alike == len(keys) and alike > best[0]:
                best = (alike, number)
        return f"{self.path}, line {best[1]}" if best[0] else str(self.path)

    def wrong(self, key: str, reason: str, within: tuple[str, ...] = ()) -> SettingsError:
        """An error that names the file, the line and the key; the value stays out of it."""
        named = ".".join([*within, key])
        return SettingsError(f"{self.place(key, within)}: {named} {reason}.")

    def __repr__(self) -> str:
        return f"TomlFile({str(self.path)!r})"


def read_toml(path: Path) -> TomlFile | None:
    """Read a TOML file; None where there is none.

    Raises:
        SettingsError: it cannot be read or is no TOML; the text has no part of its values.
    """
    try:
        with path.open("rb") as file:
            status = path.stat()
            content = file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SettingsError(f"{path}: cannot be read: {reason}.") from None
    if len(content) > MAX_BYTES:
        raise SettingsError(f"{path}: is larger than a settings file can be.")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{path}, line {line}: is not UTF-8.") from None
    lines = tuple(text.splitlines())
    # Late, because most people have one settings file at most.
    import tomllib

    try:
        parsed = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _broken(path, lines, error) from None
    others = bool(status.st_mode & (stat.S_IRGRP | stat.S_IROTH))
    return TomlFile(path, parsed, lines, others)


def read_again(path: Path) -> TomlFile:
    """A file that was read before, for the lines of its keys; one without lines if it is gone."""
    try:
        file = read_toml(path)
    except SettingsError:
        file = None
    return file or TomlFile(path, {}, (), open_to_others=False)


def _broken(path: Path, lines: tuple[str, ...], error: Exception) -> SettingsError:
    # The parser quotes a key or a character at most, except where it says what it cannot overwrite.
    reason = str(error)
    position = re.search(_POSITION, reason)
    number = int(position.group(1)) if position else len(lines)
    reason = re.sub(_POSITION, "", reason).removesuffix(" (at end of document)")
    key = None
    for line in reversed(lines[:number]):
        if key := re.match(_KEY, line):
            break
    of_key = f"{key.group(1)}: " if key else ""
    return SettingsError(f"{path}, line {max(number, 1)}: {of_key}no TOML: {reason}.")


def _alike(keys: tuple[str, ...], wanted: tuple[str, ...]) -> int:
    """How many of the first keys are the wanted ones."""
    count = 0
    for one, other in zip(keys, wanted, strict=False):
        if one != other:
            break
        count += 1
    return count
