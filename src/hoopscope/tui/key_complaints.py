"""What is doubtful about keys of the operator's own: no such binding, a key used twice or taken."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence

from textual.binding import Binding, BindingsMap
from textual.dom import DOMNode
from textual.keys import key_to_character
from textual.screen import ModalScreen
from textual.widgets import Input

from hoopscope.tui.app import HoopscopeApp
from hoopscope.tui.key_catalog import bound_classes, own_bindings
from hoopscope.tui.key_names import key_text
from hoopscope.tui.key_places import places
from hoopscope.tui.keymap import Keymap
from hoopscope.tui.terminal_keys import TAKEN
from hoopscope.untrusted import harmless

Meeting = tuple[str, str, str]
"""A key, the binding that goes first on it, and the one that is never reached."""


def key_complaints(keys: Mapping[str, str]) -> list[str]:
    """A sentence for everything doubtful about `[keys]` of the settings; nothing is refused.

    Args:
        keys: binding ids to Textual's names of keys, with commas between; "" for no key.
    """
    if not keys:
        return []
    keymap = Keymap(keys)
    known = {binding.id: binding for cls in bound_classes() for binding in own_bindings(cls)}
    return [
        *_unknown(keymap, [str(name) for name in known]),
        *_meetings(keymap),
        *_taken([binding for binding in known.values() if binding.id in keymap.ids], keymap),
    ]


def _unknown(keymap: Keymap, known: Sequence[str]) -> Iterator[str]:
    for name in keymap.ids:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1, 0.5)
            hint = f" Is {near[0]} meant?" if near else " `hoopscope keys` lists all."
            yield f"[keys] {harmless(name, 60)}: nothing is called that.{hint}"


def _meetings(keymap: Keymap) -> Iterator[str]:
    changed = set(keymap.ids)
    told: list[Meeting] = []
    for chain in places():
        usual = set(_hidden(chain, Keymap()))
        for meeting in _hidden(chain, keymap):
            if not set(meeting[1:]) & changed or meeting in usual or meeting in told:
                continue
            told.append(meeting)
    # First what does not work any more because of a key that was chosen.
    for key, first, second in sorted(told, key=lambda meeting: meeting[1] not in changed):
        yield f"[keys] {key_text(key)}: {first} hides {second}."
    for name in sorted(_unreachable(keymap)):
        yield f"[keys] {name} is on a key that is typed in its field, and is never reached."


def _hidden(chain: Sequence[type[DOMNode]], keymap: Keymap) -> Iterator[Meeting]:
    """What is never reached in a place. What does the same thing hides nothing."""
    first: dict[str, Binding] = {}
    for binding, keys in _in_order(chain, keymap):
        for key in keys:
            other = first.setdefault(key, binding)
            if other.id != binding.id and _action(other) != _action(binding):
                yield key, _called(other), _called(binding)


def _in_order(
    chain: Sequence[type[DOMNode]], keymap: Keymap
) -> list[tuple[Binding, tuple[str, ...]]]:
    """The bindings of a place in the order in which a key is offered to them, and their keys."""
    nodes = list(chain)
    found = [binding for cls in nodes for binding in _bindings(cls, keymap)]
    if HoopscopeApp not in nodes or any(issubclass(cls, ModalScreen) for cls in nodes):
        own = [each for each in found if each not in _bindings(HoopscopeApp, keymap)]
        found = [*(each for each in _bindings(HoopscopeApp, keymap) if each.priority), *own]
    found.sort(key=lambda binding: not binding.priority)
    return [(binding, keymap.keys_of(binding)) for binding in found]


def _bindings(cls: type[DOMNode], keymap: Keymap) -> list[Binding]:
    """Those that a class binds or inherits, in which the operator's choice goes first."""
    merged: BindingsMap | None = cls._merged_bindings
    found = [] if merged is None else [each for _, each in merged]
    return sorted(found, key=lambda binding: binding.id not in keymap.ids)


def _unreachable(keymap: Keymap) -> set[str]:
    return {
        str(binding.id)
        for cls in bound_classes()
        if issubclass(cls, Input)
        for binding in own_bindings(cls)
        for key in keymap.keys_of(binding)
        if binding.id in keymap.ids
        and (key_to_character(key) or "").isprintable()
        and key_to_character(key)
    }


def _taken(bindings: Sequence[Binding], keymap: Keymap) -> Iterator[str]:
    for binding in bindings:
        for key in keymap.keys_of(binding):
            if key in TAKEN:
                yield f"[keys] {binding.id} may not be reached on {key_text(key)}: {TAKEN[key]}."
            elif binding.priority and key_to_character(key):
                yield f"[keys] {binding.id} takes {key_text(key)} also where one types."


def _action(binding: Binding) -> str:
    return binding.action.removeprefix("app.").removeprefix("screen.")


def _called(binding: Binding) -> str:
    return binding.id or f"“{binding.description or binding.action}”"
