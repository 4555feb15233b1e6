"""`[keys]` of the settings file: other keys for what the browser can do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from hoopscope.config.errors import SettingsError
from hoopscope.config.key_spelling import keys_named
from hoopscope.config.toml_file import TomlFile


def read_keys(file: TomlFile, name: str) -> dict[str, str]:
    """Binding ids → Textual's names of their keys with commas between; "" for none.

    Both `"browser.refresh" = "f5"` and a table within the table are understood. Whether there is
    such an id is not known here.

    Raises:
        SettingsError: a value is no key, or an id stands there twice; with file, line and id.
    """
    table = file.content[name]
    if not isinstance(table, dict):
        raise file.wrong(name, "has to be a table")
    found: dict[str, str] = {}
    for path, value in _flat(table):
        if path in found:
            raise _wrong(file, name, path, "stands there twice")
        if not isinstance(value, str):
            raise _wrong(file, name, path, "has to be a key, or several with commas between")
        try:
            found[path] = ",".join(keys_named(value))
        except ValueError as error:
            raise _wrong(file, name, path, str(error)) from None
    return found


def _flat(table: Mapping[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _wrong(file: TomlFile, table: str, path: str, reason: str) -> SettingsError:
    number = next((at for at, name in _names(file.lines) if name == f"{table}.{path}"), 0)
    place = f"{file.path}, line {number}" if number else file.place(table)
    return SettingsError(f"{place}: {table}.{path} {reason}.")


def _names(lines: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """(line from 1, full name) of what is set in a file; tables in braces are not looked into."""
    within = ""
    for number, line in enumerate(lines, 1):
        if header := re.match(r"\s*\[([^][]+)]", line):
            within = _unquoted(header[1]) + "."
        elif given := re.match(r"\s*([\w.\-\"' ]+?)\s*=", line):
            yield number, within + _unquoted(given[1])


def _unquoted(name: str) -> str:
    return re.sub(r"[\"'\s]", "", name)
