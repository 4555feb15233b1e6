"""Every binding has an id of its own: what the settings, the help and the documents call it."""

from __future__ import annotations

import re

import pytest
from textual.binding import Binding

from hoopscope.tui.key_catalog import bound_classes, own_bindings

BOUND = [(cls, binding) for cls in bound_classes() for binding in own_bindings(cls)]
FORM = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*(_\d)?")
VERBS = frozenset(
    {
        "apply",
        "ask",
        "cancel",
        "change",
        "choose",
        "clear",
        "close",
        "copy",
        "cut",
        "delete",
        "enter",
        "find",
        "focus",
        "fold",
        "go",
        "jump",
        "leave",
        "list",
        "look",
        "move",
        "open",
        "page",
        "pan",
        "paste",
        "play",
        "quit",
        "redraw",
        "refresh",
        "reload",
        "resume",
        "restart",
        "reveal",
        "save",
        "scroll",
        "select",
        "set",
        "show",
        "sign",
        "sort",
        "step",
        "stop",
        "submit",
        "suspend",
        "switch",
        "take",
        "toggle",
        "turn",
    }
)


def test_there_are_bindings() -> None:
    """Otherwise nothing of this is tested."""
    assert len(BOUND) > 100


@pytest.mark.parametrize(
    ("cls", "binding"), BOUND, ids=[f"{cls.__name__}-{each.key}" for cls, each in BOUND]
)
def test_each_has_an_id_that_says_what_it_does(cls: type, binding: Binding) -> None:
    """`part.verb_noun`, the noun left out where the part alone says it."""
    assert binding.id is not None, f"{cls.__name__}: {binding.key} has no id"
    assert FORM.fullmatch(binding.id), binding.id
    verb = binding.id.partition(".")[2].partition("_")[0]
    assert verb in VERBS, f"{binding.id}: {verb} is no verb that is used so far"
    assert binding.description, f"{binding.id} says nowhere what it does"


def test_no_id_is_used_twice_for_different_things() -> None:
    """One that is changed in the settings changes one thing."""
    meant: dict[str, tuple[str, str, str]] = {}
    for _, binding in BOUND:
        what = (binding.key, binding.action, binding.description)
        assert meant.setdefault(str(binding.id), what) == what, binding.id
