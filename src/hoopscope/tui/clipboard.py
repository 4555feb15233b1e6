"""Copying to the operator's own clipboard, through the terminal (OSC 52), so also over ssh."""

from __future__ import annotations

from textual.app import App

LONGEST = 74_000
"""Characters; terminals drop longer ones, most of them silently."""


def copy_text(app: App[object], text: str, what: str) -> str:
    """Copy a text, and give the sentence that says so, or why not."""
    if not text:
        return f"There is no {what} to copy."
    if len(text) > LONGEST:
        return f"The {what} is too long for the clipboard ({len(text):,} characters)."
    app.copy_to_clipboard(text)
    return f"The {what} was copied, if this terminal allows it (OSC 52)."
