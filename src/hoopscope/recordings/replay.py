"""Replay: a recording that is being replayed: its process, its playhead, what was found in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hoopscope.recordings import markers
from hoopscope.recordings.activity import resampled
from hoopscope.recordings.markers import Markers
from hoopscope.recordings.playhead import Playhead
from hoopscope.recordings.recording import Recording
from hoopscope.recordings.replay_client import ReplayClient
from hoopscope.recordings.replay_messages import Message


class Replay:
    """Needs a running event loop; nothing here waits.

    Args:
        recording: has to stay open as long as this does.
        playhead: where it begins, how fast it goes.
        drawn: is called with each `screen` message; they build on each other.
        changed: is called when anything else is other than it was.
        ended: is called with a sentence when the process ended by itself; `start` begins anew.
        words: guardrail words to mark.
        plain: whether a line break alone begins a line, as in what is no terminal's.
    """

    def __init__(
        self,
        recording: Recording,
        playhead: Playhead,
        *,
        drawn: Callable[[Message], None],
        changed: Callable[[], None],
        ended: Callable[[str], None],
        words: Sequence[str] = (),
        plain: bool = False,
    ) -> None:
        self.recording = recording
        self.playhead = playhead
        self.columns, self.rows, self.certainty = 0, 0, ""
        self.indexed = 0
        """How many events are prepared for searching and marking."""
        self.markers = Markers()
        self.found: Sequence[int] | None = None
        """The events with which the text searched for appeared; None without a search."""
        self.found_text = ""
        self.found_whole = True
        """Whether these are all."""
        self.shown = -1
        """After how many events the screen is the one that was drawn last; -1 before the first."""
        self._drawn = drawn
        self._changed = changed
        self._ended = ended
        self._words = list(words)
        self._plain = plain
        self._client: ReplayClient | None = None
        self._asked: int | None = None
        self._searches = 0
        self._searched: Callable[[], None] | None = None
        self._searched_early = False
        self._activity: tuple[Sequence[int], float] = ((), 1.0)

    @property
    def is_running(self) -> bool:
        """Whether there is a process."""
        return self._client is not None

    @property
    def process_id(self) -> int:
        """The process; 0 without one."""
        return 0 if self._client is None else self._client.process_id

    @property
    def is_indexed(self) -> bool:
        """Whether all events are prepared."""
        return self.indexed >= len(self.recording)

    def start(self, columns: int = 0, rows: int = 0) -> None:
        """Begin, or begin anew, with a size or an estimated one. Raises OSError."""
        self.close()
        self._forget_index()
        self._asked, self.shown = None, -1
        self._client = ReplayClient(self.recording, self._heard, self._is_over)
        self._client.tell(
            {
                "do": "open",
                "columns": columns,
                "rows": rows,
                "words": self._words,
                "plain": self._plain,
            }
        )
        self.show()

    def show(self) -> None:
        """Have the screen drawn that belongs to the playhead, unless it is there already."""
        if self._client is None or self._asked is not None or self.shown == self.playhead.event:
            return
        self._asked = self.playhead.event
        self._client.ask({"do": "show", "id": 0, "event": self._asked})

    def grew(self) -> None:
        """There are more events now."""
        if self._client is not None:
            self._client.tell({"do": "grew"})

    def set_size(self, columns: int, rows: int) -> None:
        """Show it in a terminal of another size; 0 estimates."""
        if self._client is not None:
            self._client.tell({"do": "size", "columns": columns, "rows": rows})

    def find(self, text: str, searched: Callable[[], None]) -> None:
        """Search what ever showed; `searched` is called when `found` has the answer."""
        if self._client is None:
            return
        self.found_text = text
        self._search(searched)

    def _search(self, searched: Callable[[], None] | None) -> None:
        if self._client is None:
            return
        self._searches += 1
        self._searched = searched
        # What is found in a part is looked for again once all of it is prepared.
        self._searched_early = not self.is_indexed
        self._client.ask({"do": "find", "id": self._searches, "text": self.found_text})

    def amounts(self, columns: int) -> list[float]:
        """How much happens, for each of so many columns."""
        amounts, seconds = self._activity
        return resampled(amounts, seconds, self.recording.duration, columns)

    def next_event(self, events: Sequence[int], direction: int) -> int | None:
        """The next one of some events, or the one before; as the number to show, None without."""
        last = self.playhead.event - 1
        find = markers.following if direction > 0 else markers.preceding
        event = find(events, last)
        return None if event is None else event + 1

    def close(self) -> None:
        """End the process; more than once does no harm."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def _heard(self, message: Message) -> None:
        try:
            self._take(message)
        except (KeyError, TypeError, ValueError, IndexError):
            self.close()
            self._ended("The replay said what nobody understands, and was ended.")
            return
        self._changed()

    def _take(self, message: Message) -> None:
        match message.get("is"):
            case "screen":
                self._asked = None
                self.shown = int(message["event"])
                self._drawn(message)
                if self.shown != self.playhead.event and self.shown < len(self.recording):
                    self.show()
            case "size":
                size = int(message["columns"]), int(message["rows"])
                if size != (self.columns, self.rows):
                    self._forget_index()
                    self.shown = -1
                self.columns, self.rows = size
                self.certainty = str(message["certainty"])
                self.show()
            case "progress":
                self.indexed = int(message["indexed"])
                self._activity = message["amounts"], float(message["seconds"])
                for kind, events in message["markers"].items():
                    self.markers.add(kind, events)
                if self._searched_early and self.is_indexed:
                    self._search(None)
            case "found" if message["id"] == self._searches:
                self.found, self.found_whole = message["events"], bool(message["whole"])
                if self._searched is not None:
                    self._searched()

    def _forget_index(self) -> None:
        self.indexed, self.markers, self.found = 0, Markers(), None

    def _is_over(self, sentence: str) -> None:
        self._client = None
        self._ended(sentence)
