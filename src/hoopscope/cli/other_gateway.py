"""What the browser of another profile begins with, once the operator goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hoopscope.cli.beginning_view import beginning_view
from hoopscope.cli.failures import CommandError
from hoopscope.cli.messages import remember_secret
from hoopscope.cli.people import with_people
from hoopscope.sessions.filters import Filters, InvalidFilter
from hoopscope.tui.launch import Beginning, CannotStart

if TYPE_CHECKING:
    from hoopscope.config.settings import Settings


def beginning_of(settings: Settings, name: str) -> Beginning:
    """The settings of a profile, its view, and the filters of that; may ask its gateway.

    Raises:
        SettingsError, GatewayError, CannotStart: it cannot be opened; the text says why.
    """
    settings = settings.for_profile(name)
    remember_secret(settings.token)
    try:
        view, settings = beginning_view(settings)
        filters = view.filters if view else Filters()
        if filters.names_somebody:
            filters = with_people(filters, settings)
    except (CommandError, InvalidFilter) as error:
        raise CannotStart(str(error)) from error
    return Beginning(settings, filters, view)
