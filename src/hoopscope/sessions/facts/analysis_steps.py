"""The steps of an analysing agent: what it thought, called, and was answered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from hoopscope.sessions.facts.panel import FactsContext, Limits, Line, Span
from hoopscope.sessions.facts.quantities import amount, number
from hoopscope.sessions.facts.wording import few, labelled, more, name, paragraph

if TYPE_CHECKING:
    from hoopscope.gateway.models.analysis import AnalysisStep

_TITLES = {"thinking": "thought", "tool_call": "called", "tool_result": "answer"}
_LINES_OF_A_STEP = 3
_CELLS_OF_A_STEP = 160


def step_lines(steps: Sequence[AnalysisStep], context: FactsContext) -> list[Line]:
    """How many steps there were, then each of them in a line or a few."""
    if not steps:
        return []
    failed = sum(step.is_error is True for step in steps)
    head: list[Span] = [(number(len(steps)), "")]
    if failed:
        head.append((f", {amount(failed, 'error')}", "failure"))
    lines: list[Line] = [labelled("steps", *head)]
    shown = few(steps, context)
    narrowed = context
    if not context.is_whole:
        narrow = Limits(_LINES_OF_A_STEP, context.limits.items, _CELLS_OF_A_STEP)
        narrowed = replace(context, limits=narrow)
    for step in shown:
        lines += _step(step, narrowed)
    if len(shown) < len(steps):
        lines.append(more(len(steps) - len(shown), "step"))
    return lines


def _step(step: AnalysisStep, context: FactsContext) -> list[Line]:
    title = _TITLES.get(step.type or "") or name(step.type or "no type")[0]
    head: list[Span] = []
    if step.is_error:
        head.append(("✗ error ", "failure"))
    if step.tool_name:
        head += [name(step.tool_name, "strong"), (" ", "")]
    texts = [
        paragraph(_text(value, context), context)
        for value in (step.thinking, step.tool_input, step.tool_output)
    ]
    lines = [line for text in texts for line in text]
    if not lines:
        return [labelled(title, *head)]
    return [
        labelled(title, *head, *lines[0]),
        *(labelled("", *line) for line in lines[1:]),
    ]


def _text(value: object, context: FactsContext) -> str:
    """What a step holds, as text; JSON that came as JSON is written as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    limits = context.limits
    room = limits.lines * limits.cells * 4
    text = ""
    try:
        for piece in json.JSONEncoder(ensure_ascii=False).iterencode(value):
            text += piece
            if room and len(text) > room:
                break
    except (RecursionError, ValueError):
        text += "…"
    return text
