"""Keys as people write them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TypeAlias

from textual.dom import DOMNode

KEY_NAMES = {
    "enter": "⏎",
    "escape": "esc",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "question_mark": "?",
    "slash": "/",
    "colon": ":",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "dollar_sign": "$",
    "number_sign": "#",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "plus": "+",
    "minus": "-",
    "full_stop": ".",
    "comma": ",",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "equals_sign": "=",
}


def key_text(key: str, *, ascii_only: bool = False) -> str:
    """A key as people write it: `ctrl+p`, `?`, `⏎`."""
    *modifiers, name = key.split("+") if len(key) > 1 else [key]
    text = KEY_NAMES.get(name, name)
    if ascii_only and not text.isascii():
        text = name
    return "+".join([*modifiers, text])


Hint: TypeAlias = Callable[[str, str], str]
"""A binding id and what its key does → `r refreshes`; "" where the binding has no key."""


def key_of(node: DOMNode, binding_id: str, *, ascii_only: bool = False) -> str:
    """The first key of a binding of a node or of what it is within; "" where it has none."""
    for each in node.ancestors_with_self:
        for key, bindings in each._bindings.key_to_bindings.items():
            if any(binding.id == binding_id for binding in bindings):
                return key_text(key, ascii_only=ascii_only)
    return ""


def asked_keys(prompt: DOMNode, *, ascii_only: bool = False) -> list[tuple[str, str]]:
    """(key, what it is called) of the line at the bottom, while something is asked there."""
    enter = key_text("enter", ascii_only=ascii_only)
    cancel = key_of(prompt, "prompt.cancel", ascii_only=ascii_only)
    return [(enter, "answer"), *([(cancel, "cancel")] if cancel else [])]


def hints_of(node: DOMNode, *, ascii_only: bool = False) -> Hint:
    """Hints at keys, as they are for a node when the hint is given."""

    def hint(binding_id: str, what: str) -> str:
        key = key_of(node, binding_id, ascii_only=ascii_only)
        return f"{key} {what}" if key else ""

    return hint


def hinted(text: str, hint: str, between: str = " · ") -> str:
    """A sentence and a hint behind it, if there is one."""
    return f"{text}{between}{hint}" if hint else text


def effective_keys(node: DOMNode, named: Mapping[str, str]) -> list[tuple[str, str]]:
    """(key, what it is called) for binding ids of a node, as the keymap left them."""
    keys: dict[str, str] = {}
    for key, bindings in node._bindings.key_to_bindings.items():
        for binding in bindings:
            if binding.id is not None and binding.id in named:
                keys.setdefault(binding.id, key)
    return [(keys[name], what) for name, what in named.items() if name in keys]


def shown_keys(node: DOMNode, without: Collection[str] = ()) -> list[tuple[str, str, str]]:
    """(binding id, key, what it does) of a node's bindings that are to be shown, in order.

    `without` are keys that do something else, for a node further in.
    """
    # Later than the first paint.
    from hoopscope.tui.forbidden import forbidden_keys

    found: dict[str, tuple[str, str, str]] = {}
    without = {*without, *forbidden_keys(node)}
    for key, bindings in node._bindings.key_to_bindings.items():
        for binding in bindings:
            if binding.show and binding.description and key not in without:
                name = binding.id or binding.action
                found.setdefault(name, (binding.id or "", key, binding.description))
    return list(found.values())


def taken_keys(node: DOMNode) -> set[str]:
    """The keys that a node keeps from those it is within, as things are."""
    return {
        key
        for key, bindings in node._bindings.key_to_bindings.items()
        for binding in bindings
        if node.check_action(binding.action.partition("(")[0], ())
    }
