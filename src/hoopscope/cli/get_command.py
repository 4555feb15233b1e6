"""`hoopscope get`: one whole session."""

from __future__ import annotations

import click

from hoopscope.cli import help_texts
from hoopscope.cli.gateway_options import display_options, flags_of, gateway_options
from hoopscope.cli.sections import SectionCommand, option

OUTPUT = "Output"


@click.command(
    "get",
    cls=SectionCommand,
    help="Show one session: outcome, people, review, guardrails, AI analysis, script, metadata.",
    sections={
        "Examples": help_texts.GET_EXAMPLES,
        "Exit status": help_texts.EXIT_STATUS,
    },
)
@click.argument("session_id", metavar="ID")
@option(
    OUTPUT,
    "--format",
    "-f",
    "format_name",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="json gives the session as the gateway gave it.",
)
@option(
    OUTPUT,
    "--output",
    "-o",
    metavar="FILE",
    type=click.Path(allow_dash=True),
    help="Write FILE, whole or not at all, readable by its owner only.",
)
@gateway_options
@display_options
@click.pass_context
def command(ctx: click.Context, session_id: str, format_name: str, output: str | None) -> int:
    """Carry it out."""
    from hoopscope.cli.getting import write_session
    from hoopscope.cli.named_session import named_session

    flags = flags_of(ctx)
    return write_session(flags, named_session(flags, session_id), format_name, output)
