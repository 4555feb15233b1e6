"""What a gateway says about itself.

Source: public reference and observed gateway behaviour.
"""

from __future__ import annotations

from hoopscope.gateway.models.base import FreeForm, GatewayModel, Text


class LicenseInfo(GatewayModel):
    """The licence. issued_at and expire_at are seconds since 1970."""

    key_id: Text | None = None
    allowed_hosts: list[Text] | None = None
    type: Text | None = None
    issued_at: int | None = None
    expire_at: int | None = None
    is_valid: bool | None = None
    status: Text | None = None
    verify_error: Text | None = None
    verified_host: Text | None = None
    features: list[Text] | None = None


class PublicServerInfo(GatewayModel):
    """What anybody may know: `auth_method` is local, oidc, saml, …"""

    auth_method: Text | None = None
    setup_required: bool | None = None


class ServerInfo(GatewayModel):
    """The version, and what is switched on."""

    version: Text | None = None
    commit_sha: Text | None = None
    log_level: Text | None = None
    go_debug: Text | None = None
    auth_method: Text | None = None
    redact_provider: Text | None = None
    has_redact_credentials: bool | None = None
    has_webhook_app_key: bool | None = None
    has_idp_audience: bool | None = None
    has_idp_custom_scopes: bool | None = None
    has_ask_ai_credentials: bool | None = None
    has_ssh_client_host_key: bool | None = None
    postgres_proxy_enabled: bool | None = None
    api_url: Text | None = None
    grpc_url: Text | None = None
    tenancy_type: Text | None = None
    license_info: LicenseInfo | None = None
    idp_provider_name: Text | None = None
    disable_sessions_download: bool | None = None
    disable_clipboard_copy_cut: bool | None = None
    analytics_tracking: Text | None = None
    analytics_mode: Text | None = None
    feature_flags: FreeForm | None = None
