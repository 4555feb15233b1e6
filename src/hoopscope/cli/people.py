"""People as they are known by on the command line, and as the gateway wants them."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hoopscope.cli.failures import UsageFailed
from hoopscope.cli.invocation import access_from, gateway_from

if TYPE_CHECKING:
    from hoopscope.config.settings import Settings
    from hoopscope.gateway.client import Gateway
    from hoopscope.gateway.models.people import User
    from hoopscope.sessions.filters import Filters


async def people_for(filters: Filters, gateway: Gateway) -> list[User]:
    """Everybody, where a filter needs them; otherwise nobody, and nothing is asked.

    Raises:
        UsageFailed: nobody has the e-mail that was given.
        GatewayError: they cannot be read; Forbidden for roles that may not.
    """
    if not filters.names_somebody:
        return []
    from hoopscope.gateway.errors import Forbidden

    try:
        people = await gateway.users()
    except Forbidden as error:
        if not ({"@", " "} & set(filters.user)) and not _approver_by_name(filters):
            # It can still be a subject id, which needs nobody to be looked up.
            return []
        raise Forbidden(
            "Your role may not list the users, so that nobody can be looked up.",
            "Give --user a subject id and --approver an e-mail.",
            status=error.status,
        ) from error
    user = filters.user.strip().casefold()
    if "@" in user and all(user not in _names(person) for person in people):
        raise UsageFailed(
            f"--user: nobody has the e-mail {filters.user.strip()};"
            " give it as it is in the gateway, or the subject id."
        )
    return people


def with_people(filters: Filters, settings: Settings) -> Filters:
    """The filters with the subject id and the address of whoever they name, looked up now.

    Raises:
        UsageFailed, GatewayError: as `people_for`; InvalidFilter: it is not clear who is meant.
    """
    from hoopscope.sessions.filters import to_query

    async def ask() -> list[User]:
        async with gateway_from(settings, access_from(settings)) as gateway:
            return await people_for(filters, gateway)

    people = asyncio.run(ask()) if filters.names_somebody else []
    query = to_query(filters, now=datetime.now(UTC), utc=settings.utc, people=people)
    if not people:
        return filters
    return filters.replace(user_id=query.user or "", approver=query.approver or "")


def _approver_by_name(filters: Filters) -> bool:
    approver = filters.approver.strip()
    return bool(approver) and "@" not in approver


def _names(person: User) -> tuple[str, str]:
    return ((person.email or "").casefold(), (person.id or "").casefold())
