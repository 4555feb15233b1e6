"""The part that plays a terminal session again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hoopscope.recordings.parts import Part
from hoopscope.tui.screens.session.part_pane import guardrail_words
from hoopscope.tui.screens.session.recording_pane import RecordingPane
from hoopscope.tui.widgets.replay_view import ReplayView

if TYPE_CHECKING:
    from hoopscope.recordings.recording import Recording
    from hoopscope.tui.opened_session import OpenedSession
    from hoopscope.tui.screens.session.surroundings import Surroundings


class ReplayPane(RecordingPane):
    """The replay; its process is there only while its session is."""

    part = Part.REPLAY

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._view = ReplayView(ascii_only=around.ascii_only)

    @property
    def shown(self) -> ReplayView:
        """The view."""
        return self._view

    def show_recording(
        self, recording: Recording, opened: OpenedSession, *, is_corrected: bool
    ) -> None:
        """Replay it from its beginning, or where one was; a live one at its end."""
        start, replay = None, self._view.replay
        # The list may not know yet that the session is over.
        is_live = opened.is_live and not opened.is_loaded
        if is_corrected and replay is not None and not (is_live and self._view.is_following):
            follows = self._view.is_following
            start = len(recording) if follows else min(replay.playhead.event, len(recording))
        self._view.show(
            recording,
            marks=guardrail_words(opened),
            start=start,
            live=is_live,
            keep=is_corrected,
        )

    def grew(self) -> None:
        """Take in what came since."""
        self._view.grew()

    def free(self) -> None:
        """End the process."""
        super().free()
        self._view.close()
