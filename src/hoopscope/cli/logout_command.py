"""`hoopscope logout`: keep no credential any more."""

from __future__ import annotations

import click

from hoopscope.cli import help_texts
from hoopscope.cli.gateway_options import flags_of, gateway_options
from hoopscope.cli.sections import SectionCommand, option


@click.command(
    "logout",
    cls=SectionCommand,
    help="Remove the credential that `hoopscope login` kept for a gateway. What other programs keep"
    " stays, and is named. The gateway is not asked: it ends no token before its time.",
    sections={"Exit status": help_texts.EXIT_STATUS},
)
@option("Sign out", "--all", "everywhere", is_flag=True, help="Of every gateway.")
@gateway_options
@click.pass_context
def command(ctx: click.Context, everywhere: bool) -> int:
    """Carry it out."""
    from hoopscope.cli.logging_out import log_out

    return log_out(flags_of(ctx), everywhere=everywhere)
