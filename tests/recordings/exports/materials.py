"""Sessions to export, and how a format writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from hoopscope.gateway.event import Event
from hoopscope.gateway.row import SessionRow
from hoopscope.recordings.exports import FORMATS, ExportOptions
from hoopscope.recordings.exports.material import Material
from hoopscope.recordings.recording import Recording

START = 1_795_436_797_123_456
"""2026-11-23T12:26:37.123456Z."""

SHELL = SessionRow(
    "74efe044-b0a5-4451-93f1-bd7fa0f3a364",
    START,
    user="ana@example.com",
    connection="bash-prod",
    type="custom",
    subtype="",
    verb="connect",
)
EXEC = SHELL._replace(connection="pg-prod", type="database", subtype="postgres", verb="exec")
WIRE = EXEC._replace(verb="connect")


Recorded = Iterable[tuple[float, str, bytes]]


@contextmanager
def material(
    events: Recorded, row: SessionRow = SHELL, script: str | None = None
) -> Iterator[Material]:
    recording = Recording()
    recording.append([Event(*event) for event in events])
    recording.is_complete = True
    try:
        yield Material(row, recording, script)
    finally:
        recording.close()


def written(
    name: str,
    events: Recorded,
    row: SessionRow = SHELL,
    script: str | None = None,
    **options: object,
) -> bytes:
    chosen = ExportOptions(**options)  # type: ignore[arg-type]
    with material(events, row, script) as given:
        return b"".join(FORMATS[name].chunks(given, chosen))
