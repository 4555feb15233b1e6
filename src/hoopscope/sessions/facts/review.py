"""The review of a session: what was asked for, who decided, and until when it holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hoopscope.gateway.row import SessionRow
from hoopscope.sessions.facts.json_lines import json_lines, one_line
from hoopscope.sessions.facts.panel import FactsContext, Line, Panel, Span, nothing
from hoopscope.sessions.facts.quantities import (
    SECOND,
    duration,
    nanoseconds,
    to_microseconds,
    to_the_second,
)
from hoopscope.sessions.facts.review_groups import group_lines
from hoopscope.sessions.facts.wording import labelled, name, names, paragraph
from hoopscope.sessions.outcome import Outcome, outcome_of, review_has_expired

if TYPE_CHECKING:
    from hoopscope.gateway.models.review import Review, TimeWindow

ID = "review"
TITLE = "Review"

_AGES = 100 * 366 * 86_400 * SECOND
"""What lasts longer has no end in anybody's eyes."""

_TYPES = {"onetime": "one-time", "jit": "access for a time"}


def review_panel(review: Review | None, row: SessionRow, context: FactsContext) -> Panel:
    """All of a review; `row` is the session that it belongs to."""
    if review is None:
        return nothing(ID, TITLE)
    lines: list[Line] = []
    if review.rejection_reason:
        reason = paragraph(review.rejection_reason, context)
        lines += [labelled("reason", *line) for line in reason[:1]]
        lines += [labelled("", *line) for line in reason[1:]]
    waiting = outcome_of(row, context.now).outcome is Outcome.WAITING
    lines += group_lines(review.review_groups_data or [], waiting, context)
    lines.append(labelled("kind", *_kind(review)))
    lines += _access(review, row, context)
    if review.time_window is not None:
        lines.append(labelled("window", *_window(review.time_window, context)))
    if review.created_at is not None:
        lines.append(labelled("asked", (to_the_second(review.created_at, context.utc), "")))
    forcing = review.force_approval_groups
    lines.append(labelled("force", *_names(forcing, context)))
    if review.id and context.is_whole:
        lines.append(labelled("id", name(review.id, "muted")))
    return Panel(ID, TITLE, headline=review_headline(row, context), lines=tuple(lines))


def review_headline(row: SessionRow, context: FactsContext) -> tuple[Span, ...]:
    """How the review stands; a list's row is enough to tell."""
    count = f"{row.review_approved} of {row.review_needed}"
    match row.review_status:
        case "":
            return (("none", "muted"),)
        case "PENDING" if row.status == "done":
            return (("– withdrawn before it was decided", "muted"),)
        case "PENDING":
            return ((f"… waiting: {count}", "waiting"),)
        case "APPROVED" if review_has_expired(row, context.now):
            return (("– approved, expired", "muted"),)
        case "APPROVED":
            return (("✓ approved", "success"),)
        case "REJECTED":
            return (("⊘ rejected", "blocked"),)
        case "REVOKED":
            return (("⊘ revoked", "blocked"),)
        case "PROCESSING":
            return (("▶ approved, being executed", "running"),)
        case "EXECUTED" if outcome_of(row, context.now).outcome is Outcome.NOT_RUN:
            return (("– sent off before approval: never ran", "waiting"),)
        case "EXECUTED":
            return (("✓ approved and executed", ""),)
        case unknown:
            return (("? ", "waiting"), name(unknown))


def _kind(review: Review) -> list[Span]:
    kind = _TYPES.get(review.type or "")
    spans = [(kind, "")] if kind else [name(review.type or "no type")]
    if review.access_request_rule_name:
        spans += [(" · rule ", ""), name(review.access_request_rule_name)]
    if review.min_approvals is not None:
        needed = f"{review.min_approvals:,}" if abs(review.min_approvals) < 10**9 else "very many"
        spans += [(" · min approvals ", ""), (needed, "")]
    else:
        spans.append((" · all groups", ""))
    return spans


def _access(review: Review, row: SessionRow, context: FactsContext) -> list[Line]:
    """Until when access is granted, or when the one run was approved."""
    revoke_at = review.revoke_at
    moment = "" if revoke_at is None else to_the_second(revoke_at, context.utc)
    if review.type == "onetime":
        return [labelled("approved", (moment, ""))] if moment else []
    lines: list[Line] = []
    if review.access_duration:
        lines.append(labelled("access", (f"for {nanoseconds(review.access_duration)}", "")))
    if revoke_at is None:
        return lines
    spans: list[Span] = [(moment, "")]
    left = to_microseconds(revoke_at) - context.now
    if review.status == "REVOKED":
        spans.append((" was the planned end; it was revoked", "muted"))
    elif review.status == "APPROVED" and row.status != "done" and 0 < left < _AGES:
        spans.append((f" · {duration(left)} left", "success"))
    elif review.status == "APPROVED" and left <= 0:
        spans.append((" · expired", "muted"))
    return [*lines, labelled("until", *spans)]


def _window(window: TimeWindow, context: FactsContext) -> list[Span]:
    settings = dict(window.configuration or {})
    if window.type == "time_range" and {"start_time", "end_time"} <= settings.keys():
        start, end = settings.pop("start_time"), settings.pop("end_time")
        spans = [
            ("daily ", ""),
            one_line(start, context),
            ("–", ""),
            one_line(end, context),
            (" UTC", ""),
        ]
    else:
        spans = [name(window.type or "no type", "strong")]
    for line in json_lines(settings, context):
        text = "".join(span[0] for span in line)
        spans.append((f" · {' '.join(text.split())}", ""))
    return spans


def _names(groups: Sequence[str] | None, context: FactsContext) -> list[Span]:
    if not groups:
        return [("by nobody", "muted")]
    return [("by ", ""), (names(groups, context), "")]
