"""Pieces of lines: labels, untrusted texts cut to their limits, and what was left out, counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from hoopscope.sessions.facts.panel import FactsContext, Line, Span
from hoopscope.sessions.facts.quantities import amount, number
from hoopscope.untrusted import ELLIPSIS, cell_width, harmless

T = TypeVar("T")

_LABEL_WIDTH = 8
_TAB_WIDTH = 8
_NAME_CELLS = 120
_INDENT: Span = ("  ", "label")


def label(text: str) -> Span:
    """A label in front of a value, as wide as its neighbours."""
    return (f"{harmless(text, _NAME_CELLS):<{_LABEL_WIDTH}}  ", "label")


def labelled(name: str, *spans: Span) -> Line:
    """A line with a label."""
    return (label(name), *spans)


def indented(line: Line) -> Line:
    """The line, below another one that it belongs to."""
    return (_INDENT, *line)


def said(text: object, context: FactsContext, tone: str = "") -> Span:
    """An untrusted text on one line, cut where the context says."""
    return (_cut(text, context.limits.cells), tone)


def name(text: object, tone: str = "") -> Span:
    """An untrusted text that is a name, and so short, or cut to what a name may take."""
    return (_cut(text, _NAME_CELLS), tone)


def names(texts: Sequence[object], context: FactsContext) -> str:
    """Untrusted names, joined with commas, as many as the context allows."""
    return _joined((name(text)[0] for text in texts), len(texts), context)


def counts(numbers: Mapping[str, int], context: FactsContext) -> Span:
    """Untrusted names with how often each was met, the most frequent first."""
    ordered = sorted(numbers.items(), key=lambda item: (-item[1], item[0]))
    texts = (f"{name(text)[0]} {number(count)}" for text, count in ordered)
    return (_joined(texts, len(ordered), context), "")


def paragraph(text: str, context: FactsContext, tone: str = "") -> list[Line]:
    """An untrusted text line by line, as many lines of it as the context allows."""
    limits = context.limits
    lines: list[Line] = []
    start = 0
    while start < len(text):
        if limits.lines and len(lines) == limits.lines:
            lines.append(more(line_count(text) - len(lines), "line"))
            break
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        # A little more than fits, so that a cut shows; never all of a line of megabytes.
        stop = min(end, start + 4 * (limits.cells + 1)) if limits.cells else end
        line = text[start:stop].removesuffix("\r").expandtabs(_TAB_WIDTH)
        lines.append(((_cut(line, limits.cells), tone),))
        start = end + 1
    return lines


def line_count(text: str) -> int:
    """How many lines a text has; a last line break ends the last one."""
    return text.count("\n") + (not text.endswith("\n")) if text else 0


def few(items: Sequence[T], context: FactsContext) -> Sequence[T]:
    """As many items as the context allows."""
    return items[: context.limits.items] if context.limits.items else items


def more(count: int, one: str, many: str = "") -> Line:
    """What was left out."""
    return ((f"{ELLIPSIS} {amount(count, f'more {one}', many and f'more {many}')}", "muted"),)


def _cut(text: object, cells: int) -> str:
    if cells and isinstance(text, str) and len(text) > 4 * cells:
        text = text[: 4 * cells]
    return harmless(text, cells)


def _joined(texts: Iterable[str], count: int, context: FactsContext) -> str:
    """Texts with commas between them, up to the width of a line and the items of a list."""
    limits = context.limits
    shown: list[str] = []
    cells = 0
    for text in texts:
        cells += cell_width(text)
        if shown and ((limits.cells and cells > limits.cells) or len(shown) == limits.items > 0):
            shown.append(f"{ELLIPSIS} {count - len(shown):,} more")
            break
        shown.append(text)
    return ", ".join(shown)
