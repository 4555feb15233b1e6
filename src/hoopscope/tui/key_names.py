"""Keys as people write them."""

from __future__ import annotations

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
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "plus": "+",
    "minus": "-",
    "full_stop": ".",
}


def key_text(key: str, *, ascii_only: bool = False) -> str:
    """A key as people write it: `ctrl+p`, `?`, `⏎`."""
    *modifiers, name = key.split("+") if len(key) > 1 else [key]
    text = KEY_NAMES.get(name, name)
    if ascii_only and not text.isascii():
        text = name
    return "+".join([*modifiers, text])
