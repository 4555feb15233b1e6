"""What the browser of another profile begins with, once the operator goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hoopscope.cli.beginning_view import beginning_view, filters_of
from hoopscope.cli.failures import CommandError
from hoopscope.cli.messages import remember_secret
from hoopscope.config.kept_state import as_left
from hoopscope.sessions.filters import Filters, InvalidFilter
from hoopscope.tui.launch import Beginning, CannotStart

if TYPE_CHECKING:
    from hoopscope.config.settings import Settings


def beginning_of(settings: Settings, name: str) -> Beginning:
    """The settings of a profile, its view, and the filters of that; may ask its gateway.

    Raises:
        SettingsError, GatewayError, CannotStart: it cannot be opened; the text says why.
    """
    settings = as_left(settings.for_profile(name), view=True)
    remember_secret(settings.token)
    try:
        view, settings = beginning_view(settings)
        view, filters = filters_of(view, settings)
    except (CommandError, InvalidFilter) as error:
        raise CannotStart(str(error)) from error
    return Beginning(settings, filters or Filters(), view)
