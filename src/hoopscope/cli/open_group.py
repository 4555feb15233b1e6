"""The group of all commands, where a session's id or a link stands for `open` with it."""

from __future__ import annotations

import click

from hoopscope.cli.sections import LazyGroup

OPEN = "open"


class OpenGroup(LazyGroup):
    """A group to which `ID` and `LINK` mean `open ID`; the names of commands come first."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments begin with, and what follows it."""
        if args[0] not in self.list_commands(ctx):
            from hoopscope.gateway.session_reference import is_reference

            if is_reference(args[0]):
                return OPEN, self.get_command(ctx, OPEN), args
        return super().resolve_command(ctx, args)
