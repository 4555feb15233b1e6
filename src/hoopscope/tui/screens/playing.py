"""PlayingScreen: one session replayed, without the browser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from hoopscope.recordings.playhead import IDLE_SECONDS
from hoopscope.tui.screens.asking_screen import AskingScreen
from hoopscope.tui.widgets.line import Line
from hoopscope.tui.widgets.notice import Notice
from hoopscope.tui.widgets.prompt_line import PromptLine
from hoopscope.tui.widgets.replay_view import ReplayView
from hoopscope.tui.widgets.too_small import TooSmall
from hoopscope.untrusted import harmless

if TYPE_CHECKING:
    from hoopscope.recordings.recording import Recording
    from hoopscope.tui.standing import Viewer


class Source(Protocol):
    """A load that gives its recording, which another one may take the place of."""

    problem: BaseException | None

    @property
    def expected(self) -> int:
        """About how many bytes there will be; 0 where nobody knows."""
        ...

    @property
    def received(self) -> int:
        """How many bytes are there."""
        ...

    @property
    def is_running(self) -> bool:
        """Whether more may come."""
        ...

    def take(self) -> Recording | None:
        """What there is now."""
        ...

    def close(self) -> None:
        """Stop, and give the disk back."""
        ...


@dataclass(frozen=True, slots=True)
class Playing:
    """What is played and how.

    title: may be hostile.
    marks: guardrail words to mark.
    plain: a line break alone begins a line.
    live: it is going on.
    size: columns and rows of the terminal, (0, 0) to estimate them.
    """

    title: str
    marks: Sequence[str] = ()
    plain: bool = False
    live: bool = False
    size: tuple[int, int] = (0, 0)
    speed: float = 1.0
    idle: float = IDLE_SECONDS


class PlayingScreen(AskingScreen):
    """Loads a recording and plays it from its first events on.

    Args:
        begin: begins to load; what it is given is called, in any thread, when there is more.
    """

    BINDING_GROUP_TITLE = "Playing"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "choose_theme", "theme", show=False, id="playing.choose_theme"),
        Binding("colon", "app.command_palette", "commands", show=False, id="playing.show_commands"),
        Binding("question_mark,f1", "help", "help", id="playing.show_help"),
        Binding("escape,q", "app.quit", "quit", id="playing.quit"),
    ]
    ends_with = ("playing.show_help", "playing.quit")

    @dataclass
    class StreamMoved(Message):
        """More of the recording is there, or its load has ended."""

        def can_replace(self, message: Message) -> bool:
            """Only that something changed matters; bursts coalesce."""
            return isinstance(message, PlayingScreen.StreamMoved)

    def __init__(
        self,
        playing: Playing,
        begin: Callable[[Callable[[], None]], Source],
        *,
        may_copy: Callable[[], bool],
        ascii_only: bool,
        viewer: Callable[[], Viewer],
    ) -> None:
        super().__init__(may_copy=may_copy, ascii_only=ascii_only, viewer=viewer)
        self._playing = playing
        self._begin = begin
        self._source: Source | None = None
        self._recording: Recording | None = None
        self._view = ReplayView(ascii_only=ascii_only, id="main")

    @property
    def failure(self) -> BaseException | None:
        """Why nothing at all could be loaded; None where something was."""
        return None if self._source is None or self._recording else self._source.problem

    def compose(self) -> ComposeResult:
        """The replay, and lines around it."""
        yield Line(id="title")
        yield self._view
        yield Notice(id="notice")
        yield PromptLine(id="prompt")
        yield Line(id="keys")
        yield TooSmall()

    def on_mount(self) -> None:
        """Begin to load, and to play with what comes."""
        self._view.focus()
        self._source = self._begin(self._source_moved)
        self._show_title()

    def _source_moved(self) -> None:
        """Called in another thread."""
        self.post_message(self.StreamMoved())

    def on_unmount(self) -> None:
        """Stop and free everything."""
        self._view.close()
        if self._source is not None:
            self._source.close()

    def on_resize(self, event: events.Resize) -> None:
        """Another size has other lines."""
        self._show_title()
        self.show_keys()

    def on_playing_screen_stream_moved(self) -> None:
        """Play, or take in what came."""
        source = self._source
        if source is None:
            return
        recording, before = source.take(), self._recording
        self._recording = recording
        if self.failure is not None:
            self.app.exit(1)
        elif recording is None or (not recording and source.is_running):
            self._show_title()
            return
        elif recording is not before or self._view.replay is None:
            self._show(recording, keep=before is not None)
        else:
            self._view.grew()
        if source.problem is not None:
            self.say(f"Not all of it could be loaded. {harmless(source.problem)}", "failure")
        elif not recording:
            self.say("Nothing is recorded of this session so far.", "waiting")
        self._show_title()

    def _show(self, recording: Recording, *, keep: bool) -> None:
        playing, replay, start = self._playing, self._view.replay, None
        if keep and replay is not None and not self._view.is_following:
            start = min(replay.playhead.event, len(recording))
        self._view.show(
            recording,
            marks=playing.marks,
            start=start,
            live=playing.live,
            plain=playing.plain,
            play=not playing.live,
            keep=keep,
            size=playing.size,
            speed=playing.speed,
            idle=playing.idle,
        )

    def _show_title(self) -> None:
        source, right = self._source, ""
        if source is not None and source.is_running:
            share = source.received / max(source.expected, source.received, 1)
            loading = f"loading {share:.0%}" if source.received else "asking the gateway"
            right = "live" if self._playing.live else loading
        self.show_title(self._playing.title, right)
