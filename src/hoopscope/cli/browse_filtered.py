"""The browser with filters from the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hoopscope.cli.beginning_view import beginning_view, on_top
from hoopscope.cli.browse import browse, browse_with
from hoopscope.cli.failures import UsageFailed
from hoopscope.cli.filter_options import filters_from, in_terms_of_options, several
from hoopscope.cli.invocation import settings_from
from hoopscope.cli.people import with_people
from hoopscope.config.kept_state import as_left


def browse_filtered(
    flags: Mapping[str, object], values: Mapping[str, Any], session_id: str = ""
) -> int:
    """The browser, its filters set on top of those of its view, and that session open in it.

    Raises:
        SettingsError, UsageFailed, GatewayError, CannotStart.
    """
    if not values:
        return browse(flags, session_id)
    from hoopscope.sessions.filters import InvalidFilter, to_local_filter

    view, settings = beginning_view(as_left(settings_from(flags), view=False))
    if several(values):
        raise UsageFailed("the browser takes one --user, --connection and --type; list takes more.")
    filters = filters_from(on_top(view, values))
    try:
        filters = with_people(filters, settings)
        to_local_filter(filters)
    except InvalidFilter as error:
        raise in_terms_of_options(error) from error
    return browse_with(settings, filters, view, session_id)
