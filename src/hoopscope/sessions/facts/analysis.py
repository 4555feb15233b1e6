"""What an AI analyser thought of a session, or of the requests in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hoopscope.sessions.facts.analysis_steps import step_lines
from hoopscope.sessions.facts.panel import FactsContext, Line, Panel, Span, nothing
from hoopscope.sessions.facts.quantities import amount
from hoopscope.sessions.facts.wording import counts, labelled, name, paragraph, said

if TYPE_CHECKING:
    from hoopscope.gateway.models.analysis import AIAnalysis
    from hoopscope.gateway.models.metrics import AnalyzerCounts, WorstRequest

ID = "analysis"
TITLE = "AI analysis"

_RISKS = {"high": ("HIGH", "failure"), "medium": ("MEDIUM", "waiting"), "low": ("low", "")}
_ACTIONS = {
    "allow_execution": ("allowed", ""),
    "block_execution": ("⊘ blocked", "blocked"),
    "require_access_request": ("wanted an access request", "waiting"),
}


def analysis_panel(
    analysis: AIAnalysis | None, requests: AnalyzerCounts | None, context: FactsContext
) -> Panel:
    """The judgement on the whole (`analysis`), and the one on single requests, counted."""
    if analysis is None and requests is None:
        return nothing(ID, TITLE)
    headline: tuple[Span, ...] = ()
    lines: list[Line] = []
    if analysis is not None:
        headline = risk_headline(analysis.risk_level or "", analysis.action or "")
        lines += _judgement(analysis, context)
    if requests is not None:
        worst = requests.worst
        if not headline and worst is not None:
            headline = risk_headline(worst.risk_level or "", worst.outcome or "")
        lines += _requests(requests, context)
    return Panel(ID, TITLE, headline=headline, lines=tuple(lines))


def risk_headline(risk: str, action: str) -> tuple[Span, ...]:
    """A risk and what followed from it; values that we do not know are shown as they came."""
    spans = [_RISKS.get(risk) or name(risk or "no risk level", "strong")]
    if action:
        spans += [(" · ", ""), _ACTIONS.get(action) or name(action)]
    return tuple(spans)


def _judgement(analysis: AIAnalysis, context: FactsContext) -> list[Line]:
    lines: list[Line] = []
    if analysis.title:
        lines.append((said(analysis.title, context, "strong"),))
    lines += paragraph(analysis.explanation or "", context)
    if analysis.summary and analysis.summary != analysis.explanation:
        lines += _labelled_paragraph("summary", analysis.summary, context)
    if analysis.model:
        lines.append(labelled("model", name(analysis.model)))
    lines += step_lines(analysis.steps or [], context)
    return lines


def _requests(requests: AnalyzerCounts, context: FactsContext) -> list[Line]:
    lines: list[Line] = []
    if requests.total_requests is not None:
        spans: list[Span] = [(amount(requests.total_requests, "request"), "")]
        if requests.blocked_count:
            spans.append((f" · {amount(requests.blocked_count, 'blocked', 'blocked')}", "blocked"))
        lines.append(labelled("judged", *spans))
    if requests.risk_counts:
        lines.append(labelled("risks", counts(requests.risk_counts, context)))
    if requests.outcome_counts:
        lines.append(labelled("outcomes", counts(requests.outcome_counts, context)))
    if requests.worst is not None:
        lines += _worst(requests.worst, context)
    return lines


def _worst(worst: WorstRequest, context: FactsContext) -> list[Line]:
    lines = [labelled("worst", *risk_headline(worst.risk_level or "", worst.outcome or ""))]
    if worst.rule_name:
        lines.append(labelled("rule", name(worst.rule_name)))
    if worst.title:
        lines.append(labelled("", said(worst.title, context, "strong")))
    return [*lines, *_labelled_paragraph("", worst.explanation or "", context)]


def _labelled_paragraph(title: str, text: str, context: FactsContext) -> list[Line]:
    lines = paragraph(text, context)
    return [labelled("" if index else title, *line) for index, line in enumerate(lines)]
