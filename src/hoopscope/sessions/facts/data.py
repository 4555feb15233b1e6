"""What a gateway measured: sizes, masked and detected data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hoopscope.gateway.row import SessionRow
from hoopscope.sessions.facts.panel import FactsContext, Line, Panel, Span, nothing
from hoopscope.sessions.facts.quantities import amount, size
from hoopscope.sessions.facts.wording import counts, labelled, name
from hoopscope.sessions.outcome import Outcome, outcome_of

if TYPE_CHECKING:
    from hoopscope.gateway.models.metrics import DataMasking, Metrics

ID = "data"
TITLE = "Data"


def data_panel(metrics: Metrics | None, row: SessionRow, context: FactsContext) -> Panel:
    """Sizes, masking and detection; "none" tells a session that never ran from a live one."""
    if metrics is None:
        live = outcome_of(row, context.now).outcome in (Outcome.RUNNING, Outcome.USABLE)
        return nothing(ID, TITLE, "none yet: measured when it ends" if live else "none")
    if not metrics.model_fields_set and not metrics.unreadable:
        return nothing(ID, TITLE, "none: it never ran")
    masking = metrics.data_masking
    masked = (masking and masking.total_redact_count) or 0
    recorded = metrics.event_size if metrics.event_size is not None else row.event_size
    headline: list[Span] = [(f"{size(recorded)} recorded", "muted")]
    if metrics.truncated:
        headline.append((", cut short", "waiting"))
    if masked:
        headline.append((f", {amount(masked, 'value')} masked", ""))
    lines = [] if masking is None else _masking(masking, context)
    if metrics.data_analyzer:
        lines.append(labelled("detected", counts(metrics.data_analyzer, context)))
    lines += _screen(metrics)
    return Panel(ID, TITLE, headline=tuple(headline), lines=tuple(lines))


def _masking(masking: DataMasking, context: FactsContext) -> list[Line]:
    lines: list[Line] = []
    if masking.info_types:
        lines.append(labelled("masked", counts(masking.info_types, context)))
    if masking.transformed_bytes:
        lines.append(labelled("changed", (size(masking.transformed_bytes), "")))
    if masking.err_count:
        lines.append(labelled("errors", (amount(masking.err_count, "error"), "failure")))
    return lines


def _screen(metrics: Metrics) -> list[Line]:
    """What only remote desktops have."""
    lines: list[Line] = []
    if metrics.canvas_width is not None and metrics.canvas_height is not None:
        width, height = amount(metrics.canvas_width, "×", "×"), metrics.canvas_height
        lines.append(labelled("screen", (f"{width} {amount(height, 'pixel')}", "")))
    if metrics.bitmap_count is not None:
        lines.append(labelled("bitmaps", (amount(metrics.bitmap_count, "bitmap"), "")))
    if metrics.rdp_analysis_status:
        lines.append(labelled("analysis", name(metrics.rdp_analysis_status)))
    return lines
