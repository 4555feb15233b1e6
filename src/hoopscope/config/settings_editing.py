"""Changing one table of the settings file; comments, order and all else in it stay as they are."""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from hoopscope.config.errors import SettingsError
from hoopscope.config.toml_file import MAX_BYTES

_OWNER_ONLY = 0o600


def put_table(
    path: Path, group: str, name: str, values: Mapping[str, Any], *, known: object = None
) -> None:
    """Make `[group.name]` hold these values; the file is made where there is none.

    Args:
        known: what stood there when the file was read last, None where nothing did. Where
            something else does by now, somebody changed it meanwhile, and it stays as it is.

    Raises:
        SettingsError: it cannot be changed; nothing was.
    """
    _change(path, group, name, values, known)


def remove_table(path: Path, group: str, name: str, *, known: object) -> None:
    """Take `[group.name]` out; the arguments and errors are those of `put_table`."""
    _change(path, group, name, None, known)


def _change(
    path: Path, group: str, name: str, values: Mapping[str, Any] | None, known: object
) -> None:
    # A link stays one: what it leads to is changed.
    path = path.resolve()
    before = _read(path)
    content = _parsed(path, before)
    tables = content.get(group, {})
    if not isinstance(tables, dict):
        raise SettingsError(f"{path}: {group} is no table.")
    if tables.get(name) != known:
        raise SettingsError(
            f"{path}: {group}.{name} was changed by somebody else meanwhile, and was left as it is."
        )
    after = _edited(before.decode(), group, name, values).encode()
    others = {each: table for each, table in tables.items() if each != name}
    wanted = {**content, group: others if values is None else {**others, name: dict(values)}}
    if _without_empty(_parsed(path, after), group) != _without_empty(wanted, group):
        raise SettingsError(
            f"{path}: {group}.{name} cannot be changed without changing more; do it by hand."
        )
    _put(path, before, after)


def _without_empty(content: Mapping[str, Any], group: str) -> dict[str, Any]:
    return {key: value for key, value in content.items() if key != group or value}


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}.") from None
    if len(content) > MAX_BYTES:
        raise SettingsError(f"{path}: is larger than a settings file can be.")
    return content


def _parsed(path: Path, content: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
        # The parser's own words could quote a secret.
        raise SettingsError(f"{path}: is no TOML, and was left as it is.") from None


def _edited(text: str, group: str, name: str, values: Mapping[str, Any] | None) -> str:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        tables: Any = document.get(group)
        if values is None:
            del tables[name]
            if not tables:
                del document[group]
        elif tables is None:
            # Appended as text: the least that can happen to what is there.
            return _appended(text, group, name, values)
        elif name in tables:
            table = tables[name]
            for key in [key for key in table if key not in values]:
                del table[key]
            for key, value in values.items():
                if table.get(key) != value:
                    table[key] = _item(value)
        elif _is_written_in_place(tables):
            tables[name] = _item(values)
        else:
            return _appended(text, group, name, values)
        return tomlkit.dumps(document)
    except (TOMLKitError, RecursionError, KeyError, TypeError, ValueError) as error:
        raise SettingsError(
            f"The settings file cannot be changed: {type(error).__name__}."
        ) from None


def _appended(text: str, group: str, name: str, values: Mapping[str, Any]) -> str:
    import tomlkit

    table = tomlkit.table()
    for key, value in values.items():
        table[key] = _item(value)
    group_table = tomlkit.table(is_super_table=True)
    group_table[name] = table
    added = tomlkit.document()
    added[group] = group_table
    gap = "" if not text.strip() or text.endswith("\n\n") else "\n" * (2 - text.endswith("\n"))
    return text + gap + tomlkit.dumps(added)


def _is_written_in_place(tables: Any) -> bool:
    """Whether it is `group = { … }`, to which no `[group.name]` can be added."""
    from tomlkit.items import InlineTable

    return isinstance(tables, InlineTable)


def _item(value: object) -> Any:
    import tomlkit

    if not isinstance(value, Mapping):
        return tomlkit.item(value)
    inline = tomlkit.inline_table()
    for key, inner in value.items():
        inline[key] = _item(inner)
    return inline


def _put(path: Path, before: bytes, after: bytes) -> None:
    """Put the new content in the place of the old one, whole or not at all, with its mode."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            fresh.unlink()
        with os.fdopen(os.open(fresh, flags, _OWNER_ONLY), "wb") as file:
            if (there := _status(path)) is not None:
                _check(path, there)
                os.fchmod(file.fileno(), stat.S_IMODE(there.st_mode))
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        if _read(path) != before:
            raise SettingsError(f"{path}: was changed by somebody else meanwhile; try again.")
        fresh.replace(path)
    except OSError as error:
        raise SettingsError(f"{path}: cannot be written: {error.strerror}.") from None
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _check(path: Path, status: os.stat_result) -> None:
    if status.st_uid != os.geteuid():
        raise SettingsError(f"{path}: belongs to somebody else, and was left as it is.")
    if not status.st_mode & stat.S_IWUSR:
        raise SettingsError(f"{path}: is not to be written, and was left as it is.")


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None
