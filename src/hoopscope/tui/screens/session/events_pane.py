"""The part that shows what happened in a session, record by record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hoopscope.gateway.row import NO_START
from hoopscope.recordings.kinds import RecordingKind, kind_of
from hoopscope.recordings.parts import Part
from hoopscope.recordings.record_log import RecordLog
from hoopscope.tui.screens.session.recording_pane import RecordingPane
from hoopscope.tui.session_standing import Span
from hoopscope.tui.widgets.events_view import EventsView

if TYPE_CHECKING:
    from hoopscope.recordings.recording import Recording
    from hoopscope.tui.opened_session import OpenedSession
    from hoopscope.tui.screens.session.surroundings import Surroundings


class EventsPane(RecordingPane):
    """The decoded events; the log of records is there only while its session is."""

    part = Part.EVENTS

    def __init__(self, around: Surroundings, *, utc: bool) -> None:
        super().__init__(around)
        self._view = EventsView(utc=utc, ascii_only=around.ascii_only)
        self._log: RecordLog | None = None
        self._follows = True
        self._rows = 0

    @property
    def shown(self) -> EventsView:
        """The view."""
        return self._view

    def grew(self) -> None:
        """Decode what came since."""
        self._view.grew()

    def on_records_moved(self) -> None:
        """Stay at the end of what grows, until one goes elsewhere."""
        table = self._view.table
        if self.opened is None or not self.opened.is_live:
            return
        if table.row_count != self._rows:
            self._rows = table.row_count
            if self._follows:
                table.move_cursor(table.row_count - 1)
        else:
            self._follows = table.cursor_row >= table.row_count - 1

    def set_utc(self, utc: bool) -> None:
        """Say times in UTC, or in the operator's own zone."""
        self._view.utc = utc

    def free(self) -> None:
        """Let go of the records."""
        super().free()
        self._follows, self._rows = True, 0
        if self._log is not None:
            if self._view.is_running:
                self._view.clear()
            self._log.close()
            self._log = None

    def place(self) -> Sequence[Span]:
        """The record under the cursor."""
        return [(self._view.place, "")] if self._log is not None else ()

    def show_recording(
        self, recording: Recording, opened: OpenedSession, *, is_corrected: bool
    ) -> None:
        """Decode it."""
        row = opened.row
        kind = kind_of(row.type, row.subtype, row.verb)
        # An exec that waited for its review was recorded when it ran, which nothing tells.
        waited = bool(row.review_status) and kind is RecordingKind.EXEC
        start = None if row.start == NO_START or waited else row.start
        self._rows = 0
        before, self._log = self._log, RecordLog(recording, kind, is_live=opened.is_live)
        self._view.show(self._log, start=start)
        if before is not None:
            before.close()
