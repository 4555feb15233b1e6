"""Who a session belongs to: a person, a machine, or an API key.

Source: gateway behaviour. A machine has no user; an API key gives its name where a person has an
e-mail, and `identity_type` calls both of the latter `user`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from hoopscope.untrusted import harmless

if TYPE_CHECKING:
    from hoopscope.gateway.row import SessionRow


class Identity(StrEnum):
    """The kinds of who."""

    PERSON = "person"
    MACHINE = "machine"
    API_KEY = "API key"


def identity_of(row: SessionRow) -> Identity:
    """Which kind of who started a session."""
    if row.identity_type == "machine" or row.machine_identity_id or not row.user:
        return Identity.MACHINE
    return Identity.PERSON if "@" in row.user else Identity.API_KEY


def name_of(row: SessionRow) -> str:
    """Who started a session, harmless: an e-mail, else a name, else an id, else ""."""
    return harmless(row.user or row.user_name or row.user_id or row.machine_identity_id)
