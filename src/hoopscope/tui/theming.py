"""Themes: `*.toml` files, those that come with hoopscope and the user's own."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

from textual.color import Color, ColorParseError
from textual.theme import Theme

T = TypeVar("T")

COLORS = [
    "primary",
    "secondary",
    "accent",
    "warning",
    "error",
    "success",
    "foreground",
    "background",
    "surface",
    "panel",
    "boost",
]
KEYS = {"name", "title", "dark", "ansi", "colors", "variables"}
TEXT_STYLES = {"none", "bold", "dim", "italic", "reverse", "strike", "underline"}


class ThemeError(ValueError):
    """A theme file that cannot be used; the text names the file and what is wrong in it."""


class LoadedThemes(NamedTuple):
    """What came out of the theme folders: themes by name, and a sentence for each that failed."""

    themes: dict[str, Theme]
    failed: list[str]


def load_theme(path: Path) -> Theme:
    """Read one theme file.

    Raises:
        ThemeError: the file cannot be read, is no TOML, or holds what is no theme.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ThemeError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ThemeError(f"{path}: {error}") from error
    try:
        return _theme_from(content, path.stem)
    except ThemeError as error:
        raise ThemeError(f"{path}: {error}") from error


def load_themes(folders: Iterable[Path]) -> LoadedThemes:
    """Read every `*.toml` in the folders; in a later folder a theme of the same name wins."""
    loaded = LoadedThemes({}, [])
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            try:
                theme = load_theme(path)
            except ThemeError as error:
                loaded.failed.append(str(error))
            else:
                loaded.themes[theme.name] = theme
    return loaded


def find_theme(name: str, folders: Iterable[Path]) -> Theme:
    """The one theme to start with, reading no other file where its file has its name.

    Raises:
        ThemeError: there is none of that name, or it is broken.
    """
    folders = list(folders)
    for folder in reversed(folders):
        path = folder / f"{name}.toml"
        if "/" not in name and path.is_file():
            theme = load_theme(path)
            if theme.name == name:
                return theme
    themes = load_themes(folders).themes
    if name not in themes:
        raise ThemeError(f"there is no theme {name!r}; there are: {', '.join(sorted(themes))}")
    return themes[name]


def _theme_from(content: Mapping[str, object], default_name: str) -> Theme:
    unknown = sorted(content.keys() - KEYS)
    if unknown:
        raise ThemeError(f"unknown key {unknown[0]!r}; known are {', '.join(sorted(KEYS))}")
    name = _value(content, "name", str, default_name)
    colors = _table(content, "colors")
    for key, value in colors.items():
        if key not in COLORS:
            raise ThemeError(f"unknown colour {key!r} in [colors]; known are {', '.join(COLORS)}")
        _check_color(f"colors.{key}", value)
    if "primary" not in colors:
        raise ThemeError("[colors] needs at least primary")
    variables = _table(content, "variables")
    for key, value in variables.items():
        if not key.endswith("-style"):
            _check_color(f"variables.{key}", value)
        elif not set(value.split()) <= TEXT_STYLES:
            raise ThemeError(f"variables.{key} = {value!r} is no text style")
    return Theme(
        name=name,
        dark=_value(content, "dark", bool, True),
        ansi=_value(content, "ansi", bool, False),
        variables=variables,
        **colors,  # type: ignore[arg-type]
    )


def _value(content: Mapping[str, object], key: str, kind: type[T], default: T) -> T:
    value = content.get(key, default)
    if not isinstance(value, kind):
        raise ThemeError(f"{key} has to be a {kind.__name__}")
    return value


def _table(content: Mapping[str, object], key: str) -> dict[str, str]:
    table = content.get(key, {})
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise ThemeError(f"[{key}] has to be a table of strings")
    return table


def _check_color(key: str, value: str) -> None:
    try:
        Color.parse(value)
    except ColorParseError as error:
        raise ThemeError(f"{key} = {value!r} is no colour") from error
