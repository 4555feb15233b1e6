"""Unseen: what a reader who can only go on, as a pipe can, has not been given yet."""

from __future__ import annotations

from typing import NamedTuple

from hoopscope.recordings.following.snapshot import LiveSnapshot


class Events(NamedTuple):
    """Numbers of events in a snapshot's recording: `late` ones, which were missing when what comes
    after them was given, and `new` ones.
    """

    late: list[int]
    new: range


class Unseen:
    """Follows snapshots, none of which replaces a recording unseen; gives every event once."""

    def __init__(self) -> None:
        self._given = 0
        self._generation = 0

    def skip_to(self, snapshot: LiveSnapshot, number: int) -> None:
        """Count the events before a number as given."""
        self._given, self._generation = number, snapshot.generation

    def take(self, snapshot: LiveSnapshot) -> Events:
        """What came since the last time."""
        late: list[int] = []
        if snapshot.generation != self._generation:
            self._generation = snapshot.generation
            late = self._found_again(snapshot)
        new = range(self._given, len(snapshot.recording))
        self._given = new.stop
        return Events(late, new)

    def _found_again(self, snapshot: LiveSnapshot) -> list[int]:
        """Find in another recording what was given of the one before; gives what is late."""
        same, moved = snapshot.same, snapshot.moved
        if self._given <= same:
            return []
        given = {moved[number] for number in range(same, self._given) if number in moved}
        self._given = max(given, default=same - 1) + 1
        return [number for number in range(same, self._given) if number not in given]
