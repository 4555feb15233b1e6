"""The browser with filters from the command line."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from hoopscope.cli.browse import browse_with
from hoopscope.cli.failures import UsageFailed
from hoopscope.cli.filter_options import filters_from, in_terms_of_options, several
from hoopscope.cli.invocation import access_from, settings_from
from hoopscope.cli.people import needs_people, people_for

if TYPE_CHECKING:
    from hoopscope.config.settings import Settings
    from hoopscope.gateway.models.people import User
    from hoopscope.sessions.filters import Filters


def browse_filtered(flags: Mapping[str, object], values: Mapping[str, Any]) -> int:
    """The browser, its filters set; its exit code.

    Raises:
        SettingsError, UsageFailed, GatewayError, CannotStart.
    """
    settings = settings_from(flags)
    if not values:
        return browse_with(settings)
    if several(values):
        raise UsageFailed("the browser takes one --user, --connection and --type; list takes more.")
    filters = filters_from(values)
    people = _people(filters, settings) if needs_people(filters) else []
    return browse_with(settings, _checked(filters, people, settings))


def _people(filters: Filters, settings: Settings) -> list[User]:
    from hoopscope.gateway.client import Gateway

    async def ask() -> list[User]:
        async with Gateway(access_from(settings), deadline=settings.deadline_seconds) as gateway:
            return await people_for(filters, gateway)

    return asyncio.run(ask())


def _checked(filters: Filters, people: list[User], settings: Settings) -> Filters:
    """The same filters, with the subject id of whoever was looked up."""
    from hoopscope.sessions.filters import InvalidFilter, to_local_filter, to_query

    try:
        query = to_query(filters, now=datetime.now(UTC), utc=settings.utc, people=people)
        to_local_filter(filters)
    except InvalidFilter as error:
        raise in_terms_of_options(error) from error
    if not people:
        return filters
    return filters.replace(user_id=query.user or "", approver=query.approver or "")
