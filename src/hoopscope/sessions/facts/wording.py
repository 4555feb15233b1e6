"""Pieces of lines: labels, untrusted texts cut to their limits, and what was left out, counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from hoopscope.sessions.facts.panel import FactsContext, Line, Span
from hoopscope.sessions.facts.quantities import amount, number
from hoopscope.untrusted import ELLIPSIS, harmless

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
    shown = few(texts, context)
    joined = ", ".join(_cut(text, _NAME_CELLS) for text in shown)
    left_out = len(texts) - len(shown)
    return f"{joined}, {ELLIPSIS} {left_out:,} more" if left_out else joined


def counts(numbers: Mapping[str, int], context: FactsContext) -> Span:
    """Untrusted names with how often each was met, the most frequent first."""
    ordered = sorted(numbers.items(), key=lambda item: (-item[1], item[0]))
    shown = few(ordered, context)
    joined = ", ".join(f"{_cut(text, _NAME_CELLS)} {number(count)}" for text, count in shown)
    left_out = len(ordered) - len(shown)
    return (f"{joined}, {ELLIPSIS} {left_out:,} more" if left_out else joined, "")


def paragraph(text: str, context: FactsContext, tone: str = "") -> list[Line]:
    """An untrusted text line by line, as many lines of it as the context allows."""
    limits = context.limits
    lines: list[Line] = []
    start = 0
    while start < len(text) and not (limits.lines and len(lines) == limits.lines):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        # A little more than fits, so that a cut shows; never all of a line of megabytes.
        stop = min(end, start + 4 * (limits.cells + 1)) if limits.cells else end
        line = text[start:stop].removesuffix("\r").expandtabs(_TAB_WIDTH)
        lines.append(((_cut(line, limits.cells), tone),))
        start = end + 1
    left_out = line_count(text, start)
    if left_out:
        lines.append(more(left_out, "line"))
    return lines


def line_count(text: str, start: int = 0) -> int:
    """How many lines a text has from `start` on; a last line break ends the last one."""
    return text.count("\n", start) + (not text.endswith("\n")) if start < len(text) else 0


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
