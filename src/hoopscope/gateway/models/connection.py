"""A connection, as the list of connections gives it.

Source: public reference and observed gateway behaviour.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from hoopscope.gateway.models.base import FreeForm, GatewayModel, Text


def _left_out(value: Any) -> dict[str, Any]:
    return {}


# Whatever a gateway may put there, it is not for a browser of sessions to hold.
Secret = Annotated[dict[str, Any], BeforeValidator(_left_out)]


class Connection(GatewayModel):
    """Something that sessions go to. `secret` is always empty here."""

    id: Text | None = None
    name: Text | None = None
    type: Text | None = None
    subtype: Text | None = None
    resource_name: Text | None = None
    command: list[Text] | None = None
    secret: Secret = Field(default_factory=dict, repr=False)
    default_database: Text | None = None
    agent_id: Text | None = None
    status: Text | None = None
    reviewers: list[Text] | None = None
    redact_enabled: bool | None = None
    redact_types: list[Text] | None = None
    managed_by: Text | None = None
    tags: Any = None
    connection_tags: FreeForm | None = None
    access_mode_runbooks: Text | None = None
    access_mode_exec: Text | None = None
    access_mode_connect: Text | None = None
    access_schema: Text | None = None
    access_max_duration: int | None = None
    guardrail_rules: list[Text] | None = None
    jira_issue_template_id: Text | None = None
    force_approve_groups: list[Text] | None = None
    min_review_approvals: int | None = None
    mandatory_metadata_fields: list[Text] | None = None
    attributes: Any = None
    effective_features: Any = None
