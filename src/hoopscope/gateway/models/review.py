"""The review of a session: who has to agree, and who has.

Source: public reference and observed gateway behaviour. Lists give it without time_window,
min_approvals, access_request_rule_name and force_approval_groups.
"""

from __future__ import annotations

from hoopscope.gateway.models.base import FreeForm, GatewayModel, Moment, Text


class Reviewer(GatewayModel):
    """A person who decided."""

    id: Text | None = None
    name: Text | None = None
    email: Text | None = None
    slack_id: Text | None = None


class ReviewGroup(GatewayModel):
    """A group that has to agree. `forced_review`: somebody decided over its head."""

    id: Text | None = None
    group: Text | None = None
    status: Text | None = None
    reviewed_by: Reviewer | None = None
    review_date: Moment = None
    forced_review: bool | None = None


class TimeWindow(GatewayModel):
    """When an approved request may run; `time_range` has start_time and end_time (HH:MM, UTC)."""

    type: Text | None = None
    configuration: FreeForm | None = None


class Review(GatewayModel):
    """A review. `access_duration` is in nanoseconds.

    `revoke_at` is the moment of approval for a one-time review, and the planned end for a jit
    one, which revoking does not change. The order of the groups means nothing.
    """

    id: Text | None = None
    type: Text | None = None
    status: Text | None = None
    access_duration: int | None = None
    revoke_at: Moment = None
    created_at: Moment = None
    review_groups_data: list[ReviewGroup] | None = None
    time_window: TimeWindow | None = None
    access_request_rule_name: Text | None = None
    min_approvals: int | None = None
    force_approval_groups: list[Text] | None = None
    rejection_reason: Text | None = None

    @property
    def approvals(self) -> int:
        """How many groups have agreed."""
        return sum(group.status == "APPROVED" for group in self.review_groups_data or [])
