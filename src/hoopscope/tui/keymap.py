"""The keys of the operator's own, put in the place of those that bindings come with.

Textual has a keymap of its own, but that takes away whatever else was on a key, cannot switch a
key off, and is no part of what the bindings of a widget say. This one changes the bindings.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import Binding, BindingsMap
from textual.dom import DOMNode


class Keymap:
    """Which binding ids have other keys.

    Args:
        keys: binding ids to Textual's names of keys, with commas between; "" for no key.
    """

    def __init__(self, keys: Mapping[str, str] | None = None) -> None:
        self._keys = {
            name: tuple(key for key in given.split(",") if key)
            for name, given in (keys or {}).items()
        }

    def __bool__(self) -> bool:
        return bool(self._keys)

    @property
    def ids(self) -> tuple[str, ...]:
        """The binding ids that were given other keys, whether there are such bindings or not."""
        return tuple(self._keys)

    def keys_of(self, binding: Binding) -> tuple[str, ...]:
        """The keys of a binding, which may have come with several."""
        keys = self._keys.get(binding.id or "")
        return (
            tuple(each.key for each in Binding.make_bindings([binding])) if keys is None else keys
        )

    def apply(self, node: DOMNode) -> None:
        """Give a node's bindings the keys that they are to have.

        Where another binding of the node is on such a key, the operator's choice goes first.
        """
        known = node._bindings.key_to_bindings
        if any(each.id in self._keys for bindings in known.values() for each in bindings):
            node._bindings = BindingsMap.from_keys(self._remapped(known))

    def _remapped(self, known: Mapping[str, list[Binding]]) -> dict[str, list[Binding]]:
        found: dict[str, list[Binding]] = {}
        done: set[str] = set()
        for key, bindings in known.items():
            for binding in bindings:
                name = binding.id or ""
                if name not in self._keys:
                    found.setdefault(key, []).append(binding)
                elif name not in done:
                    done.add(name)
                    for other in self._keys[name]:
                        found.setdefault(other, []).append(binding.with_key(other))
        for bindings in found.values():
            bindings.sort(key=lambda binding: binding.id not in self._keys)
        return found
