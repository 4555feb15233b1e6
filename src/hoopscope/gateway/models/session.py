"""A whole session, as `GET /api/sessions/{id}` gives it (and, with less in it, a list).

Source: public reference and observed gateway behaviour.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hoopscope.gateway.errors import UnexpectedAnswer
from hoopscope.gateway.models.analysis import AIAnalysis
from hoopscope.gateway.models.base import FreeForm, GatewayModel, Moment, Text
from hoopscope.gateway.models.guardrails import GuardrailMatch
from hoopscope.gateway.models.metrics import Metrics
from hoopscope.gateway.models.review import Review


class Script(GatewayModel):
    """What was to be run; `data` is "" for a connect."""

    data: Text | None = None


class Integrations(GatewayModel):
    """What other products know of the session."""

    jira_issue_key: Text | None = None
    jira_issue_url: Text | None = None


class Session(GatewayModel):
    """A session.

    script_size and event_size are in bytes (the script's of JSON-escaped text; event_size is 0
    while the session is live). `user` is an e-mail, or the name of a key; "" for machines.
    `role_name` equals `connection`; `resource_name` is today's, "" once the connection is gone.
    In lists `script` and `ai_analysis` are always None, which says nothing.
    """

    id: Text | None = None
    org_id: Text | None = None
    start_date: Moment = None
    end_date: Moment = None
    type: Text | None = None
    connection: Text | None = None
    connection_subtype: Text | None = None
    connection_tags: FreeForm | None = None
    resource_name: Text | None = None
    role_name: Text | None = None
    verb: Text | None = None
    status: Text | None = None
    exit_code: int | None = None
    identity_type: Text | None = None
    user: Text | None = None
    user_id: Text | None = None
    user_name: Text | None = None
    machine_identity_id: Text | None = None
    correlation_id: Text | None = None
    session_batch_id: Text | None = None
    script: Script | None = None
    script_size: int | None = None
    event_size: int | None = None
    event_stream: list[Any] | None = None
    review: Review | None = None
    guardrails_info: list[GuardrailMatch] | None = None
    ai_analysis: AIAnalysis | None = None
    metrics: Metrics | None = None
    labels: FreeForm | None = None
    metadata: FreeForm | None = None
    integrations_metadata: Integrations | None = None

    @property
    def script_text(self) -> str | None:
        """The script; None where this session was given without it."""
        return None if self.script is None else self.script.data


@dataclass(frozen=True, slots=True)
class SessionDetail:
    """A whole session, and the JSON that it was made from."""

    session: Session
    raw: dict[str, Any]

    @classmethod
    def from_json(cls, value: object) -> SessionDetail:
        """Raises UnexpectedAnswer for what is no session at all."""
        if not isinstance(value, dict) or not isinstance(value.get("id"), str):
            raise UnexpectedAnswer(
                "The address answers, but with something that is no session.",
                "Check that the address is a hoop gateway's, without anything after the host.",
            )
        return cls(session=Session.model_validate(value), raw=value)
