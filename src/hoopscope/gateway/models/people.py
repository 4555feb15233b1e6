"""Users, and who the credential is.

Source: public reference and observed gateway behaviour. `id` is the subject id, which is what a
list of sessions is filtered by.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field

from hoopscope.gateway.models.base import GatewayModel, Text


class User(GatewayModel):
    """Somebody in the organisation. An auditor's role reads `standard` in the list of users."""

    id: Text | None = None
    name: Text | None = None
    email: Text | None = None
    status: Text | None = None
    verified: bool | None = None
    role: Text | None = None
    slack_id: Text | None = None
    picture: Text | None = None
    groups: list[Text] | None = None


class UserInfo(User):
    """The owner of the credential: a person, or a key. `role` is admin, auditor or standard."""

    is_admin: bool | None = None
    is_multitenant: bool | None = None
    tenancy_type: Text | None = None
    org_id: Text | None = None
    org_name: Text | None = None
    org_license: Text | None = None
    feature_ask_ai: Text | None = None
    webapp_users_management: Text | None = None
    intercom_hmac_digest: Text | None = Field(default=None, repr=False)
    default_protection_profile: Any = None
    show_origin_survey: bool | None = None
    show_setup_checklist: bool | None = None

    @property
    def known_as(self) -> str:
        """The e-mail, or what there is instead, as it came; "" where there is nothing."""
        return self.email or self.name or ""
