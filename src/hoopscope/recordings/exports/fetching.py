"""Fetches what one session recorded and writes it into a file."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from hoopscope.gateway.answers import another_product
from hoopscope.gateway.client import checked_session_id
from hoopscope.gateway.row import SessionRow
from hoopscope.recordings.exports import FORMATS, ExportOptions
from hoopscope.recordings.exports.material import Material
from hoopscope.recordings.exports.saving import OnProgress, Written, export_recording
from hoopscope.recordings.exports.whole_file import WholeFile
from hoopscope.recordings.recording import Recording

if TYPE_CHECKING:
    from hoopscope.gateway.client import Gateway
    from hoopscope.recordings.loading import Progress


async def save_session(
    gateway: Gateway,
    row: SessionRow,
    format_name: str,
    path: Path,
    options: ExportOptions | None = None,
    *,
    recording: Recording | None = None,
    on_progress: OnProgress | None = None,
) -> Written:
    """Write a session to `path`, whole or not at all; formatting happens in a thread.

    A complete `recording` that is there already is used and not fetched again (except for `json`,
    which is the gateway's own answer); it has to stay open until this returns. A cancelled call
    leaves nothing behind, or was too late and returns as usual.

    Raises:
        NothingToExport, NothingRecorded: the session has nothing of that kind.
        RecordingWithheld: it has, but not for this reader.
        GatewayError, SpoolFull, ExportFailed.
    """
    options = options or ExportOptions()
    if FORMATS[format_name].needs == "answer":
        return await _save_answer(gateway, row, path, on_progress)
    async with material_of(gateway, row, format_name, recording, on_progress) as material:
        stop = threading.Event()
        work = asyncio.ensure_future(
            asyncio.to_thread(
                export_recording,
                format_name,
                material,
                path,
                options,
                on_progress=on_progress,
                stop=stop,
            )
        )
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            # The recording may not be taken away from under the thread.
            stop.set()
            await asyncio.wait([work])
            if work.exception() is None:
                # Too late: the file is there, and whoever keeps account of files has to know.
                return work.result()
            raise


async def session_of(gateway: Gateway, session_id: str) -> tuple[SessionRow, str | None]:
    """What an export needs of a session, and its script. Raises GatewayError.

    Unlike `Gateway.session` it loads no models, which would take longer than most exports.
    """
    value = await gateway.get_json(f"/api/sessions/{checked_session_id(session_id)}")
    if not isinstance(value, dict) or not isinstance(value.get("id"), str):
        raise another_product(gateway.access.host)
    script = value.get("script")
    text = script.get("data") if isinstance(script, dict) else None
    return SessionRow.from_json(value), text if isinstance(text, str) else None


def has_ended(row: SessionRow) -> bool:
    """Whether nothing will be added any more to what a session recorded."""
    return row.end is not None or row.status == "done"


@asynccontextmanager
async def material_of(
    gateway: Gateway,
    row: SessionRow,
    format_name: str,
    recording: Recording | None = None,
    on_progress: OnProgress | None = None,
) -> AsyncIterator[Material]:
    """What a format needs of a session, fetched as far as it is not there.

    Raises GatewayError, SpoolFull.
    """
    script = None
    if FORMATS[format_name].needs == "script":
        _, script = await session_of(gateway, row.id)
    if recording is not None:
        yield Material(row, recording, script)
        return
    own = Recording()
    try:
        if not script:
            from hoopscope.recordings.loading import load_recording

            fetched = None if on_progress is None else partial(_tell, on_progress)
            await load_recording(gateway, row.id, own, fetched, expected=row.event_size)
        yield Material(row, own, script)
    finally:
        own.close()


def _tell(on_progress: OnProgress, progress: Progress) -> None:
    on_progress("fetched", progress.received, progress.expected)


async def _save_answer(
    gateway: Gateway, row: SessionRow, path: Path, on_progress: OnProgress | None
) -> Written:
    with WholeFile(path) as file:
        async for piece in gateway.whole_session(row.id):
            file.write(piece)
            if on_progress is not None:
                on_progress("fetched", file.size, row.event_size)
    return Written(path, file.size, file.sha256)
