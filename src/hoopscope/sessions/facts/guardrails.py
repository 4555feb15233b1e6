"""What guardrails found in a session's input or output."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hoopscope.sessions.facts.panel import FactsContext, Line, Panel, Span, nothing
from hoopscope.sessions.facts.quantities import amount
from hoopscope.sessions.facts.wording import (
    few,
    indented,
    labelled,
    more,
    name,
    names,
    paragraph,
    said,
)

if TYPE_CHECKING:
    from hoopscope.gateway.models.guardrails import GuardrailMatch, GuardrailRule

ID = "guardrails"
TITLE = "Guardrails"

_KINDS = {"deny_words_list": "denied words", "pattern_match": "pattern"}
_DIRECTIONS_NAMED = 3


def guardrails_panel(matches: Sequence[GuardrailMatch] | None, context: FactsContext) -> Panel:
    """Each match: its rule and direction, what it looked for, what it found, what it said."""
    if not matches:
        return nothing(ID, TITLE)
    shown = few(matches, context)
    lines = [line for match in shown for line in _match_lines(match, context)]
    if len(shown) < len(matches):
        lines.append(more(len(matches) - len(shown), "match", "matches"))
    return Panel(ID, TITLE, headline=_headline(matches), lines=tuple(lines))


def _headline(matches: Sequence[GuardrailMatch]) -> tuple[Span, ...]:
    directions = sorted({match.direction or "no direction" for match in matches})
    where = ", ".join(name(direction)[0] for direction in directions[:_DIRECTIONS_NAMED])
    if len(directions) > _DIRECTIONS_NAMED:
        where += ", …"
    return ((f"{amount(len(matches), 'match', 'matches')}, {where}", "blocked"),)


def _match_lines(match: GuardrailMatch, context: FactsContext) -> list[Line]:
    head: list[Span] = [name(match.rule_name or "no rule name", "strong")]
    head += [(" · ", ""), name(match.direction or "no direction")]
    rule = match.rule
    if rule is not None:
        kind = _KINDS.get(rule.type or "")
        head += [(" · ", ""), (kind, "") if kind else name(rule.type or "no kind")]
    lines: list[Line] = [tuple(head)]
    if match.matched_words:
        lines.append(indented(labelled("found", (names(match.matched_words, context), "blocked"))))
    if rule is not None:
        lines += _looked_for(rule, match, context)
    if match.message:
        message = paragraph(match.message, context)
        lines += [
            indented(labelled("says" if not index else "", *line))
            for index, line in enumerate(message)
        ]
    return lines


def _looked_for(rule: GuardrailRule, match: GuardrailMatch, context: FactsContext) -> list[Line]:
    lines: list[Line] = []
    if rule.words and rule.words != match.matched_words:
        lines.append(indented(labelled("words", (names(rule.words, context), ""))))
    if rule.pattern_regex:
        lines.append(indented(labelled("pattern", said(rule.pattern_regex, context))))
    return lines
