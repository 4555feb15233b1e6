"""`hoopscope tail`: follow an open session."""

from __future__ import annotations

import click

from hoopscope.cli import help_texts
from hoopscope.cli.gateway_options import flags_of, gateway_options
from hoopscope.cli.sections import SectionCommand, option


@click.command(
    "tail",
    cls=SectionCommand,
    help="Follow an open session, as `tail -f` does a file: its last ten lines, then what happens,"
    " until it ends. The bytes as they are recorded, but harmless text where standard output is a"
    " terminal. Where something may be missing, standard error says so.",
    sections={"Examples": help_texts.TAIL_EXAMPLES, "Exit status": help_texts.EXIT_STATUS},
)
@click.argument("session_id", metavar="ID")
@option("Content", "--from-start", is_flag=True, help="All that is stored first.")
@option(
    "Content",
    "--input",
    "with_input",
    is_flag=True,
    help="What goes in as well; passwords that are typed are masked.",
)
@option("Content", "--with-secrets", is_flag=True, help="Mask nothing.")
@option(
    "Content",
    "--format",
    "-f",
    "format_name",
    type=click.Choice(("text", "jsonl")),
    default="text",
    show_default=True,
    help="jsonl gives an event a line, those too that were missing at first.",
)
@gateway_options
@click.pass_context
def command(
    ctx: click.Context,
    session_id: str,
    from_start: bool,
    with_input: bool,
    with_secrets: bool,
    format_name: str,
) -> int:
    """Carry it out."""
    from hoopscope.cli.named_session import named_session
    from hoopscope.cli.tail import TailOptions, follow

    options = TailOptions(
        from_start=from_start,
        with_input=with_input,
        with_secrets=with_secrets,
        as_json=format_name == "jsonl",
    )
    flags = flags_of(ctx)
    return follow(flags, named_session(flags, session_id), options)
