"""`hoopscope version`."""

from __future__ import annotations

import click

from hoopscope import __version__
from hoopscope.cli.sections import SectionCommand


@click.command("version", cls=SectionCommand, help="Print the version.")
def command() -> int:
    """Carry it out."""
    click.echo(f"hoopscope {__version__}")
    return 0
