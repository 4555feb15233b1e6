"""Carries out `hoopscope play`."""

from __future__ import annotations

from collections.abc import Mapping

from hoopscope.cli.browse import take_the_terminal_back
from hoopscope.cli.failures import CommandFailed
from hoopscope.cli.invocation import access_from, settings_from
from hoopscope.gateway.client import checked_session_id


def play(
    flags: Mapping[str, object],
    session_id: str,
    *,
    size: tuple[int, int],
    speed: float,
    idle: float,
) -> int:
    """Replay a session until the operator leaves; gives the exit code.

    Raises:
        SettingsError, UsageFailed, GatewayError, CommandFailed, CannotStart.
    """
    from hoopscope.tui.play import NothingToPlay, run_play

    session_id = checked_session_id(session_id)
    settings = settings_from(flags)
    access = access_from(settings)
    if settings.sources["token_file"].value == "-":
        take_the_terminal_back()
    try:
        return run_play(settings, access, session_id, size=size, speed=speed, idle=idle)
    except NothingToPlay as error:
        raise CommandFailed(str(error)) from error
