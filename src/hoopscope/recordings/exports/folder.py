"""FolderExport: many sessions into one folder, several at a time, going on where one stopped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hoopscope.gateway.errors import (
    GatewayError,
    NotAuthorised,
    NothingRecorded,
    TimedOut,
    Unreachable,
)
from hoopscope.recordings.exports import FORMATS, ExportOptions, NothingToExport
from hoopscope.recordings.exports.fetching import has_ended, save_session, session_of
from hoopscope.recordings.exports.file_names import file_name
from hoopscope.recordings.exports.manifest import Entry, Manifest, Status
from hoopscope.recordings.exports.whole_file import ExportFailed
from hoopscope.recordings.spool import SpoolFull

if TYPE_CHECKING:
    from hoopscope.gateway.client import Gateway
    from hoopscope.gateway.row import SessionRow

_GIVE_UP_AFTER = 3
"""Sessions in a row that a gateway was not reached for, a job each."""

INTERRUPTED = "The export ended before this session was complete."
NOT_REACHED = "The export ended before this session was begun."


@dataclass(slots=True)
class Tally:
    """How far an export has come: sessions, and bytes of files."""

    complete: int = 0
    already: int = 0
    nothing: int = 0
    failed: int = 0
    bytes: int = 0

    @property
    def done(self) -> int:
        """Sessions of which it is known what became of them."""
        return self.complete + self.already + self.nothing + self.failed


class FolderExport:
    """Exports sessions into the folder of a manifest. Belongs to one event loop.

    Args:
        jobs: how many sessions at a time.
        on_failure: told the id and the reason of each session that the gateway did not give.
    """

    def __init__(
        self,
        gateway: Gateway,
        manifest: Manifest,
        format_name: str,
        options: ExportOptions,
        *,
        jobs: int = 4,
        on_failure: Callable[[str, str], None] | None = None,
    ) -> None:
        self.tally = Tally()
        self._gateway = gateway
        self._manifest = manifest
        self._format = FORMATS[format_name]
        self._options = options
        self._changed_by = self._format.changed_by(options)
        self._jobs = jobs
        self._on_failure = on_failure
        self._unreached = 0
        self._ending = False

    async def run(self, sessions: AsyncIterator[SessionRow | str], *, ahead: int = 16) -> None:
        """Export every session, given as a row or as an id; what is there already is left alone.

        At most `ahead` sessions wait for their turn, 0 for any number. A session that cannot be had
        is taken down as missing and ends nothing. Cancelled, or where going on makes no sense,
        this takes down what is missing too, and then raises.

        Raises:
            GatewayError: `sessions` raised it (what came before is exported), the credential is
                not accepted, or the gateway was not reached again and again.
            SpoolFull, ExportFailed: nothing more can be written.
        """
        queue: asyncio.Queue[SessionRow | str | None] = asyncio.Queue(ahead)
        tasks: list[asyncio.Future[GatewayError | None]] = [
            asyncio.ensure_future(self._work(queue)) for _ in range(self._jobs)
        ]
        tasks.append(asyncio.ensure_future(self._feed(sessions, queue)))
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        finally:
            self._ending = True
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
            while not queue.empty():
                if (session := queue.get_nowait()) is not None:
                    self._failed(session, NOT_REACHED)
        for result in ended:
            if isinstance(result, BaseException) and not isinstance(result, asyncio.CancelledError):
                raise result

    async def _feed(
        self,
        sessions: AsyncIterator[SessionRow | str],
        queue: asyncio.Queue[SessionRow | str | None],
    ) -> GatewayError | None:
        """Fill the queue; gives what went wrong, to be told once what is waiting is exported."""
        failed = None
        try:
            async for session in sessions:
                await queue.put(session)
        except GatewayError as error:
            failed = error
        for _ in range(self._jobs):
            await queue.put(None)
        return failed

    async def _work(self, queue: asyncio.Queue[SessionRow | str | None]) -> GatewayError | None:
        while not self._ending and (session := await queue.get()) is not None:
            try:
                await self._export(session)
                self._unreached = 0
            except asyncio.CancelledError:
                self._failed(session, INTERRUPTED)
                raise
            except (ExportFailed, SpoolFull, NotAuthorised) as error:
                self._failed(session, str(error))
                raise
            except GatewayError as error:
                self._failed_alone(session, str(error))
                self._unreached += isinstance(error, Unreachable | TimedOut)
                if self._unreached >= _GIVE_UP_AFTER * self._jobs:
                    raise
            except Exception as error:  # noqa: BLE001 (the others are not to suffer from it)
                self._failed_alone(session, f"A mistake in hoopscope: {type(error).__name__}.")
        return None

    async def _export(self, session: SessionRow | str) -> None:
        name, session_id = self._format.name, _id_of(session)
        if await asyncio.to_thread(self._manifest.has_whole, session_id, name, self._changed_by):
            self.tally.already += 1
            return
        if isinstance(session, str):
            session, _ = await session_of(self._gateway, session)
        file = file_name(session, self._format.suffix_of(session))
        path = self._manifest.folder / file
        ended = has_ended(session)
        try:
            found = await save_session(self._gateway, session, name, path, self._options)
        except (NothingToExport, NothingRecorded) as error:
            self._manifest.add(self._entry(session_id, "nothing", str(error), ended))
            self.tally.nothing += 1
            return
        entry = replace(
            self._entry(session_id, "complete", ended=ended),
            file=file,
            bytes=found.size,
            sha256=found.sha256,
            masked=self._changed_by.get("with_secrets") is False,
        )
        self._manifest.add(entry)
        self.tally.complete += 1
        self.tally.bytes += found.size

    def _failed_alone(self, session: SessionRow | str, reason: str) -> None:
        self._failed(session, reason)
        if self._on_failure is not None:
            self._on_failure(_id_of(session), reason)

    def _failed(self, session: SessionRow | str, reason: str) -> None:
        session_id = _id_of(session)
        # Where the disk is full the journal is too; the manifest is written at the end.
        with suppress(ExportFailed):
            self._manifest.add(self._entry(session_id, "failed", reason))
        self.tally.failed += 1

    def _entry(
        self, session_id: str, status: Status, reason: str = "", ended: bool = True
    ) -> Entry:
        return Entry(
            id=session_id,
            format=self._format.name,
            status=status,
            reason=reason,
            ended=ended,
            written=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            options=self._changed_by,
        )


def _id_of(session: SessionRow | str) -> str:
    return session if isinstance(session, str) else session.id
