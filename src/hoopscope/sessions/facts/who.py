"""Who started a session."""

from __future__ import annotations

from hoopscope.gateway.row import SessionRow
from hoopscope.sessions.facts.panel import FactsContext, Line, Panel
from hoopscope.sessions.facts.wording import labelled, name, said
from hoopscope.sessions.identity import Identity, identity_of, name_of

TITLE = "Who"


def who_panel(row: SessionRow, context: FactsContext, organisation: str | None = None) -> Panel:
    """A person, a machine or a key: e-mail, name, subject and ids, each only once."""
    kind = identity_of(row)
    shown = name_of(row)
    lines: list[Line] = []
    told = {shown}
    for title, value in (
        ("name", row.user_name),
        ("key id" if kind is Identity.API_KEY else "subject", row.user_id),
        ("machine", row.machine_identity_id),
    ):
        if value and value not in told:
            told.add(value)
            lines.append(labelled(title, said(value, context)))
    if organisation and context.is_whole:
        lines.append(labelled("org", name(organisation, "muted")))
    headline = (name(shown or "nobody named"), (f" · {kind.value}", "muted"))
    return Panel("who", TITLE, headline=headline, lines=tuple(lines))
