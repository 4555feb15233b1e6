"""The command palette: what the keys do, found by name."""

from __future__ import annotations

from functools import partial

from textual.binding import Binding

from hoopscope.tui.forbidden import is_forbidden
from hoopscope.tui.key_names import key_text
from hoopscope.tui.named_commands import NamedCommand, NamedCommands
from hoopscope.tui.permissions import Permissions

_NOT_HERE = ("app.command_palette", "open_view(")
"""Views are there by their names."""


class BindingCommands(NamedCommands):
    """Every binding of the screen and of what has the focus, also those not in the last line."""

    def commands(self) -> list[NamedCommand]:
        """By name; of several bindings of one name the first."""
        permissions = getattr(self.app, "permissions", Permissions())
        found: dict[str, NamedCommand] = {}
        for active in self.screen.active_bindings.values():
            binding: Binding = active.binding
            name = binding.description
            if not name or not active.enabled or binding.action.startswith(_NOT_HERE):
                continue
            if is_forbidden(active.node, binding.action, permissions):
                continue
            name = name[0].upper() + name[1:]
            run = partial(self.app.run_action, binding.action, active.node)
            found.setdefault(name, NamedCommand(name, f"key {key_text(binding.key)}", run))
        return [found[name] for name in sorted(found)]
