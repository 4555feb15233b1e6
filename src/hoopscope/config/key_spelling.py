"""Keys as people write them, to the names that Textual has for them."""

from __future__ import annotations

import unicodedata

OFF = ("", "none")
"""What stands for no key at all."""

_MODIFIERS = {"ctrl": "ctrl", "control": "ctrl", "alt": "alt", "meta": "alt", "shift": "shift"}
_NAMES = {
    **{name: name for name in ("enter", "tab", "space", "backspace", "delete", "insert")},
    **{name: name for name in ("up", "down", "left", "right", "home", "end", "escape")},
    **{name: name for name in ("pageup", "pagedown")},
    **{f"f{number}": f"f{number}" for number in range(1, 25)},
    "return": "enter",
    "esc": "escape",
    "del": "delete",
    "ins": "insert",
    "bksp": "backspace",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "page_up": "pageup",
    "page_down": "pagedown",
    "pgdown": "pagedown",
}
# What Textual calls some characters instead of their Unicode names.
_SHORTER = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
_CONTROLS = frozenset("abcdefghijklmnopqrstuvwxyz")
_OTHER_CONTROLS = {
    "space": "@",
    "at": "@",
    "backslash": "backslash",
    "right_square_bracket": "right_square_bracket",
    "left_square_bracket": "left_square_bracket",
    "circumflex_accent": "circumflex_accent",
    "underscore": "underscore",
}


def keys_named(text: str) -> tuple[str, ...]:
    """Textual's names of one key, or of several with commas between; none for "" and "none".

    Raises:
        ValueError: something in it is no key; the reason follows the name of what was set.
    """
    text = text.strip()
    if text.lower() in OFF:
        return ()
    names = (",",) if text == "," else text.split(",")
    return tuple(dict.fromkeys(key_named(name) for name in names))


def key_named(text: str) -> str:
    """Textual's name of one key: `ctrl+p`, `question_mark` for `?`, `N` for `shift+n`.

    Raises:
        ValueError: there is no such key.
    """
    text = text.strip()
    *modifiers, name = (part.strip() for part in _parts(text))
    known = {_MODIFIERS.get(modifier.lower(), "") for modifier in modifiers}
    key = _NAMES.get(name.lower()) or _character(name)
    if not key or "" in known:
        raise ValueError("has to be a key such as f5, ctrl+r, ? or space")
    if len(key) == 1 and "shift" in known and key.isalpha():
        key, known = key.upper(), known - {"shift"}
    if "ctrl" in known and key not in _NAMES.values():
        if len(key) == 1 and key.lower() in _CONTROLS:
            key = key.lower()
        elif key not in _OTHER_CONTROLS:
            raise ValueError("has to be a key that terminals send: ctrl goes with letters")
    if "ctrl" in known:
        key = _OTHER_CONTROLS.get(key, key)
    return "+".join([*sorted(known), key])


def _parts(text: str) -> list[str]:
    """The plus key may stand at the end itself."""
    if text == "+":
        return [text]
    if text.endswith("++"):
        return [*text[:-2].split("+"), "+"]
    return text.split("+")


def _character(name: str) -> str:
    """Textual's name of a character, given itself or by that name; "" for anything else."""
    if len(name) != 1:
        return name.lower() if name.lower() in _named_characters() else ""
    if name.isalnum():
        return name
    return _name_of(name) if name.isprintable() else ""


def _name_of(character: str) -> str:
    if character == " ":
        return "space"
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _SHORTER.get(name, name)


def _named_characters() -> frozenset[str]:
    signs = (chr(code) for code in range(0x21, 0x7F))
    return frozenset(_name_of(sign) for sign in signs if not sign.isalnum())
