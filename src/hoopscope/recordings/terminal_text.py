"""What a terminal shows of its bytes, roughly: without escape sequences, no emulator."""

from __future__ import annotations

import re

_SEQUENCES = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[PX^_][^\x1b]*(?:\x1b\\)?"
    rb"|[ -/]*[0-~])|[\x07\x0e\x0f]"
)


def visible(content: bytes) -> bytes:
    """The bytes without escape sequences and bells; where a line is drawn again, both are there."""
    return _SEQUENCES.sub(b"", content) if b"\x1b" in content or b"\x07" in content else content


def readable(content: bytes) -> str:
    """The text that a terminal would show, with `\\n` between lines; invalid UTF-8 as escapes."""
    text = visible(content).decode("utf-8", "backslashreplace")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _rubbed_out(text) if "\b" in text else text


def _rubbed_out(text: str) -> str:
    """The text without what was stepped back over: it is usually drawn again."""
    kept: list[str] = []
    for part in text.split("\b"):
        if kept and kept[-1] and kept[-1][-1] != "\n":
            kept[-1] = kept[-1][:-1]
            while kept and not kept[-1]:
                kept.pop()
        kept.append(part)
    return "".join(kept)


def typed(keys: bytes) -> str:
    """Keys as a line: what was rubbed out is gone, control keys are named (`^C`)."""
    keys = keys.replace(b"\x1b[200~", b"").replace(b"\x1b[201~", b"")
    kept: list[str] = []
    for match in _KEYS.finditer(keys.decode("utf-8", "backslashreplace")):
        key = match.group()
        if key in ("\x7f", "\x08"):
            if kept:
                kept.pop()
        elif key == "\x15":
            kept.clear()
        elif key[0] == "\x1b":
            kept.append(_NAMES.get(key, "<esc>"))
        elif key < " ":
            kept.append("<tab>" if key == "\t" else "^" + chr(ord(key) + 64))
        else:
            kept.append(key)
    return "".join(kept)


_KEYS = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O[A-Z])?|.", re.DOTALL)
_NAMES = {
    "\x1b[A": "<up>",
    "\x1b[B": "<down>",
    "\x1b[C": "<right>",
    "\x1b[D": "<left>",
    "\x1b[H": "<home>",
    "\x1b[F": "<end>",
    "\x1b[3~": "<delete>",
    "\x1b[5~": "<page up>",
    "\x1b[6~": "<page down>",
    "\x1bOA": "<up>",
    "\x1bOB": "<down>",
    "\x1bOC": "<right>",
    "\x1bOD": "<left>",
}
