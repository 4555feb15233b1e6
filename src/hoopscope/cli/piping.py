"""Carries out `hoopscope output` and `hoopscope script`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine, Mapping
from typing import TYPE_CHECKING, Any

from hoopscope.cli import exit_codes
from hoopscope.cli.exporting import check_permission
from hoopscope.cli.failures import CommandFailed
from hoopscope.cli.invocation import access_from, gateway_from, settings_with_warnings
from hoopscope.cli.output import ByteSink, standard_bytes
from hoopscope.gateway.client import Gateway, checked_session_id
from hoopscope.recordings.exports import ExportOptions, NothingToExport

if TYPE_CHECKING:
    from collections.abc import Callable

    from hoopscope.gateway.row import SessionRow


def write_output(flags: Mapping[str, object], session_id: str, *, with_secrets: bool) -> int:
    """Write what a session printed to standard output; gives the exit code.

    Raises:
        SettingsError, UsageFailed, GatewayError, CommandFailed, OutputClosed.
    """
    from hoopscope.recordings.exports.fetching import session_of

    session_id = checked_session_id(session_id)

    async def run(gateway: Gateway, sink: ByteSink) -> None:
        row, _ = await session_of(gateway, session_id)
        await _stream(gateway, row, sink, with_secrets)

    return _carried_out(flags, run)


def write_script(flags: Mapping[str, object], session_id: str, *, with_secrets: bool) -> int:
    """Write a session's script to standard output; gives the exit code. Raises as above."""
    from hoopscope.recordings.exports.fetching import material_of, session_of
    from hoopscope.recordings.exports.script import chunks

    session_id = checked_session_id(session_id)

    async def run(gateway: Gateway, sink: ByteSink) -> None:
        row, _ = await session_of(gateway, session_id)
        async with material_of(gateway, row, "script") as material:
            for piece in chunks(material, ExportOptions(with_secrets=with_secrets)):
                sink.write_bytes(piece)

    return _carried_out(flags, run)


def _carried_out(
    flags: Mapping[str, object],
    run: Callable[[Gateway, ByteSink], Coroutine[Any, Any, None]],
) -> int:
    settings = settings_with_warnings(flags)
    access = access_from(settings)

    async def with_gateway(sink: ByteSink) -> None:
        async with gateway_from(settings, access) as gateway:
            if sys.stdout is not None and not sys.stdout.isatty():
                # On a terminal it is reading, which the switch leaves alone.
                await check_permission(gateway)
            await run(gateway, sink)

    try:
        with standard_bytes() as sink:
            asyncio.run(with_gateway(sink))
    except NothingToExport as error:
        raise CommandFailed(str(error)) from error
    return exit_codes.OK


async def _stream(gateway: Gateway, row: SessionRow, sink: ByteSink, with_secrets: bool) -> None:
    from hoopscope.recordings.kinds import kind_of

    kind = kind_of(row.type, row.subtype, row.verb)
    if not kind.facts.has_output:
        raise NothingToExport(f"There is no output to write. {kind.facts.stored}")
    if with_secrets:
        async for piece in gateway.recorded_output(row.id):
            sink.write_bytes(piece)
        return
    from hoopscope.gateway.event import Event
    from hoopscope.recordings.secrets import EventMask

    mask = EventMask(kind)
    async for piece in gateway.recorded_output(row.id):
        sink.write_bytes(b"".join(event.payload for event in mask.feed(Event(0, "o", piece))))
    sink.write_bytes(b"".join(event.payload for event in mask.close()))
