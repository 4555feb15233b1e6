"""ReplayedScreen: the screen of a recording's terminal after any number of its events."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from hoopscope.recordings.emulator import Cursor, EmulatorFailed, Run, open_emulator
from hoopscope.recordings.feeding import SHOWN, Position, slices
from hoopscope.recordings.shared_recording import SharedRecording
from hoopscope.recordings.snapshots import Snapshots


class ReplayedScreen:
    """An emulator that goes to and fro in a recording.

    Args:
        columns, rows: the size of the terminal.
        plain: whether a line break alone begins a line.
    """

    def __init__(
        self, recording: SharedRecording, columns: int, rows: int, *, plain: bool = False
    ) -> None:
        self.position = Position(0)
        """How far it was fed."""
        self._recording = recording
        self._plain = plain
        self._size = (columns, rows)
        self._emulator = open_emulator(columns, rows)

    def seek(self, event: int, snapshots: Snapshots) -> Iterator[None]:
        """Go to the screen after so many events; stops to be asked on after each bit of work."""
        self._begin(Position(event), snapshots)
        begin = self.position
        for number, each in enumerate(self._recording.entries(begin.event), begin.event):
            if number >= event:
                return
            if each[1] in SHOWN:
                start = begin.byte if number == begin.event else 0
                for end, content in slices(self._recording, each, self._plain, start):
                    self._emulator.feed(content)
                    self.position = Position(number, end)
                    yield
            self.position = Position(number + 1)
            if not number % 64:
                yield

    def rows(self) -> list[list[Run]]:
        """What is on the screen. Raises EmulatorFailed."""
        return self._emulator.rows()

    def cursor(self) -> Cursor:
        """The cursor. Raises EmulatorFailed."""
        return self._emulator.cursor()

    def size(self) -> tuple[int, int]:
        """Columns and rows as they are now. Raises EmulatorFailed."""
        return self._emulator.size

    def close(self) -> None:
        """Give memory back."""
        self._emulator.close()

    def _begin(self, wanted: Position, snapshots: Snapshots) -> None:
        """Start as near before the wanted position as can be."""
        found = snapshots.before(wanted)
        if found is not None and not found[0] <= self.position <= wanted:
            with suppress(EmulatorFailed):
                self._emulator.restore(found[1])
                self.position = found[0]
        if self.position > wanted:
            self._emulator.close()
            self._emulator = open_emulator(*self._size)
            self.position = Position(0)
