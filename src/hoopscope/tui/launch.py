"""From settings to a browser on screen, in the order that paints the first rows soonest.

The first page is asked for before Textual is even imported, and the garbage collector rests until
the first paint: what is allocated up to then stays for good anyway.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from hoopscope.config.credential_keeper import CredentialKeeper
from hoopscope.gateway.access import GatewayAccess
from hoopscope.sessions.filters import Filters, InvalidFilter, to_local_filter, to_query
from hoopscope.sessions.gateway_link import GatewayLink
from hoopscope.tui.terminal import line_filters, speak_its_encoding, theme_name

if TYPE_CHECKING:
    from pathlib import Path

    from textual.driver import Driver
    from textual.theme import Theme

    from hoopscope.config.settings import Settings
    from hoopscope.sessions.views import View
    from hoopscope.tui.demo_process import DemoProcess


class Beginning(NamedTuple):
    """What a gateway's browser begins with; the id of a session is one to open at once, or ""."""

    settings: Settings
    filters: Filters
    view: View | None = None
    session_id: str = ""


BeginProfile = Callable[["Settings", str], Beginning]


class CannotStart(Exception):
    """The browser cannot start here; the text says why and what to do instead."""


def run_browser(
    settings: Settings,
    filters: Filters | None = None,
    view: View | None = None,
    session_id: str = "",
    *,
    begin_profile: BeginProfile | None = None,
) -> int:
    """Show the browser until the operator leaves it; gives the exit code.

    Args:
        filters: what to begin with; view: the view that they are of, its own ones or others.
        session_id: of a session that is opened at once, "" for none.
        begin_profile: gives what the browser of another profile begins with; called in a thread.

    Raises:
        CannotStart: there is no terminal, or the theme or the filters cannot be used.
        GatewayError: the configured address or credential cannot be used.
    """
    begin(settings)
    access = settings.access()
    if access is None and settings.restricted:
        from hoopscope.confinement.wording import REFUSAL

        raise CannotStart(f"{REFUSAL} No gateway is set up for it.")
    link = None if access is None else open_link(settings, access, filters or Filters())
    beginning = Beginning(settings, filters or Filters(), view, session_id)
    return _show(link, beginning, begin_profile)


def run_demo(settings: Settings, options: list[str], view: View | None = None) -> int:
    """Show the browser on the embedded demo gateway, and end the gateway with it.

    Raises:
        CannotStart: there is no terminal, or the demo gateway does not start, or may not.
    """
    if settings.restricted:
        from hoopscope.confinement.wording import REFUSAL

        raise CannotStart(REFUSAL)
    begin(settings)
    from hoopscope.tui.demo_process import DemoFailed, DemoProcess

    demo = DemoProcess(options)
    try:
        import hoopscope.tui.app  # noqa: F401 (while the demo gateway makes its history)

        filters = view.filters if view else Filters()
        link = open_link(settings, demo.access(), filters)
        return _show(link, Beginning(settings, filters, view), demo=demo)
    except DemoFailed as error:
        raise CannotStart(str(error)) from error
    finally:
        demo.close()


def open_link(settings: Settings, access: GatewayAccess, filters: Filters) -> GatewayLink:
    """Make a link and put the first query on its way, unless it has to be asked first who is meant.

    Raises:
        CannotStart: the filters cannot be used.
    """
    try:
        query = to_query(filters, now=datetime.now(UTC), utc=settings.utc)
        local = to_local_filter(filters)
    except InvalidFilter as error:
        raise CannotStart(f"The filter {error.field} cannot be used: {error.reason}") from error
    link = GatewayLink(
        replace(access, read_only=settings.read_only),
        poll_seconds=settings.poll_seconds,
        deadline_seconds=settings.deadline_seconds,
        # The demo gateway's is not the settings'.
        keeper=CredentialKeeper.of(settings) if access.credential == settings.token else None,
    )
    if not filters.names_somebody:
        link.open(query, local)
    return link


def begin(settings: Settings) -> None:
    """What comes before anything of Textual is imported.

    Raises:
        CannotStart: there is no terminal.
    """
    check_terminal()
    gc.disable()
    if settings.restricted:
        from hoopscope.confinement.process import confine

        confine()


def check_terminal() -> None:
    """Make sure that there is a terminal to paint on, and that painting cannot fail.

    Raises:
        CannotStart: there is none.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise CannotStart(
            "The browser needs a terminal. For pipes and files there is `hoopscope list`; over ssh "
            "a command gets a terminal with `ssh -t`."
        )
    if os.environ.get("TERM", "") in ("", "dumb"):
        raise CannotStart(
            "The browser needs a terminal that it can paint on, and TERM says that this one is "
            "not. Set TERM (for instance TERM=xterm-256color), or use `hoopscope list`."
        )
    speak_its_encoding()


def theme_to_begin_with(settings: Settings) -> tuple[Theme, list[Path]]:
    """The theme, and the folders where others may be chosen from.

    Raises:
        CannotStart: there is no such theme, or it is broken.
    """
    from hoopscope.config.kept_state import KEPT, without_kept_theme
    from hoopscope.config.locations import bundled_themes_folder, themes_folder
    from hoopscope.tui.theming import ThemeError, find_theme

    folders = [bundled_themes_folder(), themes_folder()]
    try:
        theme = find_theme(theme_name(settings), folders)
    except ThemeError as error:
        if settings.sources["theme"].source == KEPT:
            # It was there the last time, and nobody asks for it now.
            return theme_to_begin_with(without_kept_theme(settings))
        raise CannotStart(f"The theme cannot be used: {error}") from error
    # On a restricted console no other file is read.
    return theme, folders[:1] if settings.restricted else folders


def _driver(settings: Settings) -> type[Driver] | None:
    """What sends less to the terminal; None where that is not wanted, or Textual has another."""
    if settings.full_frames or sys.platform == "win32" or os.environ.get("TEXTUAL_DRIVER"):
        return None
    from hoopscope.tui.wire.driver import LeanDriver

    return LeanDriver


def _show(
    link: GatewayLink | None,
    beginning: Beginning,
    begin_profile: BeginProfile | None = None,
    *,
    demo: DemoProcess | None = None,
) -> int:
    from hoopscope.tui.app import HoopscopeApp
    from hoopscope.tui.first_screens import FirstScreens
    from hoopscope.tui.permissions import Permissions

    settings = beginning.settings
    theme, folders = theme_to_begin_with(settings)
    screens = FirstScreens(*beginning)
    gateways = None
    if begin_profile is not None and settings.profiles:
        from hoopscope.tui.gateway_switch import GatewaySwitch

        gateways = GatewaySwitch(settings, begin_profile)
    app = HoopscopeApp(
        lambda: screens.browser(link, demo is not None) if link else screens.connect(),
        screens.browser,
        theme=theme,
        theme_folders=folders,
        accent=settings.accent,
        keymap=settings.keys,
        clipboard=settings.clipboard,
        permissions=Permissions(settings.restricted, settings.read_only),
        line_filters=line_filters(ascii_only=settings.ascii),
        driver_class=_driver(settings),
        gateways=gateways,
    )
    try:
        code = app.run(mouse=settings.mouse)
        if app.failure is not None:
            raise app.failure
        return code or 0
    finally:
        app.close_link()
        if link is not None:
            link.close()
        screens.close()
