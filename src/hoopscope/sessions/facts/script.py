"""What was to be run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hoopscope.sessions.facts.panel import FactsContext, Panel, nothing
from hoopscope.sessions.facts.quantities import amount, size
from hoopscope.sessions.facts.wording import line_count, paragraph

if TYPE_CHECKING:
    from hoopscope.gateway.models.session import Session

ID = "script"
TITLE = "Script"

_LINES = 60
"""Among other panels, however much room they have; a pager is the place for more."""

_MEASURED = 1_000_000
"""Characters."""


def script_panel(session: Session, context: FactsContext) -> Panel:
    """Its first lines; where the context has no limits, all of it."""
    text = session.script_text
    if text is None:
        return nothing(ID, TITLE, "not given by the gateway")
    if not text:
        return nothing(
            ID, TITLE, "none: an interactive session" if session.verb == "connect" else "none"
        )
    headline = f"{amount(line_count(text), 'line')}, {size(_bytes(text))}"
    limits = context.limits
    if limits.lines > _LINES:
        context = replace(context, limits=replace(limits, lines=_LINES))
    lines = paragraph(text, context)
    return Panel(ID, TITLE, headline=((headline, "muted"),), lines=tuple(lines))


def _bytes(text: str) -> int:
    """Its own size (what the gateway gives counts JSON's escapes too); estimated for the huge."""
    if text.isascii():
        return len(text)
    if len(text) <= _MEASURED:
        return len(text.encode())
    return len(text) * len(text[:_MEASURED].encode()) // _MEASURED
