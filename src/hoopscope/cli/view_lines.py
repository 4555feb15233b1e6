"""The views of the settings file, for `hoopscope config`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hoopscope.cli.messages import complain
from hoopscope.config.toml_file import read_again
from hoopscope.sessions.filters import active_filters
from hoopscope.sessions.own_views import VIEWS, own_views
from hoopscope.sessions.view_reading import try_dates

if TYPE_CHECKING:
    from hoopscope.config.settings import Settings

Line = tuple[str, str, str]
"""A name, a value, and where that is from."""


def view_lines(settings: Settings) -> list[Line]:
    """A line for each view that can be used; what is wrong with others is said on standard error.

    Dates are tried too.
    """
    if not settings.views:
        return []
    dates = partial(try_dates, utc=settings.utc)
    own = own_views(settings.views, settings.config_file, dates=dates)
    for warning in own.warnings:
        complain(warning)
    file = read_again(settings.config_file)
    lines = []
    for view in own.views:
        if view.name in settings.views:
            what = " ".join(f"{label}{text}" for label, text in active_filters(view.filters))
            number = own.views.number_of(view)
            on_key = f"  (key {number})" if number else ""
            place = file.place(view.name, (VIEWS,))
            lines.append((f"{VIEWS}.{view.name}", f"{what or 'all sessions'}{on_key}", place))
    return lines
