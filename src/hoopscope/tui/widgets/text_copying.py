"""Lines of a text as they are copied: as they are seen, but with their tabs."""

from __future__ import annotations

from hoopscope.recordings.shown_text import Way
from hoopscope.recordings.text_lines import LONG, TextLines
from hoopscope.untrusted import harmless

LONGEST = 1_000_000
"""Bytes that are copied at most."""

TOO_LONG = "is too long for a clipboard; it can be exported instead."


def lines_to_copy(text: TextLines, lines: range) -> str | None:
    """Some lines, each with its line feed unless it is the only one; None for too many bytes.

    What a terminal would obey is left out or escaped as it is on the screen: a clipboard is often
    emptied into a terminal.
    """
    if not lines:
        return ""
    begins, ends = text.index.span(lines[0])[0], text.index.span(lines[-1])[1]
    if ends - begins > LONGEST:
        return None
    copied = [_line(text, line) for line in lines]
    return copied[0] if len(copied) == 1 else "".join(line + "\n" for line in copied)


def _line(text: TextLines, line: int) -> str:
    begins, ends = text.index.span(line)
    content = text.source.read(begins, ends - begins)
    if text.way is not Way.RAW:
        content = content.removesuffix(b"\r")
    try:
        parts = content.decode("utf-8").split("\t")
    except UnicodeDecodeError:
        parts = []
    if parts and all(harmless(part) == part for part in parts):
        return "\t".join(parts)
    if ends - begins > LONG:
        return "\t".join(harmless(part) for part in content.decode("utf-8", "replace").split("\t"))
    return text.piece(line, 0, ends - begins).text
