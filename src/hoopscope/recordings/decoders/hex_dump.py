"""Bytes as people look at bytes: offset, hexadecimal, text."""

from __future__ import annotations

import re

LINE = 16
_PRINTABLE = bytes(byte if 32 <= byte < 127 else 0x2E for byte in range(256))
_CONTROLS = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]")
_LOOKED_AT = 512


def hex_lines(content: bytes, start: int = 0) -> list[str]:
    """Lines of 16 bytes; `start` is the offset that the first one has."""
    lines = []
    for at in range(0, len(content), LINE):
        piece = content[at : at + LINE]
        left, right = piece[:8].hex(" "), piece[8:].hex(" ")
        text = piece.translate(_PRINTABLE).decode("ascii")
        lines.append(f"{start + at:08x}  {left:<23}  {right:<23}  {text}")
    return lines


def is_text(content: bytes) -> bool:
    """Whether bytes look like text, by their head: few controls besides those of terminals."""
    head = content[:_LOOKED_AT]
    return len(_CONTROLS.findall(head)) * 20 <= len(head)


def preview(content: bytes) -> str:
    """The head of bytes in one line: as text, a dot for each that has none."""
    return content[: LINE * 4].translate(_PRINTABLE).decode("ascii")
