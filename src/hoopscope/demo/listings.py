"""What is around the sessions: users, groups, connections, who am I, what server is this."""

from __future__ import annotations

from typing import Any

from hoopscope.demo.access import Caller
from hoopscope.demo.connections import DELETED, Connection, connections
from hoopscope.demo.options import Options
from hoopscope.demo.people import (
    ORGANISATION_ID,
    ORGANISATION_NAME,
    Person,
    everybody,
    group_names,
)
from hoopscope.demo.query import Refused

API_URL = "https://hoop.tidewater.example"
_AGENT = "9b0c8c1e-5a0d-5d0a-8f1a-2b4a1f6f3a77"
_MOST = 100


def _user(person: Person) -> dict[str, Any]:
    """An auditor's role reads standard here."""
    return {
        "id": person.id,
        "name": person.name,
        "email": person.email,
        "status": "active",
        "verified": True,
        "role": "admin" if person.role == "admin" else "standard",
        "slack_id": "",
        "picture": "",
        "groups": list(person.groups),
    }


def users() -> list[dict[str, Any]]:
    """People only, no keys and no machines."""
    return [_user(person) for person in everybody() if person.kind == "person"]


def groups() -> list[str]:
    return list(group_names())


def userinfo(caller: Caller) -> dict[str, Any]:
    person = caller.person
    return {
        **_user(person),
        "role": person.role,
        "is_admin": person.role == "admin",
        "is_multitenant": False,
        "tenancy_type": "selfhosted",
        "org_id": ORGANISATION_ID,
        "org_name": ORGANISATION_NAME,
        "org_license": "",
        "feature_ask_ai": "unavailable",
        "webapp_users_management": "on",
        "intercom_hmac_digest": "0" * 64,
        "default_protection_profile": None,
        "show_origin_survey": person.kind == "person",
        "show_setup_checklist": person.role == "admin",
    }


def _connection(found: Connection, *, bare: bool) -> dict[str, Any]:
    """`bare` is the array that is no page: it has null where a page has an empty array."""
    return {
        "id": found.id,
        "name": found.name,
        "command": [] if found.type in ("database", "application") else [found.scripts],
        "resource_name": found.resource,
        "type": found.type,
        "subtype": found.subtype,
        "secret": {},
        "default_database": "",
        "agent_id": _AGENT,
        "status": "online",
        "reviewers": [],
        "redact_enabled": "m" in found.features,
        "redact_types": [],
        "managed_by": None,
        "tags": [],
        "connection_tags": found.tags,
        "access_mode_runbooks": "enabled",
        "access_mode_exec": "enabled",
        "access_mode_connect": "enabled",
        "access_schema": "enabled",
        "guardrail_rules": ["2f0c6f52-6a0e-4f49-9c3f-7a1f6d1c9a10"]
        if "g" in found.features
        else [],
        "jira_issue_template_id": "",
        "force_approve_groups": None,
        "access_max_duration": None,
        "min_review_approvals": None,
        "mandatory_metadata_fields": None if bare else [],
        "attributes": [],
        "effective_features": None,
    }


def connection_list(given: dict[str, bytes]) -> Any:
    """A bare array, or a page of it once `page` or `page_size` is asked for.

    Raises:
        Refused: 422 for a page or a size out of range.
    """
    wanted = given.get("search", b"").decode("utf-8", "replace").lower()
    found = sorted((one for one in connections() if one.name != DELETED), key=lambda one: one.name)
    bare = "page" not in given and "page_size" not in given
    data = [
        _connection(one, bare=bare)
        for one in found
        if wanted in one.name.lower() or wanted in f"{one.type} {one.subtype} {one.resource}"
    ]
    if bare:
        return data
    page, size = _whole(given.get("page", b"1")), _whole(given.get("page_size", b"50"))
    if page < 1:
        raise Refused(422, "page must be >= 1")
    if not 1 <= size <= _MOST:
        raise Refused(422, f"page_size must be between 1 and {_MOST}")
    pages = {"total": len(data), "page": page, "size": size}
    return {"pages": pages, "data": data[(page - 1) * size : page * size]}


def _whole(value: bytes) -> int:
    return int(value) if value.isdigit() and len(value) < 9 else 0


def publicserverinfo(options: Options) -> dict[str, Any]:
    return {"auth_method": options.auth, "setup_required": False}


def serverinfo(options: Options) -> dict[str, Any]:
    """Versions on both sides of the one that brought `count`."""
    return {
        "version": "1.138.2" if options.old else "1.152.0",
        "commit_sha": "",
        "log_level": "info",
        "go_debug": "",
        "auth_method": options.auth,
        "redact_provider": "mspresidio",
        "has_redact_credentials": True,
        "has_webhook_app_key": False,
        "has_idp_audience": False,
        "has_idp_custom_scopes": False,
        "has_ask_ai_credentials": False,
        "has_ssh_client_host_key": True,
        "postgres_proxy_enabled": True,
        "api_url": API_URL,
        "grpc_url": "grpcs://hoop.tidewater.example:8443",
        "tenancy_type": "selfhosted",
        "license_info": {
            "key_id": "",
            "allowed_hosts": ["*"],
            "type": "oss",
            "issued_at": 1767225600,
            "expire_at": 2082758400,
            "is_valid": True,
            "status": "valid",
            "verify_error": "",
            "verified_host": "hoop.tidewater.example",
            "features": [],
        },
        "idp_provider_name": "unknown",
        "disable_sessions_download": not options.downloads,
        "disable_clipboard_copy_cut": not options.clipboard,
        "analytics_tracking": "disabled",
        "analytics_mode": "anonymous",
        "feature_flags": {
            "beta.oracle_native": True,
            "experimental.http_session_analyzer": True,
            "experimental.mcp_gateway": True,
            "experimental.tunnel_token_renewal": False,
        },
    }
