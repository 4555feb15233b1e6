"""From the filters of a command line to what the gateway is asked, and what is filtered here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hoopscope.config.settings import Settings
    from hoopscope.gateway.client import Gateway
    from hoopscope.gateway.query import SessionQuery
    from hoopscope.sessions.local_filter import LocalFilter


async def query_from(
    given: Mapping[str, Any], gateway: Gateway, settings: Settings, now: int
) -> tuple[SessionQuery, LocalFilter | None]:
    """The query, and the filter for what it gives, None where there is nothing to filter.

    `now` is in microseconds since 1970 UTC. Raises UsageFailed, GatewayError.
    """
    if not given:
        from hoopscope.gateway.query import SessionQuery

        return SessionQuery(), None
    from hoopscope.cli.filter_options import filters_from, in_terms_of_options, several
    from hoopscope.cli.people import people_for
    from hoopscope.sessions.filters import InvalidFilter, to_local_filter, to_query

    filters = filters_from(given)
    moment = datetime.fromtimestamp(now / 1_000_000, UTC)
    try:
        local = to_local_filter(filters)
        if more := several(given):
            from hoopscope.sessions.local_filter import LocalFilter

            local = (local or LocalFilter())._replace(**more)
        people = await people_for(filters, gateway)
        return to_query(filters, now=moment, utc=settings.utc, people=people), local
    except InvalidFilter as error:
        raise in_terms_of_options(error) from error
