"""`hoopscope demo`: the embedded gateway, with the browser on it or alone."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from typing import Any, Literal, TypeVar

import click

from hoopscope.cli import help_texts
from hoopscope.cli.gateway_options import (
    display_options,
    flags_of,
    safety_options,
    terminal_options,
    theme_option,
    view_option,
)
from hoopscope.cli.sections import LazyGroup, SectionCommand, option

F = TypeVar("F", bound=Callable[..., Any])

HISTORY = "History"
DEFAULT_SESSIONS = 20_000
DEFAULT_SEED = 1


def history_options(command: F) -> F:
    """What the demo gateway is to hold, and how it behaves."""
    for each in reversed(
        [
            option(
                HISTORY,
                "--sessions",
                metavar="N",
                type=click.IntRange(min=0, max=10_000_000),
                help=f"Sessions in the history; {DEFAULT_SESSIONS:,} unless told otherwise.",
            ),
            option(
                HISTORY,
                "--seed",
                metavar="S",
                type=click.IntRange(min=0),
                help=f"Which history; {DEFAULT_SEED} unless told otherwise.",
            ),
            option(
                HISTORY,
                "--gateway",
                type=click.Choice(("current", "old")),
                help="Behave as a current gateway, or as an older one.",
            ),
            option(HISTORY, "--no-live", is_flag=True, help="Nothing new while it runs."),
        ]
    ):
        command = each(command)
    return command


@click.group(
    "demo",
    cls=LazyGroup,
    invoke_without_command=True,
    subcommand_metavar="[serve [ARGS]...]",
    help="Open the browser on an embedded gateway with a made-up history. Nothing is left behind.",
    sections={"Examples": help_texts.DEMO_EXAMPLES},
)
@history_options
@display_options
@theme_option
@view_option
@terminal_options
@safety_options
@click.pass_context
def command(
    ctx: click.Context, sessions: int | None, seed: int | None, gateway: str | None, no_live: bool
) -> int | None:
    """Carry it out."""
    given: list[str] = []
    for name, value in (("--sessions", sessions), ("--seed", seed), ("--gateway", gateway)):
        given += [] if value is None else [name, str(value)]
    given += ["--no-live"] if no_live else []
    if ctx.invoked_subcommand is not None:
        if given:
            raise click.UsageError(f"Put {given[0]} behind {ctx.invoked_subcommand}.", ctx)
        return None
    from hoopscope.cli.browse import browse_demo

    return browse_demo(flags_of(ctx), given)


@command.command(
    "serve",
    cls=SectionCommand,
    help="Run the embedded gateway alone, on 127.0.0.1, until Ctrl-C. Once it accepts connections"
    " it prints HOOP_APIURL=… and HOOP_TOKEN=…, a line each.",
    sections={"Examples": help_texts.DEMO_EXAMPLES},
)
@history_options
@option(
    "Server",
    "--port",
    metavar="N",
    type=click.IntRange(min=0, max=65535),
    default=0,
    help="The port; a free one unless told otherwise.",
)
@option("Server", "--no-downloads", is_flag=True, help="Sessions may not be downloaded.")
@option("Server", "--no-clipboard", is_flag=True, help="Sessions may not be copied from.")
@option(
    HISTORY,
    "--large",
    metavar="MB",
    type=click.IntRange(min=1, max=1000),
    help="One session on edge-prod, just ended, has an output of so many megabytes.",
)
@option(
    "Server",
    "--auth",
    type=click.Choice(("local", "oidc", "saml")),
    default="local",
    help="How people sign in; locally ana@tidewater.example and all others with the password"
    " low-and-high-water.",
)
@option(
    "Server",
    "--token-seconds",
    metavar="N",
    type=click.IntRange(min=0),
    default=0,
    help="People's tokens are good for so long; for ever unless told otherwise.",
)
@option("Server", "--until-stdin-closes", is_flag=True, hidden=True)
@click.pass_context
def serve_command(
    ctx: click.Context,
    sessions: int | None,
    seed: int | None,
    gateway: Literal["current", "old"] | None,
    no_live: bool,
    port: int,
    no_downloads: bool,
    no_clipboard: bool,
    large: int | None,
    auth: Literal["local", "oidc", "saml"],
    token_seconds: int,
    until_stdin_closes: bool,
) -> int:
    """Carry it out."""
    from hoopscope.cli.failures import CommandFailed
    from hoopscope.cli.invocation import refuse_if_restricted
    from hoopscope.demo.command import serve

    refuse_if_restricted(flags_of(ctx))
    gc.enable()
    if until_stdin_closes:
        _end_with_standard_input()
    try:
        serve(
            port,
            DEFAULT_SESSIONS if sessions is None else sessions,
            DEFAULT_SEED if seed is None else seed,
            gateway or "current",
            not no_live,
            sys.stdout,
            sys.stderr,
            downloads=not no_downloads,
            clipboard=not no_clipboard,
            large=large or 0,
            auth=auth,
            token_seconds=token_seconds,
        )
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CommandFailed(f"the demo gateway cannot run: {error.strerror or error}.") from error
    return 0


def _end_with_standard_input() -> None:
    """End when whoever started us is gone, however it went."""
    import os
    import signal
    import threading

    def wait() -> None:
        while os.read(0, 4096):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()
