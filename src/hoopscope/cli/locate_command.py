"""`hoopscope locate`: where files are looked for."""

from __future__ import annotations

import click

from hoopscope.cli.gateway_options import flags_of
from hoopscope.cli.sections import SectionCommand


@click.command(
    "locate",
    cls=SectionCommand,
    help="Print where the settings file, the themes, or the schema of the settings are.",
)
@click.argument("what", type=click.Choice(("config", "themes", "schema")))
@click.pass_context
def command(ctx: click.Context, what: str) -> int:
    """Carry it out."""
    import os

    from hoopscope.cli.invocation import refuse_if_restricted
    from hoopscope.config import locations

    refuse_if_restricted(flags_of(ctx))

    named = os.environ.get("HOOPSCOPE_CONFIG")
    place = locations.expanded(named) if named else locations.config_file()
    found = {
        "config": place,
        "themes": locations.themes_folder(),
        "schema": locations.schema_file(),
    }
    click.echo(found[what])
    return 0
