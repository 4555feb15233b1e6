"""`hoopscope open ID`, or just `hoopscope ID`: the browser with a session open in it."""

from __future__ import annotations

import click

from hoopscope.cli import help_texts
from hoopscope.cli.gateway_options import (
    display_options,
    flags_of,
    gateway_options,
    safety_options,
    terminal_options,
    theme_option,
    view_option,
)
from hoopscope.cli.sections import SectionCommand


@click.command(
    "open",
    cls=SectionCommand,
    help="Browse with one session open: escape leads to the list, at that session. It is named by"
    " its id, or by a link of the gateway's web page. `hoopscope ID` does the same.",
    sections={"Examples": help_texts.OPEN_EXAMPLES, "Exit status": help_texts.EXIT_STATUS},
)
@click.argument("session", metavar="ID|LINK")
@gateway_options
@safety_options
@display_options
@theme_option
@view_option
@terminal_options
@click.pass_context
def command(ctx: click.Context, session: str) -> int:
    """Carry it out."""
    from hoopscope.cli.browse_filtered import browse_filtered
    from hoopscope.cli.named_session import named_session

    flags = flags_of(ctx)
    session_id = named_session(flags, session)
    return browse_filtered(flags, ctx.meta.get("filters", {}), session_id)
