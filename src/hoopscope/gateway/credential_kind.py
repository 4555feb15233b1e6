"""What a credential is, as far as it can be told from itself. Nothing is verified here.

Source: observed gateway behaviour: tokens of people are JWTs, API keys begin with `hpk_`, the
server's own keys with `xapi-` or a UUID and a bar.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime
from typing import NamedTuple

from hoopscope.gateway.auth import is_server_key

TOKEN, API_KEY, SERVER_KEY = "token", "API key", "server key"

_LONGEST = 64 * 1024
_YEAR_9999 = 253_370_764_800


class CredentialKind(NamedTuple):
    """What is known of a credential without asking its gateway.

    name: `token` (a JWT, or whatever else a gateway's sign-in gives), `API key`, `server key`.
    expires: when a token says that it ends; None where it does not say so.
    """

    name: str
    expires: datetime | None = None


def credential_kind(credential: str) -> CredentialKind:
    """What a credential is. Any text will do."""
    if credential.startswith("hpk_"):
        return CredentialKind(API_KEY)
    if is_server_key(credential):
        return CredentialKind(SERVER_KEY)
    return CredentialKind(TOKEN, _moment(_claims(credential).get("exp")))


def _claims(credential: str) -> dict[str, object]:
    """The middle part of a JWT; empty where it is none."""
    parts = credential.split(".")
    if len(parts) != 3 or len(credential) > _LONGEST:
        return {}
    try:
        decoded = urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4))
        claims = json.loads(decoded)
    except (ValueError, RecursionError):
        return {}
    return claims if isinstance(claims, dict) else {}


def _moment(seconds: object) -> datetime | None:
    # What lies outside of these years has no local time everywhere.
    if not isinstance(seconds, int | float) or not 86_400 <= seconds < _YEAR_9999:
        return None
    return datetime.fromtimestamp(seconds, UTC)
