"""Opens the browser. Nothing here loads the command line library: it would only delay."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from hoopscope.cli.invocation import settings_from
from hoopscope.config.kept_state import as_left

if TYPE_CHECKING:
    from hoopscope.config.settings import Settings
    from hoopscope.sessions.filters import Filters
    from hoopscope.sessions.views import View
    from hoopscope.tui.launch import Beginning


def browse(flags: Mapping[str, object], session_id: str = "") -> int:
    """The browser on the configured gateway, or the screen that asks for one; its exit code.

    Args:
        session_id: of a session that is opened at once, "" for none.

    Raises:
        SettingsError, UsageFailed, GatewayError, CannotStart.
    """
    settings = as_left(settings_from(flags), view=not session_id)
    if not settings.view:
        return browse_with(settings, session_id=session_id)
    from hoopscope.cli.beginning_view import beginning_view, filters_of

    view, settings = beginning_view(settings)
    view, filters = filters_of(view, settings)
    return browse_with(settings, filters, view, session_id)


def browse_with(
    settings: Settings,
    filters: Filters | None = None,
    view: View | None = None,
    session_id: str = "",
) -> int:
    """The same with settings that were read already. Raises GatewayError, CannotStart."""
    if settings.sources["token_file"].value == "-":
        take_the_terminal_back()
    from hoopscope.tui.launch import run_browser

    return run_browser(settings, filters, view, session_id, begin_profile=_beginning_of)


def _beginning_of(settings: Settings, name: str) -> Beginning:
    # Late: it is for those who go on to another gateway.
    from hoopscope.cli.other_gateway import beginning_of

    return beginning_of(settings, name)


def browse_demo(flags: Mapping[str, object], options: list[str]) -> int:
    """The browser on the embedded demo gateway; its exit code.

    Raises:
        SettingsError, CannotStart.
    """
    settings = settings_from(flags, gateway=False)
    from hoopscope.cli.beginning_view import beginning_view
    from hoopscope.tui.launch import run_demo

    view, settings = beginning_view(settings)
    return run_demo(settings, options, view)


def take_the_terminal_back() -> None:
    """The credential came through standard input; the keys come from the terminal."""
    if sys.stdin is not None and sys.stdin.isatty():
        return
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
        os.dup2(terminal, 0)
        os.close(terminal)
    except OSError:
        # No terminal at all: the browser says so.
        return
