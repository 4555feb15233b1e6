"""`hoopscope completion`: the script that makes a shell complete our command lines."""

from __future__ import annotations

import click

from hoopscope.cli.gateway_options import flags_of
from hoopscope.cli.sections import SectionCommand

_EXAMPLES = """
bash: eval "$(hoopscope completion bash)"            in ~/.bashrc
zsh:  eval "$(hoopscope completion zsh)"             in ~/.zshrc
fish: hoopscope completion fish | source             in ~/.config/fish/config.fish
"""


@click.command(
    "completion",
    cls=SectionCommand,
    help="Print the script that completes commands, options and their values.",
    sections={"Examples": _EXAMPLES},
)
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
@click.pass_context
def command(ctx: click.Context, shell: str) -> int:
    """Carry it out."""
    from click.shell_completion import get_completion_class

    from hoopscope.cli.invocation import refuse_if_restricted
    from hoopscope.cli.run import COMPLETION_VARIABLE

    refuse_if_restricted(flags_of(ctx))
    found = get_completion_class(shell)
    assert found is not None
    completion = found(ctx.find_root().command, {}, "hoopscope", COMPLETION_VARIABLE)
    # Not `source()`: that one starts the shell to ask for its version.
    click.echo(completion.source_template % completion.source_vars())
    return 0
