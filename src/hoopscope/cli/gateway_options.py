"""The options that name a gateway and say how things are shown; before or after the command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from hoopscope.cli.sections import option
from hoopscope.config.keys import CLIPBOARD_WAYS

F = TypeVar("F", bound=Callable[..., Any])

GATEWAY = "Gateway"
TERMINAL = "Terminal"
SAFETY = "Safety"
DISPLAY = "Display"


def flags_of(ctx: click.Context) -> dict[str, object]:
    """The flags given so far, before the command and after it; the later ones count."""
    flags: dict[str, object] = ctx.ensure_object(dict)
    return flags


def gateway_options(command: F) -> F:
    """--url and what goes with it."""
    for each in reversed(
        [
            _flag(GATEWAY, "--url", metavar="URL", help="The gateway's address."),
            _flag(
                GATEWAY,
                "--token-file",
                metavar="FILE",
                help="Read the credential from FILE; - reads standard input.",
                type=click.Path(allow_dash=True),
            ),
            _flag(
                GATEWAY,
                "--tls-ca",
                metavar="PEM",
                help="Trust this authority: a PEM file, PEM text, or base64 of it.",
                type=click.Path(),
            ),
            _flag(
                GATEWAY,
                "--skip-tls-verify",
                is_flag=True,
                help="Trust whoever answers. For tests only.",
            ),
            _flag(
                GATEWAY,
                "--config",
                metavar="FILE",
                help="Use this settings file instead of the usual one.",
                type=click.Path(dir_okay=False),
            ),
            _flag(
                GATEWAY,
                "--profile",
                metavar="NAME",
                help="Open this gateway of the settings file.",
                shell_complete=_profile_names,
            ),
        ]
    ):
        command = each(command)
    return command


def safety_options(command: F) -> F:
    """--read-only and --restricted."""
    for each in reversed(
        [
            _flag(SAFETY, "--read-only", is_flag=True, help="Write nothing to the gateway."),
            _flag(
                SAFETY,
                "--restricted",
                is_flag=True,
                help="Start no program, open no other gateway, touch no file.",
            ),
        ]
    ):
        command = each(command)
    return command


def display_options(command: F) -> F:
    """--utc or --local, --ascii or --no-ascii."""
    for each in reversed(
        [
            _flag(DISPLAY, "--utc/--local", help="Times in UTC, or in this machine's own zone."),
            _flag(
                DISPLAY,
                "--ascii/--no-ascii",
                help="ASCII signs only, or all; else as the locale has it.",
            ),
        ]
    ):
        command = each(command)
    return command


def terminal_options(command: F) -> F:
    """How the browser uses the terminal."""
    for each in reversed(
        [
            _flag(
                TERMINAL,
                "--console/--no-console",
                help="Begin as a slow line wants it, or not; over ssh it does.",
            ),
            _flag(TERMINAL, "--mouse/--no-mouse", help="Use the mouse, or leave it alone."),
            _flag(
                TERMINAL,
                "--clipboard",
                type=click.Choice(CLIPBOARD_WAYS),
                help="How copying reaches the terminal's clipboard; off forbids it.",
            ),
            _flag(
                TERMINAL,
                "--full-frames",
                is_flag=True,
                help="Send whole frames, not only what changed.",
            ),
        ]
    ):
        command = each(command)
    return command


def view_option(command: F) -> F:
    """--view."""
    return _flag(
        DISPLAY,
        "--view",
        metavar="NAME",
        help="The view to begin with.",
        shell_complete=_view_names,
    )(command)


def view_filter_option(command: F) -> F:
    """--view, for commands that show nothing but list."""
    return _flag(
        "View",
        "--view",
        metavar="NAME",
        help="Filter as this view does; other filters take the place of its own.",
        shell_complete=_view_names,
    )(command)


def theme_option(command: F) -> F:
    """--theme."""
    return _flag(
        DISPLAY,
        "--theme",
        metavar="NAME",
        help="The theme of the browser.",
        shell_complete=_theme_names,
    )(command)


def _flag(section: str, *names: str, **attributes: Any) -> Callable[[F], F]:
    return option(section, *names, default=None, expose_value=False, callback=_keep, **attributes)


def _keep(ctx: click.Context, parameter: click.Parameter, value: object) -> None:
    if value is not None and parameter.name is not None and not ctx.resilient_parsing:
        flags_of(ctx)[parameter.name] = value


def _theme_names(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from hoopscope.config.locations import bundled_themes_folder, themes_folder

    names = {
        path.stem
        for folder in (bundled_themes_folder(), themes_folder())
        for path in folder.glob("*.toml")
    }
    return [CompletionItem(name) for name in sorted(names) if name.startswith(incomplete)]


def _profile_names(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from hoopscope.config.belonging import public_address
    from hoopscope.config.errors import SettingsError
    from hoopscope.config.settings import load_settings

    try:
        profiles = load_settings({"profile": ""}, gateway=False).profiles
    except SettingsError:
        return []
    return [
        CompletionItem(profile.name, help=public_address(profile.url))
        for profile in profiles
        if profile.name.startswith(incomplete)
    ]


def _view_names(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from hoopscope.config.errors import SettingsError
    from hoopscope.config.settings import load_settings
    from hoopscope.sessions.own_views import own_views
    from hoopscope.sessions.views import ViewList

    try:
        settings = load_settings({"profile": ""}, gateway=False)
        views = own_views(settings.views, settings.config_file).views
    except SettingsError:
        views = ViewList()
    return [CompletionItem(name) for name in views.names if name.startswith(incomplete)]
