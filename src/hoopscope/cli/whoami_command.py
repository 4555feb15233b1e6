"""`hoopscope whoami`: which gateway, and who one is there."""

from __future__ import annotations

import click

from hoopscope.cli import help_texts
from hoopscope.cli.gateway_options import (
    display_options,
    flags_of,
    gateway_options,
    safety_options,
)
from hoopscope.cli.sections import SectionCommand, option


@click.command(
    "whoami",
    cls=SectionCommand,
    help="Ask the gateway whose credential this is: name, role, groups, organisation; and tell"
    " which gateway it is, where the credential came from and until when it lasts.",
    sections={"Exit status": help_texts.EXIT_STATUS},
)
@option(
    "Output",
    "--format",
    "-f",
    "format_name",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="json is for other programs.",
)
@gateway_options
@safety_options
@display_options
@click.pass_context
def command(ctx: click.Context, format_name: str) -> int:
    """Carry it out."""
    from hoopscope.cli.whoami import write_identity

    return write_identity(flags_of(ctx), format_name)
