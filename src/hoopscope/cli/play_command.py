"""`hoopscope play`: one session replayed in the terminal."""

from __future__ import annotations

import re

import click

from hoopscope.cli import help_texts
from hoopscope.cli.gateway_options import (
    display_options,
    flags_of,
    gateway_options,
    safety_options,
    terminal_options,
    theme_option,
)
from hoopscope.cli.sections import SectionCommand, option

REPLAY = "Replay"
_SIZE = re.compile(r"(\d{1,4})[x×](\d{1,4})", re.IGNORECASE)


class Size(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """Columns and rows: `120x40`."""

    name = "size"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """The two numbers; fails for what is no size."""
        from hoopscope.recordings.emulator import MAX_COLUMNS, MAX_ROWS

        if isinstance(value, tuple):
            return value
        given = _SIZE.fullmatch(str(value).strip())
        size = (int(given[1]), int(given[2])) if given else (0, 0)
        if not (1 < size[0] <= MAX_COLUMNS and 1 < size[1] <= MAX_ROWS):
            self.fail(f"a size is columns x rows, up to {MAX_COLUMNS}x{MAX_ROWS}.", param, ctx)
        return size


@click.command(
    "play",
    cls=SectionCommand,
    help="Replay a session in the terminal: what its terminal showed, or what it printed, over"
    " time. Nothing that was recorded reaches this terminal except as text.",
    sections={"Examples": help_texts.PLAY_EXAMPLES, "Exit status": help_texts.EXIT_STATUS},
)
@click.argument("session_id", metavar="ID")
@option(
    REPLAY,
    "--speed",
    type=click.FloatRange(0.25, 16),
    default=1.0,
    show_default=True,
    help="How many times as fast as it was, 0.25 to 16.",
)
@option(
    REPLAY,
    "--idle",
    metavar="SECONDS",
    type=click.FloatRange(0),
    default=2.0,
    show_default=True,
    help="Play so much of any silence; 0 plays all of it.",
)
@option(
    REPLAY,
    "--size",
    metavar="COLUMNSxROWS",
    type=Size(),
    default=None,
    help="The size of the recorded terminal, which is estimated otherwise.",
)
@gateway_options
@safety_options
@display_options
@theme_option
@terminal_options
@click.pass_context
def command(
    ctx: click.Context, session_id: str, speed: float, idle: float, size: tuple[int, int] | None
) -> int:
    """Carry it out."""
    from hoopscope.cli.named_session import named_session
    from hoopscope.cli.playing import play

    flags = flags_of(ctx)
    session_id = named_session(flags, session_id)
    return play(flags, session_id, size=size or (0, 0), speed=speed, idle=idle)
