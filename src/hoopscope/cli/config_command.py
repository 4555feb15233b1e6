"""`hoopscope config`: every setting, its value and where it came from."""

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
    "config",
    cls=SectionCommand,
    help="Show each setting, its value and where it came from. Secrets are masked.",
    sections={"Environment": help_texts.ENVIRONMENT, "Files": help_texts.FILES},
)
@gateway_options
@safety_options
@display_options
@theme_option
@view_option
@terminal_options
@click.option("--schema", is_flag=True, help="Print the JSON schema of the settings file instead.")
@click.pass_context
def command(ctx: click.Context, schema: bool) -> int:
    """Carry it out."""
    from hoopscope.cli import exit_codes
    from hoopscope.cli.failures import UsageFailed
    from hoopscope.cli.invocation import settings_with_warnings
    from hoopscope.cli.messages import complain
    from hoopscope.cli.output import opened
    from hoopscope.cli.view_lines import view_lines
    from hoopscope.config.belonging import public_address
    from hoopscope.config.kept_state import as_left
    from hoopscope.confinement.wording import REFUSAL
    from hoopscope.untrusted import harmless

    settings = as_left(settings_with_warnings(flags_of(ctx)), view=True)
    if settings.restricted:
        raise UsageFailed(REFUSAL)
    if schema:
        from hoopscope.cli.settings_schema import as_text, settings_schema

        with opened(None) as sink:
            sink.write(as_text(settings_schema()) + "\n")
        return exit_codes.OK
    if settings.keys:
        from hoopscope.tui.key_complaints import key_complaints

        for complaint in key_complaints(settings.keys):
            complain(complaint)
    shown = {name: sourced.shown for name, sourced in settings.sources.items()}
    shown["url"] = public_address(shown["url"])
    lines = [
        (name, shown[name] or "-", sourced.source) for name, sourced in settings.sources.items()
    ]
    lines += [
        (f"keys.{name}", key or "none", str(settings.config_file))
        for name, key in settings.keys.items()
    ]
    lines += view_lines(settings)
    name_width = max(len(line[0]) for line in lines)
    value_width = min(40, max(len(line[1]) for line in lines))
    with opened(None) as sink:
        for name, value, source in lines:
            text = f"{name:{name_width}}  {value:{value_width}}  {source}"
            sink.write(harmless(text).rstrip() + "\n")
        sink.write("\nLooked for an address and a credential in\n")
        for line in settings.looked_for:
            sink.write(f"  {harmless(line)}\n")
    return exit_codes.OK
