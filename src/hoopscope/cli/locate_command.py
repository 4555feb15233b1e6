"""`hoopscope locate`: where files are looked for."""

from __future__ import annotations

import click

from hoopscope.cli.sections import SectionCommand


@click.command(
    "locate", cls=SectionCommand, help="Print where the settings file or the themes are."
)
@click.argument("what", type=click.Choice(("config", "themes")))
def command(what: str) -> int:
    """Carry it out."""
    import os

    from hoopscope.config import locations

    named = os.environ.get("HOOPSCOPE_CONFIG")
    place = locations.expanded(named) if named else locations.config_file()
    click.echo(place if what == "config" else locations.themes_folder())
    return 0
