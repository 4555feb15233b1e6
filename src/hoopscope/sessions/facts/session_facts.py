"""All panels of a session, those that matter in it first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from hoopscope.gateway.row import SessionRow
from hoopscope.sessions.facts import analysis, data, guardrails, metadata, review, script
from hoopscope.sessions.facts.links import links_panel
from hoopscope.sessions.facts.panel import FactsContext, Line, Panel, PanelState, nothing
from hoopscope.sessions.facts.quantities import amount
from hoopscope.sessions.facts.summary import summary_panel
from hoopscope.sessions.facts.where import where_panel
from hoopscope.sessions.facts.who import who_panel
from hoopscope.sessions.outcome import Outcome, outcome_of

if TYPE_CHECKING:
    from hoopscope.gateway.models.session import SessionDetail

_AS_USUAL = (
    "review",
    "guardrails",
    "analysis",
    "script",
    "who",
    "where",
    "data",
    "links",
    "metadata",
    "other",
)
_FIRST: dict[Outcome, tuple[str, ...]] = {
    Outcome.FAILED: ("script", "data"),
    Outcome.STOPPED: ("script", "data"),
    Outcome.BLOCKED: ("guardrails", "analysis", "script"),
    Outcome.CREDENTIAL: ("links",),
}
"""What explains an outcome; elsewhere the order is as usual, which begins with the review."""

_WORDS = {
    PanelState.NOT_LOADED: "not loaded yet",
    PanelState.FORBIDDEN: "not allowed to see",
    PanelState.FAILED: "could not be loaded",
}


def panels_of(
    detail: SessionDetail, context: FactsContext, row: SessionRow | None = None
) -> list[Panel]:
    """Every panel of a whole session, the summary first, those with nothing in them last.

    `row` is the session's row, where there is one already; else it is made from the detail.
    """
    session = detail.session
    row = row or SessionRow.from_json(detail.raw)
    metrics = session.metrics
    panels = [
        review.review_panel(session.review, row, context),
        guardrails.guardrails_panel(session.guardrails_info, context),
        analysis.analysis_panel(
            session.ai_analysis, metrics.ai_analyzer if metrics else None, context
        ),
        script.script_panel(session, context),
        who_panel(row, context, session.org_id),
        where_panel(row, context, session),
        data.data_panel(metrics, row, context),
        links_panel(row, context, session),
        metadata.metadata_panel(detail, context),
        metadata.other_panel(detail, context),
    ]
    return [summary_panel(row, context), *_ordered(panels, row, context)]


def panels_of_row(
    row: SessionRow, context: FactsContext, state: PanelState = PanelState.NOT_LOADED
) -> list[Panel]:
    """The same panels as far as a list knows; `state` says why there is no more.

    Source: gateway behaviour. A list leaves out scripts and analyses and slims reviews down, but
    has guardrail matches and metadata; the rows that are made from it keep their number only.
    """
    word = _WORDS[state]

    def unloaded(panel_id: str, title: str, known: Line = ()) -> Panel:
        rest = (f" · the rest {word}" if known else word, "muted")
        return Panel(panel_id, title, state, (*known, rest))

    risk = analysis.risk_headline(row.ai_risk, row.ai_outcome) if row.ai_risk else ()
    hits: Line = ()
    if row.guardrail_hits:
        hits = ((amount(row.guardrail_hits, "match", "matches"), "blocked"),)
    standing = review.review_headline(row, context) if row.review_status else ()
    panels = [
        unloaded(review.ID, review.TITLE, standing)
        if standing
        else nothing(review.ID, review.TITLE),
        unloaded(guardrails.ID, guardrails.TITLE, hits)
        if hits
        else nothing(guardrails.ID, guardrails.TITLE),
        unloaded(analysis.ID, analysis.TITLE, risk),
        unloaded(script.ID, script.TITLE),
        who_panel(row, context),
        where_panel(row, context),
        unloaded(data.ID, data.TITLE),
        links_panel(row, context),
        unloaded(metadata.METADATA, metadata.METADATA_TITLE),
        unloaded(metadata.OTHER, metadata.OTHER_TITLE),
    ]
    return [summary_panel(row, context), *_ordered(panels, row, context)]


def _ordered(panels: Iterable[Panel], row: SessionRow, context: FactsContext) -> list[Panel]:
    first = _FIRST.get(outcome_of(row, context.now).outcome, ())
    places = {panel_id: place for place, panel_id in enumerate(dict.fromkeys(first + _AS_USUAL))}
    return sorted(panels, key=lambda panel: (panel.state is PanelState.NONE, places[panel.id]))
