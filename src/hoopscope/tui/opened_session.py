"""OpenedSession: what is known and what was loaded of a session while somebody looks at it."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, TypeAlias

from hoopscope.tui.stream_load import LoadPhase, StreamLoad

if TYPE_CHECKING:
    from hoopscope.gateway.models.session import SessionDetail
    from hoopscope.gateway.row import SessionRow
    from hoopscope.recordings.recording import Recording
    from hoopscope.recordings.spool import Spool
    from hoopscope.tui.live_load import LiveLoad

Load: TypeAlias = "StreamLoad | LiveLoad"

KEPT_BYTES = 4_000_000
"""Recordings up to this size stay when their session is left, for coming back."""


class OpenedSession:
    """Belongs to the interface's thread.

    Attributes:
        is_live: whether it may be recording at this moment.
        row: what the list knows, as of now.
        detail: the whole session, None until it is loaded.
        problem: why the detail could not be loaded.
        recording: its events, None until there are any; `loading` tells how far they are. Of a
            live session another one can take its place.
        text: its output as text alone, for what is too large to be asked for with its times.
    """

    def __init__(self, row: SessionRow) -> None:
        self.row = row
        self.is_live = False
        self.detail: SessionDetail | None = None
        self.problem: Exception | None = None
        self.recording: Recording | None = None
        self.loading: Load | None = None
        self.text: Spool | None = None
        self.text_loading: StreamLoad | None = None

    @property
    def is_whole(self) -> bool:
        """Whether all that was begun has come to its end."""
        return all(load.phase is LoadPhase.COMPLETE for load in self.loads())

    @property
    def is_loaded(self) -> bool:
        """Whether nothing more will come of its recording."""
        return self.loading is not None and not self.loading.is_running

    @property
    def was_refused(self) -> bool:
        """Whether the gateway did not accept the credential when some of it was to be loaded."""
        from hoopscope.gateway.errors import NotAuthorised

        problems = [self.problem, *(load.problem for load in self.loads())]
        found = [*problems, *(problem.__cause__ for problem in problems if problem is not None)]
        return any(isinstance(problem, NotAuthorised) for problem in found)

    @property
    def bytes_held(self) -> int:
        """How much of the disk it takes."""
        recorded = 0 if self.recording is None else self.recording.payloads.size()
        return recorded + (0 if self.text is None else self.text.size())

    def drop_recording(self) -> None:
        """Stop what is loading and give the disk back."""
        for load in self.loads():
            load.stop()
        if isinstance(self.loading, StreamLoad):
            if self.recording is not None:
                self.recording.close()
        elif self.loading is not None:
            self.loading.close()
        if self.text is not None:
            self.text.close()
        self.recording = self.text = self.loading = self.text_loading = None

    def take_live(self) -> None:
        """Take over what came live since."""
        if self.loading is not None and not isinstance(self.loading, StreamLoad):
            self.recording = self.loading.take()

    def loads(self) -> list[Load]:
        """What was begun, whether it has ended or not."""
        return [load for load in (self.loading, self.text_loading) if load is not None]


class OpenedSessions:
    """The sessions that were looked at last; what is older gives its disk back."""

    def __init__(self, keep: int = 4) -> None:
        self._keep = keep
        self._kept: OrderedDict[str, OpenedSession] = OrderedDict()

    def open(self, row: SessionRow) -> OpenedSession:
        """The session, as it was left if it has not changed since."""
        opened = self._kept.get(row.id)
        if opened is None or opened.row != row:
            self.forget(row.id)
            opened = self._kept[row.id] = OpenedSession(row)
        self._kept.move_to_end(row.id)
        while len(self._kept) > self._keep:
            self._kept.popitem(last=False)[1].drop_recording()
        return opened

    def leave(self, opened: OpenedSession) -> None:
        """Nobody looks at it any more: what is large or on its way is dropped."""
        if not opened.is_whole or opened.bytes_held > KEPT_BYTES:
            opened.drop_recording()

    def forget(self, session_id: str) -> None:
        """Drop one, so that it is loaded anew."""
        opened = self._kept.pop(session_id, None)
        if opened is not None:
            opened.drop_recording()

    def close(self) -> None:
        """Drop all."""
        for session_id in list(self._kept):
            self.forget(session_id)
