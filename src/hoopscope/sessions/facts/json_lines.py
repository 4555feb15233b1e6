"""Any JSON value as indented lines; bounded in depth, and in breadth where the context says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from hoopscope.sessions.facts.panel import FactsContext, Line, Span
from hoopscope.sessions.facts.quantities import amount
from hoopscope.sessions.facts.wording import few, label, more, said

_DEEPEST_AT_A_GLANCE = 6
_DEEPEST = 60
_INLINE_ITEMS = 8
_INLINE_CELLS = 60
_LOOKS_LIKE_JSON = re.compile(r"-?[0-9.]+([eE][-+]?[0-9]+)?|true|false|null|")
"""Texts that would be taken for something else, were they not in quotes."""


def json_lines(value: Mapping[str, Any], context: FactsContext) -> list[Line]:
    """An object's fields, one a line, those within them below; what is left out is counted.

    A text stands without quotes, unless it would read as something else.
    """
    limit = context.limits.lines
    found: list[Line] = []
    for index, (key, item) in enumerate(value.items()):
        if limit and len(found) >= limit:
            return [*found, more(len(value) - index, "field")]
        for line in _field(key, item, 0, context):
            if limit and len(found) > limit:
                found.append((("  … more within", "muted"),))
                break
            found.append(line)
    return found


def one_line(value: Any, context: FactsContext) -> Span:
    """A value on one line; of an object or a longer list only how much is in it."""
    if isinstance(value, str):
        if _LOOKS_LIKE_JSON.fullmatch(value) or value != value.strip():
            return said(f'"{value}"', context)
        return said(value, context)
    if isinstance(value, dict | list):
        return _inline(value, context) or (_size(value), "muted")
    if value is None:
        return ("null", "muted")
    if isinstance(value, bool):
        return (str(value).lower(), "")
    if isinstance(value, int) and abs(value) >= 10**30:
        return (f"a number of {value.bit_length():,} bits", "muted")
    return said(repr(value), context)


def _field(key: object, value: Any, depth: int, context: FactsContext) -> Iterator[Line]:
    text, tone = label(str(key))
    name = ("  " * depth + text, tone)
    if not isinstance(value, dict | list):
        yield (name, one_line(value, context))
        return
    inline = _inline(value, context)
    if inline:
        yield (name, inline)
        return
    size = _size(value)
    if depth + 1 == (_DEEPEST if context.is_whole else _DEEPEST_AT_A_GLANCE):
        yield (name, (f"… {size} within", "muted"))
        return
    yield (name, (size, "muted"))
    limit = context.limits.items
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for index, (inner_key, item) in enumerate(inner):
        if limit and index == limit:
            text, tone = more(len(value) - limit, "field" if isinstance(value, dict) else "item")[0]
            yield (("  " * (depth + 1) + text, tone),)
            return
        yield from _field(inner_key, item, depth + 1, context)


def _inline(value: dict[str, Any] | list[Any], context: FactsContext) -> Span | None:
    """What is empty, or a short list of simple values: on the line of its name."""
    if not value:
        return ("{}" if isinstance(value, dict) else "[]", "muted")
    if isinstance(value, dict) or len(value) > _INLINE_ITEMS:
        return None
    if any(isinstance(item, dict | list) for item in value):
        return None
    text = ", ".join(one_line(item, context)[0] for item in few(value, context))
    return (f"[{text}]", "") if len(text) <= _INLINE_CELLS else None


def _size(value: dict[str, Any] | list[Any]) -> str:
    return amount(len(value), "field" if isinstance(value, dict) else "item")
