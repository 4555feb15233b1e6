"""ReplayPlayer: a recording played in a terminal within the terminal; without any keys."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from hoopscope.recordings.playhead import IDLE_SECONDS, Playhead
from hoopscope.recordings.replay import Replay
from hoopscope.recordings.terminal_size import SET
from hoopscope.tui.key_names import hinted, hints_of
from hoopscope.tui.widgets.replay_lines import ReplayLines
from hoopscope.tui.widgets.replay_screen import ReplayScreen
from hoopscope.tui.widgets.requests import SentenceWanted

if TYPE_CHECKING:
    from textual.timer import Timer

    from hoopscope.recordings.recording import Recording
    from hoopscope.recordings.replay_messages import Message

FRAME_SECONDS = 0.04
STATE_SECONDS = 0.25


class ReplayPlayer(Vertical, can_focus=True):
    """Plays a recording, or watches it grow.

    All that is recorded goes to an emulator in a process of its own; what is drawn here are the
    cells of its screen. While it is paused nothing runs and nothing is repainted.
    """

    DEFAULT_CSS = """
    ReplayPlayer { height: 1fr; width: 1fr; background: $background; }
    """

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self.is_playing = False
        self.is_following = False
        """Whether it stays at the end of what grows."""
        self._replay: Replay | None = None
        self._is_live = False
        self._timer: Timer | None = None
        self._ticked_at = 0.0
        self._stated_at = 0.0
        self._screen = ReplayScreen(ascii_only=ascii_only)
        self._lines = ReplayLines(ascii_only=ascii_only)

    def compose(self) -> ComposeResult:
        """The terminal's screen, the time line, and how things stand."""
        yield self._screen
        yield self._lines

    @property
    def replay(self) -> Replay | None:
        """What is shown; None before `show` and after `close`."""
        return self._replay

    @property
    def screen_text(self) -> str:
        """What the recorded terminal shows, as harmless lines."""
        return self._screen.text

    @property
    def is_settled(self) -> bool:
        """Whether the screen is the right one and all is indexed."""
        replay = self._replay
        if replay is None or not replay.is_running:
            return False
        return replay.is_indexed and replay.shown == replay.playhead.event

    @property
    def process_id(self) -> int:
        """The process in which it is replayed; 0 without one."""
        return 0 if self._replay is None else self._replay.process_id

    def show(
        self,
        recording: Recording,
        *,
        marks: Sequence[str] = (),
        start: int | None = None,
        live: bool = False,
        plain: bool = False,
        play: bool = False,
        keep: bool = False,
        size: tuple[int, int] = (0, 0),
        speed: float = 1.0,
        idle: float = IDLE_SECONDS,
    ) -> None:
        """Show a recording, which has to stay open until `close`.

        Args:
            marks: guardrail words to mark.
            start: the number of events to begin behind; None is the first that shows something,
                or the end of what is live.
            live: follow the end while it grows, until somebody goes elsewhere.
            plain: a line break alone begins a line: the output of an exec, not of a terminal.
            play: begin to play at once.
            keep: it is another recording of the same session, as when what is stored corrects what
                came live: what was chosen stays, and so does what is painted until then.
            size: columns and rows of the terminal, (0, 0) to estimate them.
            speed, idle: as in Playhead.
        """
        before = self._replay if keep else None
        if before is not None:
            speed, idle, play = before.playhead.speed, before.playhead.idle, self.is_playing
            size = (before.columns, before.rows) if before.certainty == SET else size
        self._end()
        head = Playhead(recording, speed=speed, idle=idle)
        self._replay = Replay(
            recording,
            head,
            drawn=self._drawn,
            changed=self._changed,
            ended=self._ended,
            words=marks,
            plain=plain,
        )
        self._is_live = live
        self.is_following = live and start is None
        if start is not None:
            head.go_to_event(start)
        elif live:
            head.go_to_event(len(recording))
        else:
            head.step(1)
        if before is None:
            self._screen.clear()
        self._start(*size)
        if play:
            self._play()
        self._state()

    def grew(self) -> None:
        """The recording has more events now, or is complete."""
        replay = self._replay
        if replay is None:
            return
        replay.grew()
        if replay.recording.is_complete:
            self._is_live = self.is_following = False
        if self.is_following:
            replay.playhead.go_to_event(len(replay.recording))
        elif replay.playhead.event == 0:
            replay.playhead.step(1)
        replay.show()
        self._state_now_and_then()

    def close(self) -> None:
        """End the replay and its process; more than once does no harm."""
        self._end()
        self._screen.clear()

    def _end(self) -> None:
        self._stop_timer()
        self.is_playing = self.is_following = False
        if self._replay is not None:
            self._replay.close()
            self._replay = None

    def on_unmount(self) -> None:
        """No process is left behind."""
        self.close()

    def on_hide(self) -> None:
        """What nobody sees does not play on."""
        self._pause()

    def on_resize(self) -> None:
        """The time line has another width."""
        self._state()

    @on(ReplayLines.MomentChosen)
    def _moment_chosen(self, event: ReplayLines.MomentChosen) -> None:
        event.stop()
        if self._replay is not None:
            self._go_to_clock(self._replay.recording.duration * event.share)

    def _start(self, columns: int = 0, rows: int = 0) -> None:
        if self._replay is None:
            return
        try:
            self._replay.start(columns, rows)
        except OSError as error:
            self._ended(f"The replay could not be started ({error.strerror}).")

    def _play(self) -> None:
        replay = self._replay
        if replay is None or not replay.is_running:
            return
        if replay.playhead.is_at_end:
            if self._is_live:
                self.is_following = True
                return
            replay.playhead.go_to_event(0)
        self.is_following = False
        self.is_playing = True
        self._ticked_at = monotonic()
        self._tick()

    def _pause(self) -> None:
        if self.is_playing:
            self._stop_timer()
            self.is_playing = False
            self._state()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _tick(self) -> None:
        """Time has passed: show what has happened by now."""
        replay = self._replay
        if replay is None or not self.is_playing:
            return
        now = monotonic()
        head = replay.playhead
        head.advance(now - self._ticked_at)
        self._ticked_at = now
        replay.show()
        if head.is_at_end:
            self.is_playing = False
            self.is_following = self._is_live
            self._stop_timer()
            self._state()
            return
        self._state_now_and_then()
        # In silence only the clock goes on.
        pause = max(FRAME_SECONDS, min(head.until_next(), STATE_SECONDS * 4))
        self._timer = self.set_timer(pause, self._tick)

    def _go_to_event(self, event: int) -> None:
        if self._replay is not None:
            self._replay.playhead.go_to_event(event)
            self._went()

    def _go_to_clock(self, clock: float) -> None:
        if self._replay is not None:
            self._replay.playhead.go_to_clock(clock)
            self._went()

    def _went(self) -> None:
        """The playhead was put elsewhere."""
        self.is_following = False
        self._ticked_at = monotonic()
        if self._replay is not None:
            self._replay.show()
        self._state()

    def _drawn(self, message: Message) -> None:
        column, row, is_visible = message["cursor"]
        self._screen.draw(
            int(message["columns"]),
            int(message["rows"]),
            message["changed"],
            (int(column), int(row)) if is_visible else None,
        )

    def _changed(self) -> None:
        self._state_now_and_then()

    def _ended(self, sentence: str) -> None:
        self._stop_timer()
        self.is_playing = False
        self.post_message(SentenceWanted(hinted(sentence, self._starts_again(), " "), "failure"))
        self._state()

    def _starts_again(self) -> str:
        return hints_of(self)("replay.restart", "starts it again.")

    def _state_now_and_then(self) -> None:
        replay = self._replay
        is_due = monotonic() >= self._stated_at + STATE_SECONDS
        if is_due or (replay is not None and replay.is_indexed and not self.is_playing):
            self._state()

    def _state(self) -> None:
        """Say how things stand."""
        self._stated_at = monotonic()
        screen, part = self._screen, ""
        if screen.rows and not screen.is_whole:
            bottom = min(screen.rows, screen.top + screen.size.height)
            part = f", rows {screen.top + 1}-{bottom}"
        self._lines.show(
            self._replay, playing=self.is_playing, following=self.is_following, part=part
        )
