"""Carries out `hoopscope whoami`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from hoopscope.cli import exit_codes
from hoopscope.cli.invocation import access_from, settings_with_warnings
from hoopscope.cli.output import opened
from hoopscope.untrusted import harmless

if TYPE_CHECKING:
    from hoopscope.config.settings import Settings
    from hoopscope.gateway.access import GatewayAccess
    from hoopscope.gateway.credential_kind import CredentialKind
    from hoopscope.gateway.models.people import UserInfo
    from hoopscope.gateway.models.server import ServerInfo


class Found(NamedTuple):
    """What there is to tell. `server` is None where the gateway does not say what it is."""

    settings: Settings
    access: GatewayAccess
    user: UserInfo
    server: ServerInfo | None
    credential: CredentialKind


def write_identity(flags: Mapping[str, object], format_name: str) -> int:
    """Write who one is; gives the exit code.

    Raises:
        SettingsError, UsageFailed, GatewayError, OutputFailed, OutputClosed.
    """
    from hoopscope.gateway.credential_kind import credential_kind

    settings = settings_with_warnings(flags)
    access = access_from(settings)
    user, server = asyncio.run(_asked(access, settings.deadline_seconds))
    found = Found(settings, access, user, server, credential_kind(access.credential))
    with opened(None) as sink:
        if format_name == "json":
            from hoopscope.cli.formats.json_lines import indented

            sink.write(indented(as_json(found)) + "\n")
        else:
            lines = as_lines(found)
            width = max(len(name) for name, _ in lines)
            for name, value in lines:
                sink.write(f"{name:{width}}  {harmless(value)}\n")
    return exit_codes.OK


def as_lines(found: Found, now: datetime | None = None) -> list[tuple[str, str]]:
    """What each thing is called, and what it is; not yet harmless. What is unknown is left out."""
    settings, user, server = found.settings, found.user, found.server
    lines = [
        ("gateway", found.access.url + (" (TLS not verified)" if settings.skip_tls_verify else "")),
        ("profile", settings.profile_of_gateway),
        ("version", (server.version or "") if server else ""),
        ("user", user.name or user.id or ""),
        ("e-mail", user.email or ""),
        ("role", user.role or ""),
        ("groups", ", ".join(user.groups or ())),
        ("organisation", user.org_name or user.org_id or ""),
        ("credential", _credential_text(found, now or datetime.now(UTC))),
        ("source", _source(settings)),
        ("writes", "nothing (read-only)" if settings.read_only else ""),
        ("console", "restricted" if settings.restricted else ""),
    ]
    return [(name, value) for name, value in lines if value]


def as_json(found: Found) -> dict[str, Any]:
    """The same for programs: every key is always there, what is unknown is null."""
    settings, user, server = found.settings, found.user, found.server
    expires = found.credential.expires
    return {
        "gateway": {
            "url": found.access.url,
            "profile": settings.profile_of_gateway or None,
            "version": server.version if server else None,
            "tls_verified": found.access.url.startswith("https:") and not settings.skip_tls_verify,
        },
        "user": {
            "id": user.id,
            "name": user.name,
            "email": user.email,
            "role": user.role,
            "groups": user.groups or [],
        },
        "organisation": {"id": user.org_id, "name": user.org_name},
        "credential": {
            "kind": found.credential.name,
            "source": _source(settings) or None,
            "expires_at": None if expires is None else expires.isoformat().replace("+00:00", "Z"),
        },
        "read_only": settings.read_only,
        "restricted": settings.restricted,
    }


def _source(settings: Settings) -> str:
    # A restricted console names no file.
    return "" if settings.restricted else settings.sources["token"].source


def _credential_text(found: Found, now: datetime) -> str:
    expires = found.credential.expires
    if expires is None:
        return found.credential.name
    shown = expires if found.settings.utc else expires.astimezone()
    verb = "expired" if expires <= now else "expires"
    return f"{found.credential.name}, {verb} {shown:%Y-%m-%d %H:%M:%S %Z}"


async def _asked(access: GatewayAccess, deadline: float) -> tuple[UserInfo, ServerInfo | None]:
    from hoopscope.gateway.client import Gateway
    from hoopscope.gateway.errors import GatewayError

    async with Gateway(access, deadline=deadline) as gateway:
        user = await gateway.userinfo()
        try:
            return user, await gateway.serverinfo()
        except GatewayError:
            # Who one is has been told; a gateway without a version is no reason to fail.
            return user, None
