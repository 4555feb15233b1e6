"""The part that plays a terminal session again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hoopscope.recordings.parts import Part
from hoopscope.tui.screens.session.part_pane import PartPane, guardrail_words
from hoopscope.tui.widgets.replay_view import ReplayView

if TYPE_CHECKING:
    from hoopscope.recordings.recording import Recording
    from hoopscope.tui.opened_session import OpenedSession
    from hoopscope.tui.screens.session.surroundings import Surroundings


class ReplayPane(PartPane):
    """The replay; its process is there only while its session is."""

    part = Part.REPLAY

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._view = ReplayView(ascii_only=around.ascii_only)
        self._playing: Recording | None = None
        self._is_taken_in = False

    @property
    def shown(self) -> ReplayView:
        """The view."""
        return self._view

    def session_changed(self) -> None:
        """Begin to replay once there is something, take in what came since."""
        opened = self.opened
        if opened is None or not self.is_ready:
            return
        recording = self.recording_or_word()
        if recording is None:
            return
        if recording is not self._playing:
            before, self._playing = self._playing, recording
            self._show(recording, opened, anew=before is not None)
        elif not self._is_taken_in:
            self._view.grew()
        self._is_taken_in = opened.is_loaded

    def _show(self, recording: Recording, opened: OpenedSession, *, anew: bool) -> None:
        """Replay it from its beginning, or where one was; a live one at its end."""
        start, replay = None, self._view.replay
        # The list may not know yet that the session is over.
        is_live = opened.is_live and not opened.is_loaded
        if anew and replay is not None and not (is_live and self._view.is_following):
            follows = self._view.is_following
            start = len(recording) if follows else min(replay.playhead.event, len(recording))
        self._view.show(
            recording,
            marks=guardrail_words(opened),
            start=start,
            live=is_live,
            keep=anew,
        )

    def free(self) -> None:
        """End the process."""
        super().free()
        self._playing = None
        self._is_taken_in = False
        self._view.close()
