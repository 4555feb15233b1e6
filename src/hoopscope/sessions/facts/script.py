"""What was to be run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hoopscope.sessions.facts.panel import FactsContext, Panel, nothing
from hoopscope.sessions.facts.quantities import amount, size
from hoopscope.sessions.facts.wording import line_count, paragraph

if TYPE_CHECKING:
    from hoopscope.gateway.models.session import Session

ID = "script"
TITLE = "Script"


def script_panel(session: Session, context: FactsContext) -> Panel:
    """Its first lines; where the context has no limits, all of it."""
    text = session.script_text
    if text is None:
        return nothing(ID, TITLE, "not given by the gateway")
    if not text:
        return nothing(
            ID, TITLE, "none: an interactive session" if session.verb == "connect" else "none"
        )
    # Its own size: what the gateway gives counts JSON's escapes too.
    length = len(text) if text.isascii() else len(text.encode())
    headline = f"{amount(line_count(text), 'line')}, {size(length)}"
    lines = paragraph(text, context)
    return Panel(ID, TITLE, headline=((headline, "muted"),), lines=tuple(lines))
