"""The places that settings come from, each read into a layer of values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from hoopscope.config.errors import SettingsError
from hoopscope.config.keys import BY_NAME, KEYS
from hoopscope.config.locations import expanded
from hoopscope.config.sourced import Sourced
from hoopscope.config.toml_file import TomlFile, read_toml

OTHER_VARIABLES = frozenset({"HOOPSCOPE_CONFIG", "HOOPSCOPE_DEBUG"})
KEYS_TABLE = "keys"
TABLES = (KEYS_TABLE, "views", "profiles")
"""The tables of the settings file; what is in them belongs to whoever uses it."""


class Layer(NamedTuple):
    """What one place gives.

    name: the place, for people; called: what the address and the credential are called there.
    is_file: a file; the values of a file that names no address belong to the next address below.
    is_profile: a profile of the settings file, which always names an address.
    found_for: the address that its values were found by, where they were.
    file: the settings file as it was read, for messages about it.
    """

    name: str
    called: str
    values: Mapping[str, Sourced[Any]] = MappingProxyType({})
    is_file: bool = False
    exists: bool = True
    broken: bool = False
    warnings: tuple[str, ...] = ()
    tables: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    is_profile: bool = False
    found_for: Sourced[str] | None = None
    file: TomlFile | None = None

    @property
    def place(self) -> str:
        """The place in a list of places: a path from the home folder, or the names to set."""
        home = str(expanded("~"))
        if self.is_file and home != "/" and self.name.startswith(home + "/"):
            return "~" + self.name.removeprefix(home)
        return self.name if self.is_file else self.called


def from_flags(flags: Mapping[str, object]) -> Layer:
    """The command line; flags that are None were not given.

    Raises:
        SettingsError: a value that its setting cannot have.
    """
    values = {}
    for name, value in flags.items():
        if value is not None:
            flag = "--" + name.replace("_", "-")
            if name == "utc" and value is False:
                flag = "--local"
            values[name] = _read(name, value, flag, flag)
    return Layer("command line", "--url, --token-file", values)


def from_own_variables(environ: Mapping[str, str]) -> Layer:
    """`HOOPSCOPE_*` in the environment; empty ones count as not set. Raises SettingsError."""
    known = {key.variable: key.name for key in KEYS}
    warnings = tuple(
        f"{variable} is no setting of hoopscope's; `hoopscope config` shows those that there are."
        for variable in sorted(environ)
        if variable.startswith("HOOPSCOPE_") and variable not in known.keys() | OTHER_VARIABLES
    )
    called = "HOOPSCOPE_URL, HOOPSCOPE_TOKEN, HOOPSCOPE_TOKEN_FILE"
    return Layer("environment", called, _variables(environ, known), warnings=warnings)


def from_hoop_variables(environ: Mapping[str, str]) -> Layer:
    """The hoop CLI's variables in the environment. Raises SettingsError."""
    known = {key.hoop_variable: key.name for key in KEYS if key.hoop_variable}
    return Layer("environment", "HOOP_APIURL, HOOP_TOKEN", _variables(environ, known))


def from_own_file(path: Path, *, required: bool = False) -> Layer:
    """The settings file. With `required` it has to exist.

    Raises:
        SettingsError: it is broken, has a key that is no setting, or a value that cannot be.
    """
    file = read_toml(path)
    if file is None:
        if required:
            raise SettingsError(f"{path}: there is no such file.")
        return Layer(str(path), "url, token, token_file", is_file=True, exists=False)
    values = {}
    for name, value in file.content.items():
        if name in TABLES:
            continue
        if name not in BY_NAME:
            raise file.wrong(name, f"is no setting; there are {', '.join([*BY_NAME, *TABLES])}")
        values[name] = value_from(file, name, name, value)
    if "token" in values and "token_file" in values:
        raise file.wrong("token_file", "stands beside token; give one of the two")
    return Layer(
        str(path),
        "url, token, token_file",
        values,
        is_file=True,
        warnings=_complaints(file, values),
        tables={name: _table(file, name) for name in TABLES if name in file.content},
        file=file,
    )


