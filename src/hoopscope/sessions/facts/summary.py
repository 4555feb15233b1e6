"""What became of a session and when: all of it is in the list already."""

from __future__ import annotations

from hoopscope.gateway.row import NO_START, SessionRow
from hoopscope.sessions.facts.panel import FactsContext, Line, Panel, Span
from hoopscope.sessions.facts.quantities import duration, exact, of_microseconds
from hoopscope.sessions.facts.wording import name
from hoopscope.sessions.identity import name_of
from hoopscope.sessions.outcome import Outcome, Tone, outcome_of
from hoopscope.untrusted import harmless

TONE_OF_OUTCOME = {
    Tone.PLAIN: "",
    Tone.QUIET: "muted",
    Tone.RUNNING: "running",
    Tone.WAITING: "waiting",
    Tone.NOTICE: "notice",
    Tone.BLOCKED: "blocked",
    Tone.FAILURE: "failure",
}

_TELLING = (Outcome.SUCCEEDED, Outcome.FAILED)
"""Outcomes whose word and exit code say it all."""

_DATE_LENGTH = len("2026-11-23 ")


def summary_panel(row: SessionRow, context: FactsContext) -> Panel:
    """The outcome, how long it took, what was done where by whom; then times and ids."""
    outcome = outcome_of(row, context.now)
    tone = TONE_OF_OUTCOME[outcome.tone]
    headline: list[Span] = [
        (f"{outcome.sign} {outcome.text}", tone),
        _took(row, outcome.outcome, context),
    ]
    kind = row.subtype or row.type
    where = f"{row.verb or 'session'} on {row.connection or 'no connection'}"
    headline.append((f" · {harmless(where, 120)}{f' ({harmless(kind, 40)})' if kind else ''}", ""))
    headline.append((f" · {harmless(name_of(row), 80) or 'nobody named'}", ""))
    lines: list[Line] = [(*_times(row, context), (" · ", "muted"), name(row.id, "muted"))]
    if outcome.outcome not in _TELLING:
        lines.append(((outcome.meaning, "muted"),))
    return Panel("summary", "", headline=tuple(headline), lines=tuple(lines))


def _took(row: SessionRow, outcome: Outcome, context: FactsContext) -> Span:
    if row.start == NO_START:
        return ("", "")
    if row.end is not None:
        return (f" after {duration(row.end - row.start)}", "")
    if outcome in (Outcome.RUNNING, Outcome.WAITING):
        return (f" for {duration(max(0, context.now - row.start))}", "")
    return ("", "")


def _times(row: SessionRow, context: FactsContext) -> list[Span]:
    utc = context.utc
    start = "no start" if row.start == NO_START else exact(of_microseconds(row.start), utc)
    if row.end is None:
        return [(start, ""), (" → no end", "muted")]
    end = exact(of_microseconds(row.end), utc)
    if end[:_DATE_LENGTH] == start[:_DATE_LENGTH]:
        end = end[_DATE_LENGTH:]
    # The zone once, at the end, unless summer time began or ended meanwhile.
    zone = end.rpartition(" ")[2]
    return [(f"{start.removesuffix(f' {zone}')} → {end}", "")]
