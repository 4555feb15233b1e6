"""Keys that often do not get as far as a program, because something before it takes them."""

from __future__ import annotations

TAKEN = {
    "ctrl+a": "GNU screen takes it",
    "ctrl+b": "tmux takes it",
    "ctrl+s": "a terminal may stop its output at it",
    "ctrl+q": "a terminal may go on with its output at it",
    "ctrl+z": "it suspends programs",
    "ctrl+backslash": "it ends programs",
    "ctrl+h": "terminals send it for backspace",
    "ctrl+i": "terminals send it for tab",
    "ctrl+j": "terminals send it for enter, and some editors take it",
    "ctrl+m": "terminals send it for enter",
    "ctrl+left_square_bracket": "terminals send it for escape",
    "ctrl+v": "terminals paste at it, or take the next key as it is",
    "shift+insert": "terminals paste at it",
    "shift+pageup": "terminals scroll at it",
    "shift+pagedown": "terminals scroll at it",
    "f1": "some terminals show their help at it",
    "f10": "some terminals open their menu at it",
    "f11": "terminals fill the screen at it",
}
"""Textual's name of a key → who takes it, as a clause."""
