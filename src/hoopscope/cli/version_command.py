"""`hoopscope version`."""

from __future__ import annotations

import click

from hoopscope.cli.sections import SectionCommand


@click.command("version", cls=SectionCommand, help="Print the version.")
def command() -> int:
    """Carry it out."""
    from hoopscope.cli.version import show_version

    return show_version(())
