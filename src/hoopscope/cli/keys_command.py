"""`hoopscope keys`: every key of the browser, what it is called and what it does."""

from __future__ import annotations

import click

from hoopscope.cli.gateway_options import flags_of, gateway_options
from hoopscope.cli.sections import SectionCommand, option


@click.command(
    "keys",
    cls=SectionCommand,
    help="Show what the keys of the browser do, the settings' own keys included, and what"
    " `[keys]` of the settings file calls them.",
)
@option("Options", "--markdown", is_flag=True, help="As the tables of docs/keys.md.")
@gateway_options
@click.pass_context
def command(ctx: click.Context, markdown: bool) -> int:
    """Carry it out."""
    from hoopscope.cli import exit_codes
    from hoopscope.cli.invocation import settings_from
    from hoopscope.cli.messages import complain
    from hoopscope.cli.output import opened
    from hoopscope.tui.key_catalog import catalog
    from hoopscope.tui.key_complaints import key_complaints
    from hoopscope.tui.key_tables import as_markdown, as_text
    from hoopscope.tui.keymap import Keymap

    settings = settings_from(flags_of(ctx), gateway=False)
    parts = catalog(Keymap(settings.keys))
    with opened(None) as sink:
        sink.write(as_markdown(parts) if markdown else as_text(parts, ascii_only=settings.ascii))
    for complaint in key_complaints(settings.keys):
        complain(complaint)
    return exit_codes.OK
