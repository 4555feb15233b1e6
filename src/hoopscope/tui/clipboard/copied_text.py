"""What is copied may be pasted into a shell: nothing in it may act there by itself."""

from __future__ import annotations

from hoopscope.untrusted import harmless


def one_line(text: str) -> str:
    """A text without a line break: pasted into a shell it is not entered."""
    return harmless(text)


def several_lines(text: str) -> str:
    """A text with its line breaks and tabs, and no other character that a terminal obeys."""
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join("\t".join(harmless(part) for part in line.split("\t")) for line in lines)


def amount(text: str) -> str:
    """How much a text is, in words."""
    lines = text.removesuffix("\n").count("\n") + 1
    count, what = (lines, "line") if lines > 1 else (len(text.removesuffix("\n")), "character")
    return f"{count:,} {what}" + ("" if count == 1 else "s")
