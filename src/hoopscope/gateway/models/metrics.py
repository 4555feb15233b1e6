"""What a gateway measured of a session.

Source: public reference and observed gateway behaviour. `null` for a session that is live or was
blocked by AI, an empty object for one that never ran.
"""

from __future__ import annotations

from hoopscope.gateway.models.base import GatewayModel, Text


class DataMasking(GatewayModel):
    """What was masked: a count for each kind of information, and the bytes that were changed."""

    info_types: dict[Text, int] | None = None
    total_redact_count: int | None = None
    transformed_bytes: int | None = None
    err_count: int | None = None


class WorstRequest(GatewayModel):
    """The gravest judgement among many requests."""

    outcome: Text | None = None
    risk_level: Text | None = None
    title: Text | None = None
    explanation: Text | None = None
    rule_name: Text | None = None


class AnalyzerCounts(GatewayModel):
    """Judgements of single requests (HTTP and MCP sessions), counted."""

    total_requests: int | None = None
    risk_counts: dict[Text, int] | None = None
    outcome_counts: dict[Text, int] | None = None
    blocked_count: int | None = None
    worst: WorstRequest | None = None


class Metrics(GatewayModel):
    """Measurements. `event_size` is in bytes; `truncated`: the recording was cut short.

    `data_analyzer` counts what was detected, which was not necessarily masked.
    """

    event_size: int | None = None
    truncated: bool | None = None
    data_masking: DataMasking | None = None
    data_analyzer: dict[Text, int] | None = None
    ai_analyzer: AnalyzerCounts | None = None
    bitmap_count: int | None = None
    canvas_width: int | None = None
    canvas_height: int | None = None
    rdp_analysis_status: Text | None = None
