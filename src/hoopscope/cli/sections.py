"""Help texts in sections, as a manual page has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

OPTIONS = "Options"
WIDTH = 100


class SectionOption(click.Option):
    """An option that knows under which heading the help shows it."""

    def __init__(self, *names: Any, section: str = OPTIONS, **attributes: Any) -> None:
        super().__init__(*names, **attributes)
        self.section = section


def option(section: str, *names: str, **attributes: Any) -> Callable[[F], F]:
    """`click.option` under a heading of the help."""
    return click.option(*names, cls=SectionOption, section=section, **attributes)


class SectionCommand(click.Command):
    """A command whose help has its options under headings, then `sections`: heading → text.

    A section's text is written as it is; lines are not joined.
    """

    def __init__(self, *names: Any, sections: Mapping[str, str] | None = None, **more: Any) -> None:
        more.setdefault("context_settings", {}).setdefault("max_content_width", WIDTH)
        super().__init__(*names, **more)
        self.sections = dict(sections or {})

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options by heading, in the order in which they were declared."""
        _write_options(self, ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The sections at the end."""
        _write_sections(self.sections, formatter)


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called.

    Args:
        lazy: for each command its module (which has it as `command`) and its line in the help.
    """

    def __init__(
        self,
        *names: Any,
        lazy: Mapping[str, tuple[str, str]] | None = None,
        sections: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        more.setdefault("context_settings", {}).setdefault("max_content_width", WIDTH)
        super().__init__(*names, **more)
        self.lazy = dict(lazy or {})
        self.sections = dict(sections or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which they were given."""
        return [*self.lazy, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; imports its module."""
        if cmd_name not in self.lazy:
            return super().get_command(ctx, cmd_name)
        command = import_module(self.lazy[cmd_name][0]).command
        assert isinstance(command, click.Command)
        return command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands, then the options by heading."""
        with formatter.section("Commands"):
            rows = [(name, line) for name, (_, line) in self.lazy.items()]
            rows += [(name, c.get_short_help_str(WIDTH)) for name, c in self.commands.items()]
            formatter.write_dl(rows)
        _write_options(self, ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The sections at the end."""
        _write_sections(self.sections, formatter)


def _write_options(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    headings: dict[str, list[tuple[str, str]]] = {}
    for parameter in command.get_params(ctx):
        if isinstance(parameter, click.Argument):
            # The first line has them.
            continue
        if (record := parameter.get_help_record(ctx)) is not None:
            headings.setdefault(getattr(parameter, "section", OPTIONS), []).append(record)
    for heading in sorted(headings, key=lambda name: name == OPTIONS):
        with formatter.section(heading):
            formatter.write_dl(headings[heading], col_max=34)


def _write_sections(sections: Mapping[str, str], formatter: click.HelpFormatter) -> None:
    for heading, text in sections.items():
        with formatter.section(heading):
            _write_lines(text.strip("\n").split("\n"), formatter)


def _write_lines(lines: Sequence[str], formatter: click.HelpFormatter) -> None:
    for line in lines:
        formatter.write(f"{'':>{formatter.current_indent}}{line}".rstrip() + "\n")
