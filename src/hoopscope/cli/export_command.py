"""`hoopscope export`: sessions as files."""

from __future__ import annotations

import re
from typing import Any

import click

from hoopscope.cli import help_texts
from hoopscope.cli.filter_options import filter_options, given
from hoopscope.cli.gateway_options import (
    display_options,
    flags_of,
    gateway_options,
    view_filter_option,
)
from hoopscope.cli.sections import SectionCommand, option

FORMATS = ("txt", "cast", "json", "jsonl", "csv", "script")
OUTPUT = "Output"
CONTENT = "Content"
DEFAULT_JOBS = 4
MOST_JOBS = 32
_SIZE = re.compile(r"([1-9]\d{0,3})x([1-9]\d{0,3})\Z")


def _size(
    ctx: click.Context, parameter: click.Parameter, value: str | None
) -> tuple[int, int] | None:
    if value is None:
        return None
    if not (found := _SIZE.match(value)):
        raise click.BadParameter("a size looks like 120x40, columns first.")
    return int(found[1]), int(found[2])


@click.command(
    "export",
    cls=SectionCommand,
    help="Write what sessions recorded into files: those named by ID, or, with --all or --limit,"
    " those that filters let through.",
    sections={
        "Formats": help_texts.EXPORT_FORMATS,
        "Dates": help_texts.DATES,
        "Examples": help_texts.EXPORT_EXAMPLES,
        "Exit status": help_texts.EXIT_STATUS,
    },
)
@click.argument("ids", metavar="[ID]...", nargs=-1)
@filter_options
@view_filter_option
@option(
    OUTPUT,
    "--limit",
    "-n",
    metavar="N",
    type=click.IntRange(min=1),
    help="The newest N sessions that the filters let through.",
)
@option(OUTPUT, "--all", "everything", is_flag=True, help="All of them.")
@option(
    OUTPUT,
    "--format",
    "-f",
    "format_name",
    type=click.Choice(FORMATS),
    default="txt",
    show_default=True,
    help="See Formats.",
)
@option(
    OUTPUT,
    "--output",
    "-o",
    metavar="WHERE",
    type=click.Path(allow_dash=True),
    help="A file or - for one session; else a folder, ./hoopscope-export unless told otherwise.",
)
@option(
    OUTPUT,
    "--jobs",
    "-j",
    metavar="N",
    type=click.IntRange(1, MOST_JOBS),
    default=DEFAULT_JOBS,
    show_default=True,
    help="How many sessions are fetched at a time.",
)
@option(
    CONTENT,
    "--with-secrets",
    is_flag=True,
    help="Leave typed passwords, authorisation headers and the like in the file.",
)
@option(CONTENT, "--input", "with_input", is_flag=True, help="What was typed, too (txt, cast).")
@option(
    CONTENT,
    "--times",
    type=click.Choice(("seconds", "utc")),
    help="Before each line, the seconds since recording began or the time (txt).",
)
@option(
    CONTENT,
    "--escapes",
    type=click.Choice(("plain", "shown", "raw")),
    default="plain",
    show_default=True,
    help="Terminal escapes: colours left out, all shown, or as they are (txt).",
)
@option(
    CONTENT,
    "--cast-version",
    type=click.Choice(("2", "3")),
    default="2",
    show_default=True,
    help="Of the asciicast format (cast).",
)
@option(
    CONTENT,
    "--size",
    metavar="COLSxROWS",
    callback=_size,
    help="The terminal's size, which is not recorded (cast); estimated unless told.",
)
@option(
    CONTENT,
    "--table",
    metavar="N",
    type=click.IntRange(min=1),
    help="Only the Nth result set (csv).",
)
@gateway_options
@display_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    ids: tuple[str, ...],
    limit: int | None,
    everything: bool,
    format_name: str,
    output: str | None,
    jobs: int,
    **others: Any,
) -> int:
    """Carry it out."""
    from hoopscope.cli.exporting import Exporting, write_export
    from hoopscope.cli.failures import UsageFailed
    from hoopscope.cli.named_session import named_session
    from hoopscope.recordings.exports import ExportOptions

    size = others.pop("size")
    options = ExportOptions(
        with_secrets=others.pop("with_secrets"),
        with_input=others.pop("with_input"),
        times=others.pop("times") or "",
        escapes=others.pop("escapes"),
        cast_version=3 if others.pop("cast_version") == "3" else 2,
        columns=size and size[0],
        rows=size and size[1],
        table=others.pop("table"),
    )
    filters = {**ctx.meta.get("filters", {}), **given(others)}
    if ids and (filters or everything or limit is not None):
        raise UsageFailed("give ids, or filters with --all or --limit, but not both.")
    if everything and limit is not None:
        raise UsageFailed("--all and --limit exclude each other.")
    if not ids and not everything and limit is None:
        raise UsageFailed("say which sessions: their ids, or filters with --all or --limit N.")
    flags = flags_of(ctx)
    ids = tuple(named_session(flags, each) for each in ids)
    wanted = Exporting(ids, filters, limit, format_name, options, output, jobs)
    return write_export(flags, wanted)
