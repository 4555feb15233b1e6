"""The groups of a review: who decided for each, when, and whether over somebody's head."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hoopscope.sessions.facts.panel import FactsContext, Line, Span
from hoopscope.sessions.facts.quantities import to_the_second
from hoopscope.sessions.facts.wording import few, label, more, name

if TYPE_CHECKING:
    from hoopscope.gateway.models.review import Reviewer, ReviewGroup

_DECISIONS = {
    "APPROVED": ("✓ ", "success"),
    "REJECTED": ("⊘ rejected by ", "blocked"),
    "REVOKED": ("⊘ revoked by ", "blocked"),
}


def group_lines(groups: Sequence[ReviewGroup], waiting: bool, context: FactsContext) -> list[Line]:
    """A line a group: decided ones first, by time; the gateway's own order means nothing.

    Unless the review is still `waiting`, the groups that said nothing will not be asked any more.
    """
    if not groups:
        return [(("no groups", "muted"),)]
    ordered = sorted(groups, key=_place)
    shown = few(ordered, context)
    lines = [
        (label(group.group or "no name"), *_decision(group, waiting, context)) for group in shown
    ]
    if len(shown) < len(ordered):
        lines.append(more(len(ordered) - len(shown), "group"))
    return lines


def _place(group: ReviewGroup) -> tuple[bool, str, str]:
    moment = "" if group.review_date is None else group.review_date.isoformat()
    return (group.status == "PENDING", moment, group.group or "")


def _decision(group: ReviewGroup, waiting: bool, context: FactsContext) -> list[Span]:
    if group.status == "PENDING":
        spans: list[Span] = [("… nobody yet", "waiting") if waiting else ("nobody", "muted")]
    elif group.status in _DECISIONS:
        sign, tone = _DECISIONS[group.status]
        spans = [(sign, tone), *_reviewer(group.reviewed_by, context)]
    else:
        spans = [("? ", "waiting"), name(group.status or "no status"), (" ", "")]
        spans += _reviewer(group.reviewed_by, context)
    if group.review_date is not None:
        spans.append((f" · {to_the_second(group.review_date, context.utc)}", "muted"))
    if group.forced_review:
        spans.append((" · forced", "waiting"))
    return spans


def _reviewer(reviewer: Reviewer | None, context: FactsContext) -> list[Span]:
    if reviewer is None:
        return [("nobody named", "muted")]
    person = reviewer.email or reviewer.id
    if context.is_whole and reviewer.name and person and reviewer.name != person:
        return [name(reviewer.name), (" ", ""), name(person, "muted")]
    return [name(person or reviewer.name or "nobody named")]
