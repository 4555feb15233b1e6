"""Commands that a restricted console does not have: nothing lists them, and their key says why."""

from __future__ import annotations

from collections.abc import Collection

from textual.actions import ActionParseResult, parse
from textual.app import App
from textual.dom import DOMNode

from hoopscope.tui.permissions import Permissions

_NEEDS = {
    "choose_profile": "may_change_gateway",
    "save_as": "may_touch_files",
    "save_view": "may_touch_files",
    "delete_view": "may_touch_files",
    "suspend_process": "may_suspend",
}
"""Actions, and the permission that each takes."""

_OF_TEXTUAL = {
    "back", "bell", "command_palette", "focus", "focus_next", "focus_previous", "help_quit",
    "quit",
}  # fmt: skip
"""What a restricted console has of the actions that every application of Textual's has; others take
a screenshot, start a program or show any screen there is."""


def is_forbidden(node: DOMNode, action: str | ActionParseResult, permissions: Permissions) -> bool:
    """Whether an action (`save_as`, `app.quit`) that a binding of a node names may not be done."""
    if not permissions.restricted:
        return False
    destination, name, _ = parse(action) if isinstance(action, str) else action
    if name in _NEEDS and not getattr(permissions, _NEEDS[name]):
        return True
    of_app = destination == "app" or (not destination and isinstance(node, App))
    return of_app and _is_textuals(name) and name not in _OF_TEXTUAL


def forbidden_keys(node: DOMNode) -> Collection[str]:
    """The keys of a node whose actions may not be done."""
    permissions = getattr(node.app, "permissions", Permissions())
    if not permissions.restricted:
        return ()
    return {
        key
        for key, bindings in node._bindings.key_to_bindings.items()
        for binding in bindings
        if is_forbidden(node, binding.action, permissions)
    }


def _is_textuals(name: str) -> bool:
    return hasattr(App, f"action_{name}") or hasattr(App, f"_action_{name}")
