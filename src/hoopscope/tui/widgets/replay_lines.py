"""ReplayLines: the time line of a replay, and below it how things stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from hoopscope.tui.widgets import replay_wording
from hoopscope.tui.widgets.line import Line

if TYPE_CHECKING:
    from hoopscope.recordings.replay import Replay
    from hoopscope.tui.widgets.line import Span


class ReplayLines(Vertical):
    """Two lines; only the cells that differ are painted."""

    DEFAULT_CSS = """
    ReplayLines { height: 2; }
    """

    @dataclass
    class MomentChosen(Message):
        """Somebody clicked on the time line; `share` of the whole time, 0 to 1."""

        share: float

    def __init__(self, *, ascii_only: bool) -> None:
        super().__init__()
        self._ascii_only = ascii_only
        self._sketch: list[Span] = []
        self._sketched: tuple[object, ...] = ()
        self._time_line = Line()
        self._state_line = Line()

    def compose(self) -> ComposeResult:
        """The two lines."""
        yield self._time_line
        yield self._state_line

    def show(self, replay: Replay | None, *, playing: bool, following: bool, part: str) -> None:
        """Say how things stand; `part` is which part of the terminal is in sight, "" for all."""
        if replay is None:
            self._time_line.show([])
            self._state_line.show([("nothing to replay yet", "muted")])
            return
        ascii_only, width = self._ascii_only, self.size.width
        duration, idle = replay.recording.duration, replay.playhead.idle
        basis = (replay, width, replay.indexed, duration, idle, replay.columns)
        if basis != self._sketched:
            self._sketched = basis
            self._sketch = replay_wording.sketch(replay, width, ascii_only=ascii_only)
        self._time_line.show(replay_wording.with_place(self._sketch, replay, ascii_only=ascii_only))
        self._state_line.show(
            *replay_wording.state_line(
                replay,
                width,
                playing=playing,
                following=following,
                part=part,
                ascii_only=ascii_only,
            )
        )

    def on_click(self, event: events.Click) -> None:
        """A click on the time line chooses a moment."""
        if event.widget is self._time_line:
            event.stop()
            self.post_message(self.MomentChosen(event.x / max(1, self.size.width)))
