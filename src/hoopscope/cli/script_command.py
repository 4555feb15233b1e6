"""`hoopscope script`: what a session was to run, for pipes."""

from __future__ import annotations

import click

from hoopscope.cli import help_texts
from hoopscope.cli.gateway_options import flags_of, gateway_options
from hoopscope.cli.sections import SectionCommand, option


@click.command(
    "script",
    cls=SectionCommand,
    help="Write a session's script, or the statements of a database connection, to standard output:"
    " as they were given, but harmless text where standard output is a terminal.",
    sections={"Examples": help_texts.OUTPUT_EXAMPLES, "Exit status": help_texts.EXIT_STATUS},
)
@click.argument("session_id", metavar="ID")
@option("Content", "--with-secrets", is_flag=True, help="Mask nothing.")
@gateway_options
@click.pass_context
def command(ctx: click.Context, session_id: str, with_secrets: bool) -> int:
    """Carry it out."""
    from hoopscope.cli.named_session import named_session
    from hoopscope.cli.piping import write_script

    flags = flags_of(ctx)
    return write_script(flags, named_session(flags, session_id), with_secrets=with_secrets)
