"""The part that plays a terminal session again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hoopscope.recordings.parts import Part
from hoopscope.tui.screens.session.part_pane import PartPane, guardrail_words
from hoopscope.tui.widgets.replay_view import ReplayView

if TYPE_CHECKING:
    from hoopscope.recordings.recording import Recording
    from hoopscope.tui.screens.session.surroundings import Surroundings


class ReplayPane(PartPane):
    """The replay; its process is there only while its session is."""

    part = Part.REPLAY

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._view = ReplayView(ascii_only=around.ascii_only)
        self._playing: Recording | None = None

    @property
    def shown(self) -> ReplayView:
        """The view."""
        return self._view

    def session_changed(self) -> None:
        """Begin to replay once there is something, take in what came since."""
        opened = self.opened
        if opened is None or not self.is_mounted:
            return
        recording, load = opened.recording, opened.loading
        if recording is None or load is None:
            self.say_instead("loading …")
        elif not len(recording) and load.problem is not None:
            self.say_problem(load.problem)
        elif not len(recording) and load.is_running:
            self.say_instead("asking the gateway …")
        else:
            self.say_instead("")
            if recording is not self._playing:
                self._playing = recording
                self._view.show(recording, marks=guardrail_words(opened), live=opened.is_live)
            elif load.is_running or not self._is_taken_in:
                self._view.grew()
            self._is_taken_in = not load.is_running

    _is_taken_in = False

    def free(self) -> None:
        """End the process."""
        super().free()
        self._playing = None
        self._is_taken_in = False
        self._view.close()
