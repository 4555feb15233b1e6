"""Opens the browser. Nothing here loads the command line library: it would only delay."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from hoopscope.cli.invocation import settings_from

if TYPE_CHECKING:
    from hoopscope.config.settings import Settings
    from hoopscope.sessions.filters import Filters


def browse(flags: Mapping[str, object]) -> int:
    """The browser on the configured gateway, or the screen that asks for one; its exit code.

    Raises:
        SettingsError, GatewayError, CannotStart.
    """
    return browse_with(settings_from(flags))


def browse_with(settings: Settings, filters: Filters | None = None) -> int:
    """The same with settings that were read already. Raises GatewayError, CannotStart."""
    if settings.sources["token_file"].value == "-":
        take_the_terminal_back()
    from hoopscope.tui.launch import run_browser

    return run_browser(settings, filters)


def browse_demo(flags: Mapping[str, object], options: list[str]) -> int:
    """The browser on the embedded demo gateway; its exit code.

    Raises:
        SettingsError, CannotStart.
    """
    settings = settings_from(flags, gateway=False)
    from hoopscope.tui.launch import run_demo

    return run_demo(settings, options)


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
