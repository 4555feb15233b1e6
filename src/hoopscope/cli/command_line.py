"""The command line itself: `hoopscope` and its commands."""

from __future__ import annotations

import os

import click

from hoopscope import __version__
from hoopscope.cli import help_texts
from hoopscope.cli.filter_options import filter_options, given
from hoopscope.cli.gateway_options import (
    display_options,
    flags_of,
    gateway_options,
    safety_options,
    terminal_options,
    theme_option,
    view_option,
)
from hoopscope.cli.messages import say
from hoopscope.cli.open_group import OpenGroup
from hoopscope.cli.run import COMPLETION_VARIABLE

NAME = "hoopscope"
_HERE = "hoopscope.cli."
_SECRET_OPTIONS = ("--token", "--password", "--api-key", "--key")


@click.group(
    NAME,
    cls=OpenGroup,
    lazy={
        "list": (_HERE + "list_command", "List sessions, for pipes and files."),
        "get": (_HERE + "get_command", "Show one session."),
        "open": (_HERE + "open_command", "Browse, one session open; `hoopscope ID` does too."),
        "export": (_HERE + "export_command", "Write what sessions recorded into files."),
        "output": (_HERE + "output_command", "Print what a session printed, for pipes."),
        "tail": (_HERE + "tail_command", "Follow an open session, as `tail -f` does a file."),
        "script": (_HERE + "script_command", "Print a session's script, for pipes."),
        "play": (_HERE + "play_command", "Replay a session in the terminal."),
        "demo": (
            _HERE + "demo_command",
            "Browse a made-up history; `demo serve` runs its gateway.",
        ),
        "whoami": (_HERE + "whoami_command", "Show whose credential this is, and where."),
        "login": (_HERE + "login_command", "Sign in, and keep the credential."),
        "logout": (_HERE + "logout_command", "Keep no credential any more."),
        "config": (_HERE + "config_command", "Show each setting and where it came from."),
        "keys": (_HERE + "keys_command", "Show what the keys do and what the settings call them."),
        "locate": (
            _HERE + "locate_command",
            "Print where the settings file, themes and schema are.",
        ),
        "completion": (_HERE + "completion_command", "Print the completion script of a shell."),
        "version": (_HERE + "version_command", "Print the version."),
    },
    invoke_without_command=True,
    subcommand_metavar="[ID | LINK | COMMAND [ARGS]...]",
    help="Browse the sessions that a hoop.dev gateway records. Without a command the browser opens;"
    " `hoopscope COMMAND --help` tells about a command.",
    sections={
        "Examples": help_texts.EXAMPLES,
        "Dates": help_texts.DATES,
        "Exit status": help_texts.EXIT_STATUS,
        "Environment": help_texts.ENVIRONMENT,
        "Files": help_texts.FILES,
    },
)
@filter_options
@gateway_options
@safety_options
@display_options
@theme_option
@view_option
@terminal_options
@click.version_option(__version__, "--version", "-V", message="hoopscope %(version)s")
@click.pass_context
def hoopscope(ctx: click.Context, /, **filters: object) -> int | None:
    """Carry it out: the browser, unless a command follows."""
    chosen = given(filters)
    if ctx.invoked_subcommand is None:
        from hoopscope.cli.browse_filtered import browse_filtered

        return browse_filtered(flags_of(ctx), chosen)
    if chosen and ctx.invoked_subcommand not in ("list", "export", "open"):
        raise click.UsageError(f"{ctx.invoked_subcommand} takes no filters.", ctx)
    ctx.meta["filters"] = chosen
    return None


def invoke(arguments: list[str]) -> int:
    """Carry out a command line.

    Returns:
        The exit code; what the command line itself has wrong is said on standard error.
    """
    if COMPLETION_VARIABLE in os.environ:
        hoopscope.main(arguments, prog_name=NAME, complete_var=COMPLETION_VARIABLE)
    try:
        with hoopscope.make_context(NAME, arguments) as context:
            code = hoopscope.invoke(context)
            return code if isinstance(code, int) else 0
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.Abort:
        return 130
    except click.ClickException as error:
        error.show()
        if isinstance(error, click.NoSuchOption) and error.option_name in _SECRET_OPTIONS:
            say(
                "A credential does not belong on a command line, where others can read it:"
                " use --token-file FILE, --token-file - (standard input), or HOOP_TOKEN."
            )
        return error.exit_code
