"""IndexPass: one walk through a recording that prepares seeking, searching and marking."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from time import perf_counter

from hoopscope.recordings import markers
from hoopscope.recordings.activity import Activity
from hoopscope.recordings.appearances import Appearances
from hoopscope.recordings.emulator import EmulatorFailed, open_emulator
from hoopscope.recordings.feeding import (
    PIECE,
    SHOWN,
    SLICE,
    Position,
    as_fed,
    pieces,
    plain_lines,
    slices,
)
from hoopscope.recordings.markers import LineMarks, Markers
from hoopscope.recordings.shared_recording import Entry, SharedRecording
from hoopscope.recordings.snapshots import Snapshots

SNAPSHOT_BYTES = 1 << 17
SNAPSHOT_SECONDS = 0.010
SNAPSHOT_EVENTS = 1000
"""After how much a snapshot is taken, whichever comes first; some bytes cost a lot of work."""

# Numbers, as to look for bytes in bytes costs an exception that nobody sees.
_ENTER, _LINE_FEED, _ESCAPE = b"\r\n\x1b"

_WORTH = 10
_EVENTS_AT_ONCE = 32
_GROUP_SECONDS = 0.1
"""What follows on each other faster than eyes is looked at once."""


class IndexPass:
    """Feeds a recording to an emulator of its own, in steps; more may come at the end.

    Args:
        columns, rows: the size of the terminal.
        plain: whether a line break alone begins a line.
        words: guardrail words to mark.
    """

    def __init__(
        self,
        recording: SharedRecording,
        columns: int,
        rows: int,
        *,
        plain: bool = False,
        words: tuple[str, ...] = (),
    ) -> None:
        self.snapshots = Snapshots()
        self.appearances = Appearances()
        self.markers = Markers()
        self.activity = Activity()
        self.indexed = 0
        """How many events were walked through."""
        self._recording = recording
        self._emulator = open_emulator(columns, rows)
        self._columns, self._rows = columns, rows
        self._most_breaks = rows - 1
        # Fewer bytes than cells leave something of a screen.
        self._piece = min(SLICE, max(PIECE, columns * rows))
        self._plain = plain
        self._marks = LineMarks(words)
        self._marked = 0
        self._group: list[bytes] = []
        self._group_size = 0
        self._group_breaks = 0
        self._group_until = 0.0
        self._group_end = 0
        self._flood: bytes | None = None
        """What the last line of a flood has so far; None where none is going on."""
        self._flood_end = 0
        self._bytes = 0
        self._work = 0.0
        self._snapshot_event = 0
        self._snapshot_cost = 0.0
        self._has_shell_marks = False
        self._walk = self._walked()
        with suppress(EmulatorFailed):
            self.snapshots.add(Position(0), self._emulator.snapshot())

    @property
    def is_behind(self) -> bool:
        """Whether there are events that were not walked through yet."""
        return self.indexed < len(self._recording)

    def step(self, seconds: float) -> None:
        """Walk on for about so long, or to the end that there is."""
        until = perf_counter() + seconds
        for _ in self._walk:
            if perf_counter() > until:
                return
        self._walk = self._walked()

    def close(self) -> None:
        """Give memory back."""
        self._emulator.close()

    def _walked(self) -> Iterator[None]:
        """Walks to the end that there is, and stops to be asked on after each bit of work."""
        events = self._recording.events(self.indexed, PIECE)
        for clock, kind, offset, length, content in events:
            if kind == "i":
                if _ENTER in content or _LINE_FEED in content:
                    self._take_enter()
            elif kind in SHOWN and length:
                self.activity.add(clock, length)
                if length > PIECE or not self._group_event(clock, kind, content):
                    yield from self._take((clock, kind, offset, length))
            self.indexed += 1
            if self._work > SNAPSHOT_SECONDS / 2 or not self.indexed % _EVENTS_AT_ONCE:
                yield
        self._look_at_group()
        self._end_flood()
        self._mark()

    def _group_event(self, clock: float, kind: str, content: bytes) -> bool:
        """Put a small event to those before it, to be looked at together; whether it is one."""
        if self._plain or kind == "e":
            content = as_fed(content, kind, self._plain)
        breaks = content.count(b"\n")
        size = self._group_size + len(content)
        total = self._group_breaks + breaks
        if total >= self._most_breaks or size > PIECE or clock >= self._group_until:
            if breaks > self._most_breaks:
                return False
            self._look_at_group()
            size, total = len(content), breaks
        if kind == "e" or (_ESCAPE in content and markers.ANNOUNCEMENT in content):
            self._announce(kind, content)
            size, total = self._group_size + len(content), self._group_breaks + breaks
        if not self._group:
            self._group_until = clock + _GROUP_SECONDS
        self._group.append(content)
        self._group_size, self._group_breaks = size, total
        self._group_end = self.indexed
        return True

    def _take(self, event: Entry) -> Iterator[None]:
        """An event with more than a look can take in."""
        self._look_at_group()
        for end, content in slices(self._recording, event, self._plain):
            self._announce(event[1], content)
            self._take_slice(content)
            done = end == event[3]
            self._snapshot(Position(self.indexed + 1) if done else Position(self.indexed, end))
            yield

    def _announce(self, kind: str, content: bytes) -> None:
        """Mark what a session says of itself."""
        if kind == "e":
            # Markers come in order: first those of what was printed before.
            self._look_at_group()
            self._mark()
            self.markers.add(markers.ERROR, [self.indexed])
        if announcement := markers.announced(content):
            self._has_shell_marks = True
            self.markers.add(announcement, [self.indexed])

    def _take_slice(self, content: bytes) -> None:
        """Much at once. What is nothing but lines need not be looked at on the screen."""
        lines = None if self._emulator.is_alternate else plain_lines(content)
        if lines is None:
            self._end_flood()
            for piece in pieces(content, self._rows, self._piece):
                self._feed(piece)
                self._look(self.indexed)
            return
        if self._flood is None:
            # What the first line goes on from is on the screen only.
            first = content.index(b"\n") + 1
            self._feed(content[:first])
            self._look(self.indexed)
            content, lines, self._flood = content[first:], lines[lines.index(b"\n") + 1 :], b""
        whole, _, self._flood = (self._flood + lines).rpartition(b"\n")
        self._flood_end = self.indexed
        self._feed(content)
        if whole:
            self.appearances.add(whole + b"\n", self.indexed)
            self._seal_full()

    def _end_flood(self) -> None:
        if self._flood is not None:
            self._flood = None
            self._look(self._flood_end)

    def _take_enter(self) -> None:
        if not self._has_shell_marks:
            self._look_at_group()
            # Enter in an editor or a pager enters no command.
            if not self._emulator.is_alternate:
                self.markers.add(markers.COMMAND, [self.indexed])

    def _look_at_group(self) -> None:
        if not self._group:
            return
        self._end_flood()
        content, breaks = b"".join(self._group), self._group_breaks
        self._group, self._group_size, self._group_breaks = [], 0, 0
        if _ESCAPE in content:
            self._feed(content)
            self._look(self._group_end)
        else:
            self._feed_plainly(content, breaks)
        self._snapshot(Position(self._group_end + 1))

    def _feed_plainly(self, content: bytes, breaks: int) -> None:
        """Text without sequences changes no other rows than those that the cursor passes."""
        try:
            before = self._emulator.cursor().row
            self._feed(content)
            after = self._emulator.cursor().row
            passed = breaks + len(content) // self._columns + 1
            text = self._emulator.text(min(before, after - passed), max(before, after))
        except EmulatorFailed:
            return
        self.appearances.note_part(text, self._group_end)
        self._seal_full()

    def _feed(self, piece: bytes) -> None:
        before = perf_counter()
        self._emulator.feed(piece)
        self._work += perf_counter() - before
        self._bytes += len(piece)

    def _look(self, event: int) -> None:
        with suppress(EmulatorFailed):
            self.appearances.note(self._emulator.text(), event)
        self._seal_full()

    def _seal_full(self) -> None:
        if self.appearances.is_block_full:
            self._mark()
            text = b""
            if self._flood is None:
                with suppress(EmulatorFailed):
                    text = self._emulator.text()
            self.appearances.seal(text)
            self._marked = 0

    def _mark(self) -> None:
        block = self.appearances.block
        if len(block) > self._marked:
            # Prompts stand in for commands that were not recorded.
            prompts = not self._has_shell_marks and not self.markers.of(markers.COMMAND)
            self._marks.find(block, self._marked, self.markers, prompts=prompts)
            self._marked = len(block)

    def _snapshot(self, position: Position) -> None:
        """Take one, if it is time to; where it costs much itself, less often."""
        if (
            self._bytes < SNAPSHOT_BYTES
            and self._work < max(SNAPSHOT_SECONDS, _WORTH * self._snapshot_cost)
            and position.event - self._snapshot_event < SNAPSHOT_EVENTS
        ):
            return
        self._bytes, self._work, self._snapshot_event = 0, 0.0, position.event
        before = perf_counter()
        # Without this one a seek takes longer, no more.
        with suppress(EmulatorFailed):
            self.snapshots.add(position, self._emulator.snapshot())
        self._snapshot_cost = perf_counter() - before
