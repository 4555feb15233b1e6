"""Where bindings meet: what is within what, and so which of two on the same key goes first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen

from hoopscope.tui.app import HoopscopeApp
from hoopscope.tui.key_catalog import bound_classes

WITHIN = {
    "TableMoving": ("EventsView", "BrowserScreen"),
    "FilterSidebar": ("BrowserScreen",),
    "PickField": ("FilterSidebar",),
    "ChoiceField": ("FilterSidebar",),
    "ActionLine": ("FilterSidebar",),
    "DetailPane": ("BrowserScreen", "SessionScreen"),
    "PromptLine": ("BrowserScreen", "SessionScreen", "ReadingScreen", "PlayingScreen"),
    "TextView": ("SessionScreen", "OutputView", "ReadingScreen"),
    "ResultTable": ("OutputView",),
    "JsonView": ("SessionScreen", "OutputView"),
    "OutputView": ("SessionScreen",),
    "ReplayView": ("SessionScreen", "PlayingScreen"),
    "RecordInspector": ("EventsView",),
    "EventsView": ("SessionScreen",),
}
"""The classes in which a class is mounted; one that is not named here is looked at by itself."""


def places() -> Iterator[Sequence[type[DOMNode]]]:
    """Every chain of classes along which a key is offered, from what has the focus outwards.

    In a modal screen only the keys of the application that go before everything are offered.
    """
    named = {cls.__name__: cls for cls in bound_classes()}
    for cls in named.values():
        if not issubclass(cls, App):
            yield from _outwards([cls], named)


def _outwards(
    chain: list[type[DOMNode]], named: dict[str, type[DOMNode]]
) -> Iterator[Sequence[type[DOMNode]]]:
    around = [named[name] for name in WITHIN.get(chain[-1].__name__, ()) if name in named]
    if not around:
        yield chain if issubclass(chain[-1], Screen) is False else [*chain, HoopscopeApp]
    for cls in around:
        yield from _outwards([*chain, cls], named)
