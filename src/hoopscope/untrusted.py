"""Untrusted text made harmless: what people, programs and models wrote may not drive a terminal.

Whatever comes from a gateway passes through here before it is shown. Nothing is dropped: what a
terminal would obey, reorder or hide is shown as an escape (`\\x1b`, `\\u202e`, `\\U000e0001`), so
that a reader sees that it was there. No markup is ever parsed.
"""

import re
import unicodedata
from functools import lru_cache

ELLIPSIS = "…"

_TAB_WIDTH = 8
_MARKS_KEPT = 2
"""How many combining marks may follow one character; living scripts need no more."""

_SHORT = 256
"""Texts up to this many characters are remembered: a table shows the same cells again and again."""

# Printable characters of the common scripts whose width no terminal disputes.
_UNCOMMON = (
    "[^ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
    "\u2190-\u21ff\u2500-\u25fc\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]"
)

# Printable by category, and yet invisible (Unicode's default-ignorables), or of a width that
# terminals disagree about (halves of flags, skin tones).
_HIDDEN = (
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0000-\U000e0fff\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]"
)

_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def harmless(text: object, limit: int = 0) -> str:
    """One line of text that any terminal may see.

    Controls (line breaks too), C1, bidi and zero-width characters, other default-ignorables, lone
    surrogates, private and unassigned characters become visible escapes; `None` becomes "". The
    backslash itself is left alone. Applied twice it gives the same as once.

    `limit` is in terminal cells; a longer text is cut and ends in `…`. 0 means no limit.
    """
    if text is None:
        return ""
    if type(text) is not str:
        text = str(text)
    if text.isascii() and text.isprintable():
        return text if not limit or len(text) <= limit else text[: limit - 1] + ELLIPSIS
    if limit:
        # One cell takes at most a character and its marks, so that the rest cannot show.
        shown = _shown(text[: (limit + 1) * (_MARKS_KEPT + 1)])
        return shown if cell_width(shown) <= limit else _cut(shown, limit, ELLIPSIS)
    return _shown(text)


def harmless_lines(text: object, limit_lines: int = 0) -> list[str]:
    """Text split at its line breaks (`\\n`, `\\r\\n`), tabs expanded, every line `harmless`.

    Any other separator stays in its line, as an escape. With `limit_lines` only the first so many
    lines are looked at and returned. A last line break ends the last line, it begins no other.
    """
    if text is None:
        return []
    whole = text if type(text) is str else str(text)
    lines = whole.split("\n", limit_lines) if limit_lines else whole.split("\n")
    if (limit_lines and len(lines) > limit_lines) or lines[-1] == "":
        lines.pop()
    return [harmless(line.removesuffix("\r").expandtabs(_TAB_WIDTH)) for line in lines]


def fit(text: str, width: int, align: str = "left", ellipsis: str = ELLIPSIS) -> str:
    """Harmless text in exactly `width` terminal cells: padded, or cut with `ellipsis` at its end.

    `align` is "left" or "right"; wide characters count as two cells. The text is not cleaned here.
    """
    size = len(text) if text.isascii() else cell_width(text)
    if size > width:
        if width <= 0:
            return ""
        text = text[: width - 1] + ellipsis if text.isascii() else _cut(text, width, ellipsis)
        size = cell_width(text)
    if size == width:
        return text
    return " " * (width - size) + text if align == "right" else text + " " * (width - size)


def cell_width(text: str) -> int:
    """How many terminal cells a harmless text takes, as the interface counts them."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # costs milliseconds that plain text need not pay

    return cell_len(text)


def _cut(text: str, width: int, ellipsis: str) -> str:
    """The head of a text, with its `ellipsis`, in at most `width` cells."""
    room = width - 1
    kept = 0
    for character in text:
        room -= cell_width(character)
        if room < 0:
            break
        kept += 1
    return text[:kept] + ellipsis


_pattern = lru_cache(re.compile)
"""Compiled when the first text needs it: most runs and most texts are plain."""


def _shown(text: str) -> str:
    if text.isprintable() and not _pattern(_UNCOMMON).search(text):
        return text
    return _shown_short(text) if len(text) <= _SHORT else _shown_slowly(text)


def _shown_slowly(text: str) -> str:
    parts: list[str] = []
    marks_left = 0
    for character in text:
        kind = _kind(character)
        if kind == _BASE:
            parts.append(character)
            marks_left = _MARKS_KEPT
        elif kind == _MARK and marks_left:
            parts.append(character)
            marks_left -= 1
        else:
            parts.append(_escape(character))
            marks_left = 0
    return "".join(parts)


_shown_short = lru_cache(4096)(_shown_slowly)

_BASE, _MARK, _UNSAFE = range(3)


@lru_cache(4096)
def _kind(character: str) -> int:
    category = unicodedata.category(character)
    if category in ("Mn", "Me") or (category == "Mc" and not cell_width(character)):
        return _UNSAFE if _pattern(_HIDDEN).match(character) else _MARK
    if category == "Zs":
        return _BASE
    if not character.isprintable() or _pattern(_HIDDEN).match(character):
        return _UNSAFE
    return _BASE if cell_width(character) else _UNSAFE


def _escape(character: str) -> str:
    known = _ESCAPES.get(character)
    if known is not None:
        return known
    codepoint = ord(character)
    if codepoint < 0x100:
        return f"\\x{codepoint:02x}"
    return f"\\u{codepoint:04x}" if codepoint < 0x10000 else f"\\U{codepoint:08x}"
