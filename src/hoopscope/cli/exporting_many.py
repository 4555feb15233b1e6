"""Carries out `hoopscope export` for many sessions: a walk or a list of ids into a folder."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hoopscope.cli import exit_codes
from hoopscope.cli.export_progress import ManyProgress, size
from hoopscope.cli.exporting import Exporting, check_permission
from hoopscope.cli.invocation import gateway_from
from hoopscope.cli.listing import unreadable_sentence
from hoopscope.cli.messages import complain
from hoopscope.cli.progress import Progress
from hoopscope.cli.queries import query_from
from hoopscope.cli.signals import EndedBySignal, run_until_ended
from hoopscope.gateway.errors import GatewayError
from hoopscope.recordings.exports.folder import FolderExport
from hoopscope.recordings.exports.manifest import Manifest

if TYPE_CHECKING:
    from hoopscope.config.settings import Settings
    from hoopscope.gateway.access import GatewayAccess
    from hoopscope.gateway.client import Gateway
    from hoopscope.gateway.query import SessionQuery
    from hoopscope.gateway.row import SessionRow
    from hoopscope.gateway.second import UnreadableSecond
    from hoopscope.sessions.local_filter import LocalFilter

_PAGE = 100
_NAMED = 10
"""Missing sessions that are named on standard error; the manifest has them all."""


def write_folder(settings: Settings, access: GatewayAccess, wanted: Exporting, folder: Path) -> int:
    """Write them; gives the exit code. The manifest says what became of each, however it ends.

    Raises:
        UsageFailed, GatewayError, ExportFailed, SpoolFull.
    """
    work = _ManyExport(settings, access, wanted, folder)
    ended: EndedBySignal | None = None
    try:
        run_until_ended(work.run())
    except EndedBySignal as signal:
        ended = signal
    finally:
        work.conclude(ended)
    if ended is not None:
        return ended.exit_code
    return exit_codes.INCOMPLETE if work.is_incomplete else exit_codes.OK


class _ManyExport:
    def __init__(
        self, settings: Settings, access: GatewayAccess, wanted: Exporting, folder: Path
    ) -> None:
        self._settings = settings
        self._access = access
        self._wanted = wanted
        self._folder = folder
        self._progress = Progress(wanted=True)
        self._unreadable: list[UnreadableSecond] = []
        self._export: FolderExport | None = None
        self._failures = 0

    @property
    def is_incomplete(self) -> bool:
        """Whether any session is missing."""
        return bool(self._unreadable or (self._export and self._export.tally.failed))

    async def run(self) -> None:
        """All of it, the manifest included."""

        now = time.time_ns() // 1000
        async with gateway_from(self._settings, self._access) as gateway:
            await check_permission(gateway)
            query, local = await query_from(self._wanted.filters, gateway, self._settings, now)
            manifest = Manifest(self._folder, self._access.host)
            try:
                await self._run_with(gateway, manifest, query, local, now)
            finally:
                manifest.close()

    async def _run_with(
        self,
        gateway: Gateway,
        manifest: Manifest,
        query: SessionQuery,
        local: LocalFilter | None,
        now: int,
    ) -> None:
        wanted = self._wanted
        export = self._export = FolderExport(
            gateway,
            manifest,
            wanted.format_name,
            wanted.options,
            jobs=wanted.jobs,
            on_failure=self._missing,
        )
        progress = ManyProgress(self._progress, export.tally)
        showing = [asyncio.ensure_future(progress.run())]
        sessions: AsyncIterator[SessionRow | str]
        if wanted.ids:
            sessions, progress.total = _listed(wanted.ids), len(wanted.ids)
        else:
            sessions = self._walked(gateway, query, local, now)
            if local is None:
                showing.append(
                    asyncio.ensure_future(_count(gateway, query, wanted.limit, progress))
                )
        manifest.begin_run(self._asked_for(query))
        try:
            await export.run(sessions, ahead=0 if wanted.ids else 4 * wanted.jobs)
        except BaseException as error:
            self._end(manifest, _reason(error))
            raise
        else:
            self._end(manifest, "")
        finally:
            for task in showing:
                task.cancel()
            await asyncio.gather(*showing, return_exceptions=True)

    async def _walked(
        self, gateway: Gateway, query: SessionQuery, local: LocalFilter | None, now: int
    ) -> AsyncIterator[SessionRow | str]:
        from hoopscope.gateway.walk import SessionWalk

        limit = self._wanted.limit
        few = limit is not None and local is None
        walk = SessionWalk(gateway, query, page_size=min(limit or _PAGE, _PAGE) if few else _PAGE)
        given = 0
        while (page := await walk.next_page()) is not None:
            self._unreadable += page.unreadable
            for row in (*page.late, *page.rows):
                if local is not None and not local.matches(row, now):
                    continue
                if limit is not None and given >= limit:
                    return
                given += 1
                yield row

    def _asked_for(self, query: SessionQuery) -> dict[str, object]:
        wanted = self._wanted
        asked: dict[str, object] = {"began": _now(), "format": wanted.format_name}
        if wanted.ids:
            asked["ids"] = list(wanted.ids)
        else:
            asked["filters"] = {name: _plain(value) for name, value in wanted.filters.items()}
            asked["query"] = dict(query.parameters())
            asked["limit"] = wanted.limit
        return asked

    def _end(self, manifest: Manifest, reason: str) -> None:
        assert self._export is not None
        tally = self._export.tally
        manifest.end_run(
            {
                "ended": _now(),
                "complete": not reason and not self.is_incomplete,
                **({"reason": reason} if reason else {}),
                "written": tally.complete,
                "there_already": tally.already,
                "with_nothing": tally.nothing,
                "missing": tally.failed,
                **(
                    {"out_of_reach": [_unreadable(each) for each in self._unreadable]}
                    if self._unreadable
                    else {}
                ),
            }
        )

    def _missing(self, session_id: str, reason: str) -> None:
        self._failures += 1
        self._progress.clear()
        if self._failures <= _NAMED:
            complain(f"{session_id} is missing: {reason}")

    def conclude(self, ended: EndedBySignal | None) -> None:
        """Say how it went."""
        self._progress.clear()
        if self._export is None:
            return
        tally = self._export.tally
        self._progress.note(
            f"{tally.complete:,} files, {size(tally.bytes)}, written to {self._folder};"
            f" {tally.already:,} were there already, {tally.nothing:,} sessions have nothing of"
            " that kind."
        )
        for second in self._unreadable:
            complain(unreadable_sentence(second))
        if ended is not None:
            complain("the export was ended; the same command goes on where this one stopped.")
        elif tally.failed:
            complain(
                f"{tally.failed:,} missing: {self._folder / 'manifest.json'} says which and why."
                " The same command tries them again."
            )


async def _listed(ids: tuple[str, ...]) -> AsyncIterator[SessionRow | str]:
    for session_id in ids:
        yield session_id


async def _count(
    gateway: Gateway, query: SessionQuery, limit: int | None, progress: ManyProgress
) -> None:
    try:
        page = await gateway.sessions(query.replace(limit=1, count="exact"))
    except GatewayError:
        # A count is a comfort; the walk tells what is wrong.
        return
    if page.total is not None:
        progress.total = page.total if limit is None else min(limit, page.total)


def _reason(error: BaseException) -> str:
    if isinstance(error, asyncio.CancelledError):
        return "ended"
    return str(error) or type(error).__name__


def _unreadable(second: UnreadableSecond) -> str:
    return unreadable_sentence(second)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
