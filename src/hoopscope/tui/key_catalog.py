"""All bindings that there are, found in the classes themselves. Imports every screen and widget."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import NamedTuple

from textual.binding import Binding
from textual.dom import DOMNode

import hoopscope.tui
from hoopscope.tui.keymap import Keymap

TITLES = {
    "app": "Everywhere",
    "browser": "Browser",
    "table": "Every table of rows",
    "filters": "Filters",
    "pick": "A field with suggestions",
    "choice": "A field with choices",
    "actions": "A line of actions",
    "detail": "Panels of facts",
    "prompt": "A question at the bottom",
    "session": "Inside a session",
    "copy": "Choosing what to copy",
    "pager": "Script, output and other texts",
    "output": "Output",
    "result": "A result as a table",
    "json": "JSON",
    "replay": "Replay",
    "events": "Events",
    "record": "The record below the events",
    "formats": "Choosing a format",
    "themes": "Choosing a theme",
    "views": "Choosing a view",
    "columns": "Choosing columns",
    "profiles": "Choosing a gateway",
    "help": "Help",
    "reading": "A text opened on its own",
    "playing": "`hoopscope play`",
    "connect": "Connecting",
    "sign_in": "Signing in",
    "tick": "A line to tick",
}
"""What the part before the dot of an id is called, in the order of a document."""


class Bound(NamedTuple):
    """A binding: the keys that it comes with, those that it has now, and what it does."""

    id: str
    usual: tuple[str, ...]
    keys: tuple[str, ...]
    does: str


def catalog(keymap: Keymap) -> dict[str, list[Bound]]:
    """All bindings by the title of their part."""
    usual = Keymap()
    found: dict[str, dict[str, Bound]] = {part: {} for part in TITLES}
    for cls in bound_classes():
        for each in own_bindings(cls):
            name = each.id or ""
            bound = Bound(name, usual.keys_of(each), keymap.keys_of(each), each.description)
            found.setdefault(name.partition(".")[0], {}).setdefault(name, bound)
    return {
        TITLES.get(part, part.capitalize()): list(bindings.values())
        for part, bindings in found.items()
        if bindings
    }


def bound_classes() -> list[type[DOMNode]]:
    """Our classes that bind keys, each after those that it inherits from."""
    for module in pkgutil.walk_packages(hoopscope.tui.__path__, f"{hoopscope.tui.__name__}."):
        importlib.import_module(module.name)
    ours = {cls for cls in _heirs(DOMNode) if cls.__module__.startswith(f"{hoopscope.__name__}.")}
    return sorted(
        (cls for cls in ours if own_bindings(cls)),
        key=lambda cls: (len(cls.__mro__), cls.__module__, cls.__qualname__),
    )


def own_bindings(cls: type[DOMNode]) -> list[Binding]:
    """What a class binds itself; a binding may have several keys with commas between."""
    given = cls.__dict__.get("BINDINGS", ())
    return [each if isinstance(each, Binding) else Binding(*each) for each in given]


def _heirs(cls: type[DOMNode]) -> Iterator[type[DOMNode]]:
    for heir in cls.__subclasses__():
        yield heir
        yield from _heirs(heir)
