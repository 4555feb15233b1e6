"""The command palette: what the keys do, found by name."""

from __future__ import annotations

from collections.abc import Coroutine
from functools import partial
from typing import Any

from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider

from hoopscope.tui.forbidden import is_forbidden
from hoopscope.tui.key_names import key_text
from hoopscope.tui.permissions import Permissions

Run = partial[Coroutine[Any, Any, bool]]

_NOT_HERE = ("app.command_palette", "open_view(")
"""Views are there by their names."""


class BindingCommands(Provider):
    """Every binding of the screen and of what has the focus, also those not in the last line."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for name, help_text, run in self._commands():
            yield DiscoveryHit(name, run, help=help_text)

    async def search(self, query: str) -> Hits:
        """Those whose name fits what was typed."""
        matcher = self.matcher(query)
        for name, help_text, run in self._commands():
            score = matcher.match(name)
            if score > 0:
                yield Hit(score, matcher.highlight(name), run, help=help_text)

    def _commands(self) -> list[tuple[str, str, Run]]:
        permissions = getattr(self.app, "permissions", Permissions())
        found: dict[str, tuple[str, str, Run]] = {}
        for active in self.screen.active_bindings.values():
            binding: Binding = active.binding
            name = binding.description
            if not name or not active.enabled or binding.action.startswith(_NOT_HERE):
                continue
            if is_forbidden(active.node, binding.action, permissions):
                continue
            name = name[0].upper() + name[1:]
            run = partial(self.app.run_action, binding.action, active.node)
            found.setdefault(name, (name, f"key {key_text(binding.key)}", run))
        return [found[name] for name in sorted(found)]
