"""All bindings that there are, found in the classes themselves. Imports every screen and widget."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from textual.binding import Binding
from textual.dom import DOMNode

import hoopscope.tui


def bound_classes() -> list[type[DOMNode]]:
    """Our classes that bind keys, each after those that it inherits from."""
    for module in pkgutil.walk_packages(hoopscope.tui.__path__, f"{hoopscope.tui.__name__}."):
        importlib.import_module(module.name)
    found = [cls for cls in _heirs(DOMNode) if own_bindings(cls)]
    ours = {cls for cls in found if cls.__module__.startswith(f"{hoopscope.__name__}.")}
    return sorted(ours, key=lambda cls: (len(cls.__mro__), cls.__module__, cls.__qualname__))


def own_bindings(cls: type[DOMNode]) -> list[Binding]:
    """What a class binds itself; a binding may have several keys with commas between."""
    given = cls.__dict__.get("BINDINGS", ())
    return [each if isinstance(each, Binding) else Binding(*each) for each in given]


def _heirs(cls: type[DOMNode]) -> Iterator[type[DOMNode]]:
    for heir in cls.__subclasses__():
        yield heir
        yield from _heirs(heir)
