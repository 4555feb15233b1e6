"""The keys that the last line of the browser tells: those of what has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.screen import Screen

from hoopscope.tui.key_names import asked_keys, effective_keys, key_text

if TYPE_CHECKING:
    from hoopscope.tui.screens.browser_layout import BrowserLayout
    from hoopscope.tui.widgets.session_table import VirtualTable

DETAIL_KEYS = {
    "browser.go_back": "back",
    "browser.go_to_newer": "newer",
    "browser.go_to_older": "older",
    "browser.copy_id": "copy",
    "browser.copy_link": "copy link",
    "browser.show_help": "help",
}
"""Binding ids and what to call them, where the detail has the room of the table."""

FILTER_KEYS = {
    "browser.go_back": "back",
    "browser.focus_next": "next field",
    "browser.focus_previous": "previous field",
}
"""The same, where the filters have the focus."""


def keys_now(
    screen: Screen[None], parts: BrowserLayout, table: VirtualTable, *, ascii_only: bool
) -> tuple[list[tuple[str, str]], int]:
    """(key, what it does) of what matters now, and how many at the end no width takes away."""
    if parts.asking is not None:
        return asked_keys(parts.asking, ascii_only=ascii_only), 0
    if parts.detail_is_full:
        named, kept = DETAIL_KEYS, 1
    elif parts.sidebar is not None and parts.sidebar.has_focus_within:
        named, kept = FILTER_KEYS, 0
    else:
        # Help and the way out.
        kept = 2
        named = {
            str(binding.id): binding.description
            for binding in screen.BINDINGS
            if isinstance(binding, Binding) and binding.show
        }
    keys = [
        (key_text(key, ascii_only=ascii_only), what)
        for node, names in ((table, {"table.open_row": "open"}), (screen, named))
        for key, what in effective_keys(node, names)
        if node is screen or table.has_focus
    ]
    return keys, kept
