"""Where a session went: its connection as it was then, and what it was labelled with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hoopscope.gateway.row import SessionRow
from hoopscope.sessions.facts.json_lines import json_lines
from hoopscope.sessions.facts.panel import FactsContext, Line, Panel
from hoopscope.sessions.facts.wording import indented, labelled, name, said

if TYPE_CHECKING:
    from hoopscope.gateway.models.session import Session

TITLE = "Where"

_RUNBOOK_LABELS = {
    "runbookFile": "runbook",
    "runbookRepository": "from",
    "runbookParameters": "with",
    "re-run-from": "rerun of",
}
"""Labels that the gateway's own programs set, and what to call them."""


def where_panel(row: SessionRow, context: FactsContext, session: Session | None = None) -> Panel:
    """Connection, resource, kind; with the session also its tags and labels."""
    kind = f"{row.type} {row.subtype}" if row.subtype != row.type else row.type
    headline = (
        name(row.connection or "no connection"),
        (" · ", "muted"),
        name(kind.strip() or "no type", "muted"),
    )
    lines: list[Line] = []
    if session is None:
        if row.resource and row.resource != row.connection:
            lines.append(labelled("resource", said(row.resource, context)))
        return Panel("where", TITLE, headline=headline, lines=tuple(lines))
    if not row.resource:
        lines.append(labelled("resource", ("none: the connection may be gone", "muted")))
    elif row.resource != row.connection:
        lines.append(labelled("resource", said(row.resource, context)))
    if session.role_name and session.role_name != row.connection:
        lines.append(labelled("role", said(session.role_name, context)))
    if session.connection_tags or session.labels:
        lines += _tags("tags", session.connection_tags, context)
        lines += _labels(session.labels, context)
    else:
        lines.append((("no tags, no labels", "muted"),))
    return Panel("where", TITLE, headline=headline, lines=tuple(lines))


def _tags(title: str, tags: Mapping[str, Any] | None, context: FactsContext) -> list[Line]:
    if not tags:
        return [labelled(title, ("none", "muted"))]
    simple = all(isinstance(value, str) for value in tags.values())
    if simple and len(tags) <= (context.limits.items or len(tags)):
        text = ", ".join(f"{key}={value}" for key, value in tags.items())
        if not context.limits.cells or len(text) <= context.limits.cells:
            return [labelled(title, said(text, context))]
    lines = [indented(line) for line in json_lines(tags, context)]
    return [((title, "label"),), *lines]


def _labels(labels: Mapping[str, Any] | None, context: FactsContext) -> list[Line]:
    if not labels:
        return [labelled("labels", ("none", "muted"))]
    known = [
        labelled(title, said(labels[key], context))
        for key, title in _RUNBOOK_LABELS.items()
        if key in labels
    ]
    others = {key: value for key, value in labels.items() if key not in _RUNBOOK_LABELS}
    return [*known, *_tags("labels", others, context)] if others else known
