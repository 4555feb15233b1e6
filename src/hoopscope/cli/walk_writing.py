"""From a walk to an output: page after page, the next one on its way while one is written."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hoopscope.cli.formats import Writer
    from hoopscope.cli.output import Sink
    from hoopscope.cli.progress import Progress
    from hoopscope.gateway.position import WalkPosition
    from hoopscope.gateway.row import SessionRow
    from hoopscope.gateway.second import UnreadableSecond
    from hoopscope.gateway.walk import SessionWalk, WalkPage
    from hoopscope.sessions.local_filter import LocalFilter

_PIECE = 20
"""Sessions that are written before the network gets its turn."""


class Report:
    """How far it came.

    looked_through: sessions that the gateway gave; written: those of them that were wanted.
    position: behind which another one would go on.
    """

    def __init__(self) -> None:
        self.looked_through = 0
        self.written = 0
        self.position: WalkPosition | None = None
        self.ended = False
        self.unreadable: list[UnreadableSecond] = []


async def write_walk(
    walk: SessionWalk,
    writer: Writer,
    sink: Sink,
    report: Report,
    *,
    limit: int | None,
    local: LocalFilter | None,
    now: int,
    progress: Progress,
) -> None:
    """Write what a walk gives, at most `limit` sessions; the report is kept up to date.

    Raises:
        GatewayError: a page cannot be had; what came before it has been written.
        OutputClosed, OutputFailed: it cannot be written.
    """
    coming = asyncio.ensure_future(walk.next_page())
    try:
        await asyncio.wait([coming])
        if coming.exception() is None:
            sink.write(writer.begin())
        while (page := await coming) is not None:
            position, ended = walk.position, walk.ended
            left = None if limit is None else limit - report.written
            if not ended and (left is None or left > len(page.rows) or local is not None):
                coming = asyncio.ensure_future(walk.next_page())
            rows, raw = _wanted(page, local, now)
            cut = left is not None and len(rows) >= left
            if cut:
                rows, raw = rows[:left], raw[:left]
            await _write(writer, sink, rows, raw)
            report.looked_through += _looked_through(page, rows[-1] if cut else None)
            report.written += len(rows)
            report.position = _position_of(rows[-1], position) if cut else position
            report.unreadable += page.unreadable
            report.ended = ended
            if cut or ended:
                break
            if not gc.isenabled():
                # What was imported stays for good; what follows comes and goes.
                gc.freeze()
                gc.enable()
            if progress.due():
                progress.show(_standing(report))
        else:
            report.ended = True
        sink.write(writer.end())
    finally:
        progress.clear()
        coming.cancel()
        await asyncio.gather(coming, return_exceptions=True)


async def _write(
    writer: Writer, sink: Sink, rows: Sequence[SessionRow], raw: Sequence[object]
) -> None:
    for first in range(0, len(rows), _PIECE):
        await asyncio.sleep(0)
        sink.write(writer.sessions(rows[first : first + _PIECE], raw[first : first + _PIECE]))


def _wanted(
    page: WalkPage, local: LocalFilter | None, now: int
) -> tuple[Sequence[SessionRow], Sequence[object]]:
    rows, raw = (*page.late, *page.rows), (*page.late_raw, *page.raw)
    if local is None:
        return rows, raw
    kept = [pair for pair in zip(rows, raw, strict=True) if local.matches(pair[0], now)]
    return [row for row, _ in kept], [value for _, value in kept]


def _looked_through(page: WalkPage, last: SessionRow | None) -> int:
    """How many sessions of a page were looked at, `last` being the last one that was wanted."""
    given = (*page.late, *page.rows)
    return next((n for n, row in enumerate(given, 1) if row is last), len(given))


def _position_of(row: SessionRow, page: WalkPosition | None) -> WalkPosition | None:
    """Behind the last session written, where the page went on further."""
    from hoopscope.gateway.position import WalkPosition
    from hoopscope.gateway.row import NO_START

    misplaced = row.start == NO_START and page is not None and page.start != NO_START
    return page if misplaced else WalkPosition(row.start, row.id)


def _standing(report: Report) -> str:
    back_to = str(report.position).partition("T")[0] if report.position else ""
    found = "" if report.written == report.looked_through else f"{report.written:,} found in "
    return f"{found}{report.looked_through:,} sessions, back to {back_to}"
