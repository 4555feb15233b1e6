"""What a session belongs to: an issue, a workflow, a batch, a credential."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from hoopscope.gateway.row import SessionRow
from hoopscope.sessions.facts.json_lines import one_line
from hoopscope.sessions.facts.panel import FactsContext, Line, Panel, Span, nothing
from hoopscope.sessions.facts.quantities import to_the_second
from hoopscope.sessions.facts.wording import labelled, name, said

if TYPE_CHECKING:
    from hoopscope.gateway.models.session import Session

ID = "links"
TITLE = "Belongs to"

_CREDENTIAL_TIMES = (
    ("credentials_expire_at", "expires "),
    ("credentials_revoked_at", "revoked "),
)


def links_panel(row: SessionRow, context: FactsContext, session: Session | None = None) -> Panel:
    """Jira, correlation, batch and credential; a list's row has most of it."""
    lines: list[Line] = []
    url = None
    if session is not None and session.integrations_metadata is not None:
        url = session.integrations_metadata.jira_issue_url
    if row.jira_key or url:
        spans: list[Span] = [name(row.jira_key or "no key")]
        if url:
            spans += [(" ", ""), said(url, context, "muted")]
        lines.append(labelled("Jira", *spans))
    if row.correlation_id:
        lines.append(labelled("workflow", said(row.correlation_id, context)))
    if row.batch_id:
        lines.append(labelled("batch", said(row.batch_id, context)))
    if row.credential_session:
        lines.append(labelled("lent in", ("session ", "muted"), name(row.credential_session)))
    if session is not None:
        lines += _credential(session.metadata or {}, context)
    elif row.has_credential:
        lines.append(
            labelled("lent", ("revoked" if row.credential_revoked else "a credential", ""))
        )
    if not lines:
        return nothing(ID, TITLE, "nothing")
    return Panel(ID, TITLE, lines=tuple(lines))


def _credential(metadata: dict[str, Any], context: FactsContext) -> list[Line]:
    lines: list[Line] = []
    for key, what in _CREDENTIAL_TIMES:
        value = metadata.get(key)
        if value not in (None, ""):
            lines.append(labelled("lent", (what, ""), _moment(value, context)))
    return lines


def _moment(value: object, context: FactsContext) -> Span:
    """A time in free-form data; what is none is shown as it came."""
    if isinstance(value, str):
        try:
            return (to_the_second(datetime.fromisoformat(value), context.utc), "")
        except ValueError:
            return said(value, context)
    return one_line(value, context)
