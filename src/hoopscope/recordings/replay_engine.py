"""ReplayEngine: what a replay process does, bit by bit, so that it always listens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter

from hoopscope.recordings.emulator import Cursor, EmulatorFailed, Run
from hoopscope.recordings.index_pass import IndexPass
from hoopscope.recordings.replay_messages import Message
from hoopscope.recordings.replayed_screen import ReplayedScreen
from hoopscope.recordings.shared_recording import SharedRecording
from hoopscope.recordings.terminal_size import SET, TerminalSize, estimated_size

_SLICE_SECONDS = 0.004
_TELL_SECONDS = 0.25
_MOST_FOUND = 10_000


class ReplayEngine:
    """Shows a recording's screens and indexes it meanwhile.

    Args:
        send: takes a message for the owner.
    """

    def __init__(self, recording: SharedRecording, send: Callable[[Message], None]) -> None:
        self._recording = recording
        self._send = send
        self._size = TerminalSize(80, 24, "")
        self._estimated_at = 0
        self._plain = False
        self._words: tuple[str, ...] = ()
        self._index: IndexPass | None = None
        self._screen: ReplayedScreen | None = None
        self._sent: list[list[Run]] | None = None
        self._wanted: tuple[int, int] | None = None
        self._seeking: Iterator[None] | None = None
        self._told: dict[str, int] = {}
        self._told_at = 0.0
        self._is_told = False

    def handle(self, message: Message) -> None:
        """Take in a message of the owner's; what it asks for is done by `work`."""
        match message.get("do"):
            case "open":
                self._plain = bool(message.get("plain"))
                self._words = tuple(str(word) for word in message.get("words", ()))
                self._set_size(*_asked_size(message))
            case "size":
                self._set_size(*_asked_size(message))
            case "show":
                self._wanted = int(message["id"]), max(0, int(message["event"]))
                self._seeking = None
            case "grew":
                self._is_told = False
            case "find":
                self._find(int(message["id"]), str(message["text"]))

    def work(self) -> bool:
        """Do a little; whether there is more to do."""
        if self._index is None or self._screen is None:
            return False
        if self._wanted is not None:
            self._seek(self._wanted, self._screen, self._index)
        elif self._index.is_behind:
            if self._size.certainty != SET and len(self._recording) > 2 * self._estimated_at:
                self._set_size(0, 0)
                return True
            self._index.step(_SLICE_SECONDS)
            self._tell()
        elif not self._is_told:
            self._index.step(_SLICE_SECONDS)
            self._is_told = not self._index.is_behind
            self._tell(now=True)
        else:
            return False
        return True

    def _set_size(self, columns: int, rows: int) -> None:
        """Take a size, or estimate it; a different one begins everything anew."""
        if columns and rows:
            size = TerminalSize(columns, rows, SET)
        else:
            self._estimated_at = len(self._recording)
            size = estimated_size(self._recording)
        is_same = self._index is not None and size[:2] == self._size[:2]
        self._size = size
        columns, rows, certainty = size
        self._send({"is": "size", "columns": columns, "rows": rows, "certainty": certainty})
        if is_same:
            return
        if self._index is not None and self._screen is not None:
            self._index.close()
            self._screen.close()
        self._index = IndexPass(
            self._recording, columns, rows, plain=self._plain, words=self._words
        )
        self._screen = ReplayedScreen(self._recording, columns, rows, plain=self._plain)
        self._sent, self._told, self._is_told = None, {}, False
        self._seeking = None

    def _seek(self, wanted: tuple[int, int], screen: ReplayedScreen, index: IndexPass) -> None:
        until = perf_counter() + _SLICE_SECONDS
        if self._seeking is None:
            self._seeking = screen.seek(wanted[1], index.snapshots)
        for _ in self._seeking:
            if perf_counter() > until:
                self._tell()
                return
        self._seeking, self._wanted = None, None
        self._send_screen(wanted[0], screen)

    def _send_screen(self, request: int, screen: ReplayedScreen) -> None:
        try:
            rows, cursor, (columns, count) = screen.rows(), screen.cursor(), screen.size()
        except EmulatorFailed:
            rows, cursor, (columns, count) = [], Cursor(0, 0, False), self._size[:2]
        before = self._sent
        if before is None or len(before) != len(rows):
            before = None
        self._sent = rows
        self._send(
            {
                "is": "screen",
                "id": request,
                "event": screen.position.event,
                "columns": columns,
                "rows": count,
                "whole": before is None,
                "cursor": cursor,
                "changed": [
                    (number, row)
                    for number, row in enumerate(rows)
                    if before is None or row != before[number]
                ],
            }
        )

    def _tell(self, *, now: bool = False) -> None:
        """Say how far the index is, every so often."""
        moment = perf_counter()
        if self._index is None or (not now and moment < self._told_at + _TELL_SECONDS):
            return
        self._told_at = moment
        self._send(
            {
                "is": "progress",
                "indexed": self._index.indexed,
                "events": len(self._recording),
                "markers": self._index.markers.since(self._told),
                "full": self._index.appearances.is_full,
                "amounts": self._index.activity.amounts,
                "seconds": self._index.activity.seconds,
            }
        )

    def _find(self, request: int, text: str) -> None:
        events: list[int] = []
        if self._index is not None and text:
            for event in self._index.appearances.find(text):
                if len(events) > _MOST_FOUND:
                    break
                if not events or event > events[-1]:
                    events.append(event)
        self._send(
            {
                "is": "found",
                "id": request,
                "events": events[:_MOST_FOUND],
                "whole": len(events) <= _MOST_FOUND,
            }
        )


def _asked_size(message: Message) -> tuple[int, int]:
    return int(message.get("columns", 0)), int(message.get("rows", 0))
