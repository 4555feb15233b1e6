"""What an AI analyser thought of a session before it ran.

Source: public reference and observed gateway behaviour. All of its texts were written by a model
that had read what somebody else wrote.
"""

from __future__ import annotations

from typing import Any

from hoopscope.gateway.models.base import GatewayModel, Moment, Text


class AnalysisStep(GatewayModel):
    """A step of an agent: thinking, a tool_call, or a tool_result (which may be an error)."""

    type: Text | None = None
    thinking: Text | None = None
    tool_name: Text | None = None
    tool_input: Any = None
    tool_output: Any = None
    is_error: bool | None = None
    timestamp: Moment = None


class AIAnalysis(GatewayModel):
    """The judgement, and the action that followed from it.

    `risk_level` is low, medium or high; `action` is allow_execution, block_execution or
    require_access_request. Summary, model and steps come from the agentic analyser only.
    """

    risk_level: Text | None = None
    title: Text | None = None
    explanation: Text | None = None
    action: Text | None = None
    summary: Text | None = None
    model: Text | None = None
    steps: list[AnalysisStep] | None = None
