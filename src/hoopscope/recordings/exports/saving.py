"""Writes one session into one file, in a thread, piece by piece."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from hoopscope.recordings.exports import FORMATS, ExportOptions
from hoopscope.recordings.exports.batches import in_batches
from hoopscope.recordings.exports.material import Material
from hoopscope.recordings.exports.whole_file import WholeFile


class Written(NamedTuple):
    """A file that is complete: its bytes, and their SHA-256 in hexadecimal."""

    path: Path
    size: int
    sha256: str


class Stopped(Exception):
    """Somebody did not want it any more; nothing was left behind."""


OnProgress = Callable[[str, int, int], None]
"""Told what is done to the recording (`fetched`, `written`), bytes so far, and of how many (0 where
nobody knows); perhaps from another thread."""


def export_recording(
    format_name: str,
    material: Material,
    path: Path,
    options: ExportOptions | None = None,
    *,
    on_progress: OnProgress | None = None,
    stop: threading.Event | None = None,
) -> Written:
    """Write a loaded recording to `path`, whole or not at all, readable by its owner only.

    Blocks: for a thread other than the interface's. Memory stays flat. `format_name` is one of
    FORMATS, but not `json`, which needs the gateway's own answer.

    Raises:
        NothingToExport: the session has nothing that this format could hold; no file was written.
        ExportFailed: the file cannot be written.
        Stopped: `stop` was set.
    """
    pieces = FORMATS[format_name].chunks(material, options or ExportOptions())
    total = material.recording.payloads.size()
    with WholeFile(path) as file:
        for batch in in_batches(pieces):
            if stop is not None and stop.is_set():
                raise Stopped
            file.write(batch)
            if on_progress is not None:
                on_progress("written", material.bytes_read, total)
    return Written(path, file.size, file.sha256)
