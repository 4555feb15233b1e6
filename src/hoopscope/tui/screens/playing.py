"""PlayingScreen: one session replayed, without the browser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from hoopscope.recordings.playhead import IDLE_SECONDS
from hoopscope.recordings.recording import Recording
from hoopscope.tui.screens.asking_screen import TOO_SMALL, AskingScreen
from hoopscope.tui.stream_load import StreamLoad
from hoopscope.tui.widgets.line import Line
from hoopscope.tui.widgets.notice import Notice
from hoopscope.tui.widgets.prompt_line import PromptLine
from hoopscope.tui.widgets.replay_view import ReplayView
from hoopscope.untrusted import harmless

if TYPE_CHECKING:
    from hoopscope.recordings.loading import OnProgress


@dataclass(frozen=True, slots=True)
class Playing:
    """What is played and how.

    title: may be hostile.
    marks: guardrail words to mark.
    plain: a line break alone begins a line.
    expected: about how many bytes there are; 0 where nobody knows.
    size: columns and rows of the terminal, (0, 0) to estimate them.
    """

    title: str
    marks: Sequence[str] = ()
    plain: bool = False
    expected: int = 0
    size: tuple[int, int] = (0, 0)
    speed: float = 1.0
    idle: float = IDLE_SECONDS


class PlayingScreen(AskingScreen):
    """Loads a recording and plays it from its first events on.

    Args:
        load: begins to fill a recording, given what to tell of the progress.
    """

    BINDING_GROUP_TITLE = "Playing"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "choose_theme", "theme", show=False, id="playing.theme"),
        Binding("colon", "app.command_palette", "commands", show=False, id="playing.commands"),
        Binding("question_mark,f1", "help", "help", id="playing.help"),
        Binding("escape,q", "app.quit", "quit", id="playing.quit"),
    ]
    ends_with = ("playing.help", "playing.quit")

    @dataclass
    class StreamMoved(Message):
        """More of the recording is there, or its load has ended."""

        def can_replace(self, message: Message) -> bool:
            """Only that something changed matters; bursts coalesce."""
            return isinstance(message, PlayingScreen.StreamMoved)

    def __init__(
        self,
        playing: Playing,
        load: Callable[[Recording, OnProgress], Future[None]],
        *,
        may_copy: Callable[[], bool],
        ascii_only: bool,
    ) -> None:
        super().__init__(may_copy=may_copy, ascii_only=ascii_only)
        self._playing = playing
        self._begin = load
        self._load: StreamLoad | None = None
        self._recording = Recording()
        self._view = ReplayView(ascii_only=ascii_only, id="main")

    @property
    def failure(self) -> BaseException | None:
        """Why nothing at all could be loaded; None where something was."""
        if self._load is None or len(self._recording):
            return None
        return self._load.problem

    def compose(self) -> ComposeResult:
        """The replay, and lines around it."""
        yield Line(id="title")
        yield self._view
        yield Notice(id="notice")
        yield PromptLine(id="prompt")
        yield Line(id="keys")
        yield Static(TOO_SMALL, id="too-small", markup=False)

    def on_mount(self) -> None:
        """Begin to load, and to play with what comes."""
        self._view.focus()
        self._load = StreamLoad(
            lambda tell: self._begin(self._recording, tell),
            self._stream_moved,
            expected=self._playing.expected,
        )

    def on_unmount(self) -> None:
        """Stop and free everything."""
        if self._load is not None:
            self._load.stop()
        self._view.close()
        self._recording.close()

    def on_resize(self, event: events.Resize) -> None:
        """Another size has other lines."""
        self._show_title()
        self.show_keys()

    def on_playing_screen_stream_moved(self) -> None:
        """Play, or take in what came."""
        assert self._load is not None
        if self.failure is not None:
            self.app.exit(1)
        elif self._view.replay is None and (len(self._recording) or not self._load.is_running):
            self._show()
        else:
            self._view.grew()
        if self._load.problem is not None and self.failure is None:
            self.say(f"Not all of it could be loaded. {harmless(self._load.problem)}", "failure")
        self._show_title()

    def _stream_moved(self) -> None:
        """Called in another thread."""
        self.post_message(self.StreamMoved())

    def _show(self) -> None:
        playing = self._playing
        self._view.show(
            self._recording,
            marks=playing.marks,
            plain=playing.plain,
            size=playing.size,
            speed=playing.speed,
            idle=playing.idle,
            play=True,
        )
        if not len(self._recording):
            self.say("Nothing is recorded of this session so far.", "waiting")

    def _show_title(self) -> None:
        title = harmless(self._playing.title, max(1, self.size.width - 20))
        right = ""
        if self._load is not None and self._load.is_running:
            share = self._load.received / max(self._load.expected, self._load.received, 1)
            right = f"loading {share:.0%} "
        self.query_one("#title", Line).show([(f" {title}", "strong")], [(right, "muted")])