def from_hoop_file(path: Path) -> Layer:
    """The hoop CLI's file; what hoopscope does not know in it is left alone.

    Raises:
        SettingsError: it is no TOML, or holds a value that cannot be.
    """
    file = read_toml(path)
    called = "api_url, token"
    if file is None:
        return Layer(str(path), called, is_file=True, exists=False)
    values = {}
    for key in KEYS:
        if key.hoop_key and (value := file.content.get(key.hoop_key)) not in (None, ""):
            values[key.name] = _read_in(file, key.hoop_key, key.name, value)
    return Layer(str(path), called, values, is_file=True, warnings=_complaints(file, values))


def looked_for(layers: Sequence[Layer]) -> list[str]:
    """Where an address and a credential were looked for, and what was found: a line each."""
    lines = []
    for layer in layers:
        url = "url" in layer.values
        credential = bool({"token", "token_file"} & layer.values.keys())
        if not layer.exists:
            found = "no such file"
        elif layer.broken:
            found = "cannot be read"
        elif not url and not credential:
            found = (
                f"no {' and no '.join(layer.called.split(', ')[:2])}"
                if layer.is_file
                else "not set"
            )
        else:
            found = " and ".join(["an address"] * url + ["a credential"] * credential)
        lines.append(f"{layer.place}: {found}")
    return lines


def _variables(environ: Mapping[str, str], known: Mapping[str, str]) -> dict[str, Sourced[Any]]:
    return {
        name: _read(name, environ[variable], variable, variable)
        for variable, name in known.items()
        if environ.get(variable)
    }


def _read(name: str, value: object, source: str, called: str) -> Sourced[Any]:
    key = BY_NAME[name]
    try:
        return Sourced(key.read(value), source, secret=key.secret)
    except ValueError as error:
        raise SettingsError(f"{called} {error}.") from None


def value_from(
    file: TomlFile, called: str, name: str, value: object, within: tuple[str, ...] = ()
) -> Sourced[Any]:
    """A setting's value in a file of our own; relative paths count from the file's folder.

    Args:
        within: the tables around it.

    Raises:
        SettingsError: it cannot have that value.
    """
    return _beside(file.path, name, _read_in(file, called, name, value, within))


def _read_in(
    file: TomlFile, called: str, name: str, value: object, within: tuple[str, ...] = ()
) -> Sourced[Any]:
    key = BY_NAME[name]
    try:
        read = key.read(value)
    except ValueError as error:
        raise file.wrong(called, str(error), within) from None
    return Sourced(read, file.place(called, within), secret=key.secret)


def _beside(file: Path, name: str, found: Sourced[Any]) -> Sourced[Any]:
    """A relative path in the own file counts from the file's folder."""
    value = found.value
    if name not in ("token_file", "tls_ca") or value in ("", "-") or "\n" in value:
        return found
    path = file.parent / expanded(value)
    # The authority can also be base64, which is no name of a file.
    if name == "tls_ca" and (len(value) > 400 or not path.exists()):
        return found
    return found._replace(value=str(path))


def _complaints(file: TomlFile, values: Mapping[str, Sourced[Any]]) -> tuple[str, ...]:
    tables = file.content.get("profiles")
    profiles = tables.values() if isinstance(tables, dict) else ()
    in_profile = any(isinstance(table, dict) and "token" in table for table in profiles)
    if file.open_to_others and ("token" in values or in_profile):
        return (readable_by_others(file.path),)
    return ()


def readable_by_others(path: Path) -> str:
    """The complaint about a file with a secret that others can read."""
    return f"{path} holds a credential and others can read it: chmod 600 {path}"


def _table(file: TomlFile, name: str) -> Mapping[str, Any]:
    if name == KEYS_TABLE:
        # Late, because most people have no keys of their own.
        from hoopscope.config.keys_table import read_keys

        return read_keys(file, name)
    table = file.content[name]
    if not isinstance(table, dict):
        raise file.wrong(name, "has to be a table")
    for key, value in table.items():
        if name == "profiles" and not isinstance(value, dict):
            raise file.wrong(name, f"{key!r} has to be a table")
    return table
