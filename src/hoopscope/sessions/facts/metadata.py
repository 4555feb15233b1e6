"""Metadata (anything that somebody put there), and whatever this version does not know."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from hoopscope.sessions.facts.json_lines import json_lines
from hoopscope.sessions.facts.panel import FactsContext, Panel, nothing
from hoopscope.sessions.facts.quantities import amount

if TYPE_CHECKING:
    from hoopscope.gateway.models.base import GatewayModel
    from hoopscope.gateway.models.session import SessionDetail

METADATA = "metadata"
METADATA_TITLE = "Metadata"
OTHER = "other"
OTHER_TITLE = "Other fields"

_MOST_OTHERS = 500
_MOST_ITEMS = 200
"""How many unknown fields are looked for, and in how many items of a list, where there are limits:
a hostile answer may cost no time."""


def metadata_panel(detail: SessionDetail, context: FactsContext) -> Panel:
    """The metadata as a tree; "none" for null and for an empty object alike."""
    metadata = detail.session.metadata
    if not metadata:
        return nothing(METADATA, METADATA_TITLE)
    headline = ((amount(len(metadata), "field"), "muted"),)
    lines = tuple(json_lines(metadata, context))
    return Panel(METADATA, METADATA_TITLE, headline=headline, lines=lines)


def other_panel(detail: SessionDetail, context: FactsContext) -> Panel:
    """Fields of any object in the session that are unknown here, or of an unexpected type."""
    is_limited = bool(context.limits.items)
    found = _others(detail.session, detail.raw, "", _MOST_ITEMS if is_limited else None)
    others = dict(islice(found, _MOST_OTHERS if is_limited else None))
    if not others:
        return nothing(OTHER, OTHER_TITLE)
    many = amount(len(others), "field")
    if is_limited and len(others) == _MOST_OTHERS:
        many += " or more"
    headline = ((f"{many} that this version does not know", "muted"),)
    return Panel(OTHER, OTHER_TITLE, headline=headline, lines=tuple(json_lines(others, context)))


def _others(
    model: GatewayModel, raw: Any, path: str, items: int | None
) -> Iterator[tuple[str, Any]]:
    """Paths and values, here and in all models below."""
    values = raw if isinstance(raw, dict) else {}
    for key, value in model.unknown.items():
        yield f"{path}{key}", value
    for key in model.unreadable:
        yield f"{path}{key}", values.get(key)
    for key in model.model_fields_set:
        value = getattr(model, key, None)
        yield from _below(value, values.get(key), f"{path}{key}", items)


def _below(value: Any, raw: Any, path: str, items: int | None) -> Iterator[tuple[str, Any]]:
    if hasattr(value, "unreadable"):
        yield from _others(value, raw, f"{path}.", items)
    elif isinstance(value, list) and value and hasattr(value[0], "unreadable"):
        raws = raw if isinstance(raw, list) else []
        for index, item in enumerate(value[:items]):
            inner = raws[index] if index < len(raws) else None
            yield from _others(item, inner, f"{path}[{index}].", items)
