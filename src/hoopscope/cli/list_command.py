"""`hoopscope list`: sessions for pipes and files."""

from __future__ import annotations

import click

from hoopscope.cli import help_texts
from hoopscope.cli.filter_options import filter_options, given
from hoopscope.cli.formats import FORMATS
from hoopscope.cli.gateway_options import (
    display_options,
    flags_of,
    gateway_options,
    view_filter_option,
)
from hoopscope.cli.sections import SectionCommand, option

OUTPUT = "Output"
DEFAULT_LIMIT = 20


@click.command(
    "list",
    cls=SectionCommand,
    help="List sessions, newest first.",
    sections={
        "Columns": help_texts.COLUMNS,
        "Dates": help_texts.DATES,
        "Examples": help_texts.LIST_EXAMPLES,
        "Exit status": help_texts.EXIT_STATUS,
    },
)
@filter_options
@view_filter_option
@option(
    OUTPUT,
    "--limit",
    "-n",
    metavar="N",
    type=click.IntRange(min=1),
    help=f"At most N sessions; {DEFAULT_LIMIT} unless told otherwise.",
)
@option(OUTPUT, "--all", "everything", is_flag=True, help="All sessions, to the oldest.")
@option(
    OUTPUT,
    "--resume-from",
    metavar="POSITION",
    help="Go on behind the position that an earlier run ended with.",
)
@option(
    OUTPUT,
    "--format",
    "-f",
    "format_name",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="json and jsonl give each session as the gateway gave it.",
)
@option(OUTPUT, "--columns", metavar="A,B,…", help="The columns of table and csv: see Columns.")
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
def command(
    ctx: click.Context,
    /,
    limit: int | None,
    everything: bool,
    resume_from: str | None,
    format_name: str,
    columns: str | None,
    output: str | None,
    **filters: object,
) -> int:
    """Carry it out."""
    from hoopscope.cli.failures import UsageFailed
    from hoopscope.cli.listing import Listing, write_list

    if everything and limit is not None:
        raise UsageFailed("--all and --limit exclude each other.")
    if columns is not None and format_name not in ("table", "csv"):
        raise UsageFailed(f"--columns goes with table and csv; {format_name} gives everything.")
    wanted = Listing(
        filters={**ctx.meta.get("filters", {}), **given(filters)},
        limit=None if everything else limit or DEFAULT_LIMIT,
        resume_from=resume_from,
        format_name=format_name,
        columns=tuple(name.strip() for name in columns.split(",")) if columns else (),
        output=output,
    )
    return write_list(flags_of(ctx), wanted)
