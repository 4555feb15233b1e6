"""Carries out `hoopscope export`: into one file, into a folder, or to standard output."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hoopscope.cli import exit_codes
from hoopscope.cli.beginning_view import chosen_view, on_top
from hoopscope.cli.failures import CommandFailed, OutputFailed, UsageFailed
from hoopscope.cli.invocation import (
    access_from,
    gateway_from,
    refuse_file_if_restricted,
    settings_with_warnings,
)
from hoopscope.cli.output import STANDARD_OUTPUT, standard_bytes
from hoopscope.cli.progress import Progress
from hoopscope.cli.signals import EndedBySignal, run_until_ended
from hoopscope.gateway.client import checked_session_id
from hoopscope.recordings.exports import FORMATS, ExportOptions, NothingToExport

if TYPE_CHECKING:
    from hoopscope.config.settings import Settings
    from hoopscope.gateway.access import GatewayAccess
    from hoopscope.gateway.client import Gateway
    from hoopscope.gateway.row import SessionRow
    from hoopscope.recordings.exports.saving import Written

DEFAULT_FOLDER = "hoopscope-export"


class Exporting(NamedTuple):
    """What is wanted: sessions by `ids`, or by filters as the options gave them.

    `limit` None means all that the filters let through.
    """

    ids: tuple[str, ...]
    filters: Mapping[str, Any]
    limit: int | None
    format_name: str
    options: ExportOptions
    output: str | None
    jobs: int


def write_export(flags: Mapping[str, object], wanted: Exporting) -> int:
    """Write the files; gives the exit code.

    Raises:
        SettingsError, UsageFailed, GatewayError, CommandFailed, OutputClosed.
    """
    from hoopscope.recordings.exports.whole_file import ExportFailed
    from hoopscope.recordings.spool import SpoolFull

    # The order stays; the same session is not written twice.
    ids = tuple(dict.fromkeys(checked_session_id(each) for each in wanted.ids))
    wanted = wanted._replace(ids=ids)
    to_folder = len(ids) != 1 or (wanted.output is not None and _is_folder(wanted.output))
    if to_folder and wanted.output == STANDARD_OUTPUT:
        raise UsageFailed("--output - takes one session; give a folder for several.")
    settings = settings_with_warnings(flags)
    refuse_file_if_restricted(settings, wanted.output or DEFAULT_FOLDER)
    if view := chosen_view(settings):
        if ids:
            raise UsageFailed("give ids, or --view with --all or --limit, but not both.")
        wanted = wanted._replace(filters=on_top(view, wanted.filters))
    access = access_from(settings)
    gc.freeze()
    gc.enable()
    try:
        if to_folder:
            from hoopscope.cli.exporting_many import write_folder

            return write_folder(settings, access, wanted, Path(wanted.output or DEFAULT_FOLDER))
        if wanted.output == STANDARD_OUTPUT:
            return _write_to_standard_output(settings, access, wanted)
        return _write_one(settings, access, wanted)
    except (NothingToExport, ExportFailed, SpoolFull) as error:
        raise CommandFailed(str(error)) from error
    except EndedBySignal as ended:
        return ended.exit_code


def _is_folder(output: str) -> bool:
    if output == STANDARD_OUTPUT:
        return False
    return output.endswith(os.sep) or Path(output).is_dir()


def _write_one(settings: Settings, access: GatewayAccess, wanted: Exporting) -> int:
    from hoopscope.cli.export_progress import OneProgress

    progress = Progress(wanted=True)
    target = None if wanted.output is None else _target(wanted.output)

    async def run() -> Written:
        from hoopscope.recordings.exports.fetching import has_ended, save_session
        from hoopscope.recordings.exports.file_names import file_name

        async with gateway_from(settings, access) as gateway:
            row = await _row(gateway, wanted.ids[0])
            if not has_ended(row):
                progress.note("The session has not ended: the file has what is stored by now.")
            name = file_name(row, FORMATS[wanted.format_name].suffix_of(row))
            return await save_session(
                gateway,
                row,
                wanted.format_name,
                target or Path(name),
                wanted.options,
                on_progress=OneProgress(progress),
            )

    try:
        written = run_until_ended(run())
    finally:
        progress.clear()
    progress.note(f"{written.size:,} bytes written to {wanted.output or written.path}.")
    return exit_codes.OK


def _target(output: str) -> Path:
    """The file that is to be written: a link's, not the link."""
    path = Path(output)
    try:
        if path.exists() and not path.is_file():
            raise OutputFailed(f"{path} is no file; --output - writes to standard output.")
    except (OSError, ValueError) as error:
        raise OutputFailed(f"{output!r} is no name of a file.") from error
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def _write_to_standard_output(settings: Settings, access: GatewayAccess, wanted: Exporting) -> int:
    from hoopscope.recordings.exports.batches import in_batches
    from hoopscope.recordings.exports.fetching import material_of

    async def run() -> None:

        async with gateway_from(settings, access) as gateway:
            row = await _row(gateway, wanted.ids[0])
            if FORMATS[wanted.format_name].needs == "answer":
                async for piece in gateway.whole_session(row.id):
                    sink.write_bytes(piece)
                return
            async with material_of(gateway, row, wanted.format_name) as material:
                chunks = FORMATS[wanted.format_name].chunks(material, wanted.options)
                for batch in in_batches(chunks):
                    sink.write_bytes(batch)

    with standard_bytes() as sink:
        asyncio.run(run())
    return exit_codes.OK


async def _row(gateway: Gateway, session_id: str) -> SessionRow:
    from hoopscope.recordings.exports.fetching import session_of

    await check_permission(gateway)
    row, _ = await session_of(gateway, session_id)
    return row


async def check_permission(gateway: Gateway) -> None:
    """Raises Forbidden where the gateway's administrators do not want sessions to be taken along.

    A gateway that does not tell has no such switch.
    """
    from hoopscope.gateway.errors import Forbidden, NotFound

    try:
        # Its model would take longer to load than most exports take.
        info = await gateway.get_json("/api/serverinfo")
    except (Forbidden, NotFound):
        return
    if isinstance(info, dict) and info.get("disable_sessions_download"):
        raise Forbidden(
            "This gateway does not allow sessions to be downloaded (disable_sessions_download).",
            "They can still be read in the browser: run hoopscope.",
        )
