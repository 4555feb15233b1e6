"""The view that a command begins with, and filters of the command line on top of it.

Nothing here loads the command line library: a view of the settings may be on everybody's way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from hoopscope.cli.failures import UsageFailed
from hoopscope.config.kept_state import KEPT
from hoopscope.untrusted import harmless

if TYPE_CHECKING:
    from hoopscope.config.settings import Settings
    from hoopscope.sessions.filters import Filters
    from hoopscope.sessions.views import View

FLAG = "--view"
_SEVERAL = ("user", "connection", "type")


def beginning_view(settings: Settings) -> tuple[View | None, Settings]:
    """The view that the settings choose, None where they choose none; and the settings.

    One that is chosen in a file or in the environment and cannot be used is complained about in
    the warnings of the settings, so that the browser starts nevertheless.

    Raises:
        UsageFailed: --view names none that can be used; says which there are.
    """
    if not settings.view:
        return None, settings
    from hoopscope.sessions.own_views import own_views

    views, _, broken = own_views(settings.views, settings.config_file)
    view = views.named(settings.view)
    name = harmless(settings.view, 60)
    if view is None:
        problem = broken.get(settings.view) or (
            f"there is no view {name}; there are {', '.join(map(harmless, views.names))}."
        )
    elif not (problem := _problem(view, settings)):
        return view, settings
    source = settings.sources["view"].source
    if source == KEPT:
        # It was there the last time, and nobody asks for it now.
        return None, settings
    problem = f"{source}: {problem}"
    if source == FLAG:
        raise UsageFailed(problem)
    return None, replace(settings, warnings=(*settings.warnings, problem))


def filters_of(view: View | None, settings: Settings) -> tuple[View | None, Filters | None]:
    """A view and its filters, whoever is named in them looked up; the gateway may be asked.

    Neither where it was only remembered and they cannot be looked up.

    Raises:
        UsageFailed, InvalidFilter, GatewayError: they cannot be looked up.
    """
    if view is None or not view.filters.names_somebody:
        return view, view and view.filters
    from hoopscope.cli.people import with_people
    from hoopscope.gateway.errors import GatewayError
    from hoopscope.sessions.filters import InvalidFilter

    try:
        return view, with_people(view.filters, settings)
    except (UsageFailed, InvalidFilter, GatewayError):
        if settings.sources["view"].source == KEPT:
            return None, None
        raise


def chosen_view(settings: Settings) -> View | None:
    """The view of --view alone, for commands that begin with no view by themselves.

    Raises:
        UsageFailed: there is none of that name that can be used.
    """
    if settings.view and settings.sources["view"].source == FLAG:
        return beginning_view(settings)[0]
    return None


def on_top(view: View | None, given: Mapping[str, Any]) -> dict[str, Any]:
    """The filters of a view with those that were given in their place, as the options have them."""
    if view is None:
        return dict(given)
    from hoopscope.sessions.view_keys import EXCLUSIVE, LOOK_KEYS
    from hoopscope.sessions.view_writing import view_table

    values = {
        name: tuple(value) if isinstance(value, list) else (value,) if name in _SEVERAL else value
        for name, value in view_table(view).items()
        if name not in LOOK_KEYS
    }
    for one, other in (*EXCLUSIVE, ("user", "user_id")):
        if one in given or other in given:
            values.pop(one, None)
            values.pop(other, None)
    return {**values, **given}


def _problem(view: View, settings: Settings) -> str:
    """What is wrong with the dates of a view; "" where nothing is."""
    from hoopscope.sessions.filters import Filters, InvalidFilter, to_query

    dates = Filters(start=view.filters.start, end=view.filters.end)
    try:
        to_query(dates, now=datetime.now(UTC), utc=settings.utc)
    except InvalidFilter as error:
        from hoopscope.sessions.view_reading import key_of

        return f"the view {harmless(view.name)}: {key_of(error.field)} {error.reason}."
    return ""
