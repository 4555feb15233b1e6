"""RecordingPane: a part that shows the events of a recording, and goes on while it grows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hoopscope.tui.screens.session.part_pane import PartPane

if TYPE_CHECKING:
    from hoopscope.recordings.recording import Recording
    from hoopscope.tui.opened_session import OpenedSession
    from hoopscope.tui.screens.session.surroundings import Surroundings


class RecordingPane(PartPane):
    """Shows a recording once there is something in it, then takes in what comes."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._recording: Recording | None = None
        self._is_taken_in = False

    def show_recording(
        self, recording: Recording, opened: OpenedSession, *, is_corrected: bool
    ) -> None:
        """Show another recording; `is_corrected` where it takes the place of one of the session."""
        raise NotImplementedError

    def grew(self) -> None:
        """The recording that is shown has more events, or became complete."""
        raise NotImplementedError

    def session_changed(self) -> None:
        """Begin once there is something, take in what came since."""
        opened = self.opened
        if opened is None or not self.is_ready:
            return
        recording = self.recording_or_word()
        if recording is None:
            return
        if recording is not self._recording:
            before, self._recording = self._recording, recording
            self.show_recording(recording, opened, is_corrected=before is not None)
        elif not self._is_taken_in:
            self.grew()
        self._is_taken_in = opened.is_loaded

    def free(self) -> None:
        """Let go of the recording."""
        super().free()
        self._recording = None
        self._is_taken_in = False
