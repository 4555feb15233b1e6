"""Every key that anything in the interface is bound to, and what a terminal sends for it."""

from __future__ import annotations

import pkgutil
import string
from collections.abc import Iterator
from importlib import import_module

from textual.app import App
from textual.binding import Binding
from textual.command import CommandPalette
from textual.dom import DOMNode
from textual.keys import _character_to_key
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widgets import Input, OptionList

import hoopscope.tui

OF_TEXTUAL: tuple[type[DOMNode], ...] = (
    App, CommandPalette, Input, OptionList, Screen, ScrollView,
)  # fmt: skip
ESCAPE = b"\x1b[27u"
"""The key as newer terminals send it, which is not taken for the beginning of another one."""

_NAMED = {
    "backspace": b"\x7f",
    "delete": b"\x1b[3~",
    "down": b"\x1b[B",
    "end": b"\x1b[F",
    "enter": b"\r",
    "escape": ESCAPE,
    "f1": b"\x1bOP",
    "f2": b"\x1bOQ",
    "f3": b"\x1bOR",
    "f4": b"\x1bOS",
    "f5": b"\x1b[15~",
    "home": b"\x1b[H",
    "insert": b"\x1b[2~",
    "left": b"\x1b[D",
    "pagedown": b"\x1b[6~",
    "pageup": b"\x1b[5~",
    "right": b"\x1b[C",
    "shift+tab": b"\x1b[Z",
    "tab": b"\t",
    "up": b"\x1b[A",
}
_MODIFIERS = {"shift": 1, "alt": 2, "ctrl": 4}
_CHARACTERS = {_character_to_key(character): character for character in string.printable[:95]}


def classes() -> Iterator[type[DOMNode]]:
    """All of hoopscope's that can have keys, and Textual's that it uses."""
    yield from OF_TEXTUAL
    for module in pkgutil.walk_packages(hoopscope.tui.__path__, "hoopscope.tui."):
        for found in vars(import_module(module.name)).values():
            if isinstance(found, type) and issubclass(found, DOMNode):
                yield found


def bindings() -> Iterator[Binding]:
    """Every binding of theirs, one for each key."""
    for each in dict.fromkeys(classes()):
        yield from Binding.make_bindings(vars(each).get("BINDINGS", ()))


def sent_for(key: str) -> bytes | None:
    """What a terminal sends for a key; None for those that few can send."""
    if key in _NAMED:
        return _NAMED[key]
    if key in _CHARACTERS:
        return _CHARACTERS[key].encode()
    *modifiers, name = key.split("+")
    if not modifiers or not set(modifiers) <= _MODIFIERS.keys():
        return None
    if modifiers == ["ctrl"] and name in string.ascii_lowercase:
        return bytes([ord(name) & 31])
    if modifiers == ["ctrl"] and name == "underscore":
        return b"\x1f"
    plain = _NAMED.get(name, b"")
    code = 1 + sum(_MODIFIERS[each] for each in modifiers)
    if plain[:2] == b"\x1b[" and plain[-1:] in b"ABCDHF":
        return b"\x1b[1;%d%s" % (code, plain[-1:])
    if plain[:2] == b"\x1b[" and plain[-1:] == b"~":
        return b"%s;%d~" % (plain[:-1], code)
    if len(name) == 1 or name in _CHARACTERS:
        return b"\x1b[%d;%du" % (ord(_CHARACTERS.get(name, name)), code)
    return None
