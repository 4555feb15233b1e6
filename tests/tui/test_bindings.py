"""Every binding has an id of its own: what the settings, the help and the documents call it."""

from __future__ import annotations

import re

import pytest
from textual.binding import Binding

from hoopscope.config.key_spelling import key_named
from hoopscope.tui.key_catalog import bound_classes, own_bindings
from hoopscope.tui.keymap import Keymap
from hoopscope.tui.terminal_keys import TAKEN

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


def keys_of(binding: Binding) -> set[str]:
    """The keys that a binding comes with."""
    return set(Keymap().keys_of(binding))


WITH_A_FIELD = ("filters.", "pick.", "choice.", "actions.", "connect.", "sign_in.")
"""Where letters are typed, or chosen by arrows among fields in which they are."""


@pytest.mark.parametrize(
    ("arrow", "letter"),
    [("down", "j"), ("up", "k"), ("left", "h"), ("right", "l"), ("end", "G")],
)
def test_arrows_and_the_keys_of_vi_do_the_same(arrow: str, letter: str) -> None:
    """Wherever something moves and nothing is typed."""
    moved = [
        binding
        for _, binding in BOUND
        if arrow in keys_of(binding) and not str(binding.id).startswith(WITH_A_FIELD)
    ]
    assert moved
    for binding in moved:
        assert letter in keys_of(binding), binding.id


ALSO_REACHED = {
    # `q` and escape quit wherever nothing is typed.
    "app.quit",
    # It does what it does in every program.
    "app.suspend",
}


def test_nothing_needs_a_key_that_something_else_takes() -> None:
    """tmux, GNU screen, terminals and their windows."""
    for _, binding in BOUND:
        if binding.id not in ALSO_REACHED:
            assert keys_of(binding) - TAKEN.keys(), binding.id


def test_no_key_is_needed_that_not_every_keyboard_sends() -> None:
    """Alt, the Windows key and what needs a newer protocol than terminals have."""
    for _, binding in BOUND:
        for key in keys_of(binding):
            assert not {"alt", "super", "hyper", "meta"} & set(key.split("+")), binding.id
            assert key_named(key) == key, binding.id
