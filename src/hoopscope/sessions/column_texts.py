"""How a session becomes the text of each column. Every text is harmless."""

from __future__ import annotations

from typing import NamedTuple

from hoopscope.gateway.row import NO_START, SessionRow
from hoopscope.sessions.figures import NOTHING, count_text, duration_text, moment_text
from hoopscope.sessions.identity import Identity, identity_of, name_of
from hoopscope.sessions.outcome import OutcomeView, outcome_of, review_has_expired
from hoopscope.untrusted import ELLIPSIS, cell_width, fit, harmless


class ColumnContext(NamedTuple):
    """What a column's text depends on besides the session.

    `now` is in microseconds since 1970 UTC; with `ascii` every sign of our own is ASCII.
    """

    now: int
    utc: bool = True
    ascii: bool = False

    @property
    def ellipsis(self) -> str:
        """What a cut text ends in."""
        return "~" if self.ascii else ELLIPSIS

    @property
    def nothing(self) -> str:
        """What stands where there is no value."""
        return "-" if self.ascii else NOTHING


def when(row: SessionRow, context: ColumnContext, width: int = 19) -> str:
    """The start, as exactly as the width allows."""
    if row.start == NO_START:
        return "no start"
    return moment_text(row.start, context.now, context.utc, width)


def who(row: SessionRow, context: ColumnContext, width: int = 0) -> str:
    """Who it was, and what if no person; an e-mail that does not fit loses its domain first."""
    name = name_of(row) or "?"
    identity = identity_of(row)
    if identity is Identity.MACHINE:
        suffix = " (m)" if context.ascii else " ⚙"
    else:
        suffix = " key" if identity is Identity.API_KEY else ""
    room = width - cell_width(suffix)
    if width and cell_width(name) > room > 0:
        local, at, _ = name.partition("@")
        if at and local and cell_width(local) + 2 <= room:
            name = local + at + context.ellipsis
        else:
            name = fit(name, room, ellipsis=context.ellipsis).rstrip()
    return name + suffix


def connection(row: SessionRow, context: ColumnContext) -> str:
    """The connection's name."""
    return harmless(row.connection)


def kind(row: SessionRow, context: ColumnContext) -> str:
    """What the connection leads to: its subtype, else its type."""
    return harmless(row.subtype or row.type)


def verb(row: SessionRow, context: ColumnContext, width: int = 7) -> str:
    """How it was used: exec or connect."""
    return "conn" if width < 7 and row.verb == "connect" else harmless(row.verb)


def outcome(row: SessionRow, context: ColumnContext) -> str:
    """What became of it, with its sign."""
    view = outcome_of(row, context.now)
    return f"{sign_of(view, context)} {view.text}"


def sign_of(view: OutcomeView, context: ColumnContext) -> str:
    """The one-cell sign of an outcome."""
    return view.ascii_sign if context.ascii else view.sign


def took(row: SessionRow, context: ColumnContext) -> str:
    """From start to end; until now while it runs. A wait for a review counts."""
    if row.start == NO_START:
        return context.nothing
    end = row.end
    if end is None:
        if outcome_of(row, context.now).outcome != "running":
            return context.nothing
        end = max(context.now, row.start)
    text = duration_text(end - row.start)
    return context.nothing if text == NOTHING else text


def review(row: SessionRow, context: ColumnContext) -> str:
    """How its review stands; "" without one."""
    status = row.review_status
    if not status:
        return ""
    if status == "PENDING":
        if row.status != "open":
            return f"{context.nothing} nobody"
        return f"{'~' if context.ascii else '…'} {row.review_approved} of {row.review_needed}"
    if review_has_expired(row, context.now):
        return f"{context.nothing} expired"
    if status == "EXECUTED" and row.status == "open" and row.review_revoke_at is None:
        return f"{context.nothing} used up"
    known = _REVIEWS.get(status)
    if known is None:
        return f"? {harmless(status)}"
    return f"{known[1] if context.ascii else known[0]} {known[2]}"


_REVIEWS = {
    "APPROVED": ("✓", "+", "approved"),
    "EXECUTED": ("✓", "+", "executed"),
    "PROCESSING": ("▶", ">", "running"),
    "REJECTED": ("⊘", "#", "rejected"),
    "REVOKED": ("⊘", "#", "revoked"),
}


def flags(row: SessionRow, context: ColumnContext) -> str:
    """Guardrail hits (G2), AI risk (A! high, A medium, a low), values masked (M12), T cut off."""
    parts = []
    if row.guardrail_hits > 0:
        parts.append(f"G{count_text(row.guardrail_hits)}")
    if row.ai_risk:
        parts.append(_RISKS.get(row.ai_risk, "A?"))
    if row.masked > 0:
        parts.append(f"M{count_text(row.masked)}")
    if row.truncated:
        parts.append("T")
    return " ".join(parts)


_RISKS = {"high": "A!", "medium": "A", "low": "a"}


def jira(row: SessionRow, context: ColumnContext) -> str:
    """The key of its Jira issue."""
    return harmless(row.jira_key)


def correlation(row: SessionRow, context: ColumnContext) -> str:
    """The id that it shares with the other sessions of a workflow."""
    return harmless(row.correlation_id)


def batch(row: SessionRow, context: ColumnContext) -> str:
    """The id that it shares with the other sessions of a batch."""
    return harmless(row.batch_id)


def size(row: SessionRow, context: ColumnContext) -> str:
    """Bytes recorded."""
    return f"{count_text(row.event_size)}B" if row.event_size > 0 else context.nothing


def session_id(row: SessionRow, context: ColumnContext) -> str:
    """Its id."""
    return harmless(row.id)
