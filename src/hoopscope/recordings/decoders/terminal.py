"""Terminals: keystrokes as lines, output in runs between them; no emulator here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hoopscope.gateway.event import Event
from hoopscope.recordings.decoders.output_run import OutputRun
from hoopscope.recordings.decoders.raw import raw_record
from hoopscope.recordings.decoders.wording import closing, one_line
from hoopscope.recordings.marked_text import NOTHING, MarkedText, secret
from hoopscope.recordings.record import Field, Record
from hoopscope.recordings.secret_patterns import marked
from hoopscope.recordings.terminal_text import typed
from hoopscope.recordings.typed_lines import TypedLine, TypedLines

_TOGETHER = 1.0
"""Seconds within which pieces of output are one."""
_WHILE_TYPING = 300.0
_RUN_BYTES = 16384
_ENDS = re.compile(rb"[\r\n\x03\x04]")
_END_NAMES = {b"\r": "<enter>", b"\n": "<enter>", b"\x03": "^C", b"\x04": "^D"}


class TerminalDecoder:
    """Records of lines that were typed and of what was printed, in the order in which they ended.

    Args:
        inline: whether records hold their output: for bytes that stand in frames of another format.
    """

    def __init__(self, inline: bool = False) -> None:
        self._typed = TypedLines()
        self._run = OutputRun(inline)
        self._full_screen = False
        self._held: list[tuple[int, Record]] = []

    def feed(self, number: int, event: Event, first: int = 0) -> Iterator[Record]:
        """The records that are whole now; bytes before `first` are not the terminal's."""
        kind = event.kind
        if kind == "o":
            run = self._run
            # What is echoed while a line is typed, however slowly, is read as one.
            together = _WHILE_TYPING if self._typed.is_typing else _TOGETHER
            if not run.holds(event.seconds, len(event.payload), together, _RUN_BYTES):
                self._end_run()
            for line in self._typed.feed(number, event, first):
                self._hold(line)
            if not run.size:
                self._full_screen = self._typed.in_full_screen
            run.add(number, event, first)
        elif kind == "i":
            if self._run.size and _ENDS.search(event.payload, first):
                self._end_run()
            for line in self._typed.feed(number, event, first):
                self._hold(line)
        else:
            yield from self.close()
            yield closing(number, event) if kind == "e" else raw_record(number, event)
            return
        if self._held:
            yield from self._released()

    def settle(self) -> Iterator[Record]:
        """The output so far, unless a line before it still waits for its echo."""
        if self._run.size:
            self._end_run()
        return self._released()

    def give_up(self) -> Iterator[Record]:
        """All that has come; a line that was ended waits for its echo no longer."""
        for line in self._typed.give_up():
            self._hold(line)
        return self.settle()

    def close(self) -> Iterator[Record]:
        """All that is left."""
        for line in self._typed.close():
            self._hold(line)
        return self.settle()

    def _end_run(self) -> None:
        last = self._run.last
        self._held.append((last, self._run.ended(self._full_screen)))

    def _hold(self, line: TypedLine) -> None:
        self._held.append((line.end, _keys(line)))

    def _released(self) -> Iterator[Record]:
        """Records in the order of their ends, up to the first line that is not decided."""
        held = self._held
        if len(held) > 1:
            held.sort(key=_order)
        undecided = self._typed.end_undecided
        kept = 0
        if undecided is not None:
            kept = sum(end >= undecided for end, _ in held)
        ready, self._held = held[: len(held) - kept], held[len(held) - kept :]
        for _, record in ready:
            yield record


def _order(held: tuple[int, Record]) -> int:
    return held[0]


def _keys(line: TypedLine) -> Record:
    fields: tuple[Field, ...] = ()
    if line.what:
        text = secret(typed(line.keys), line.what)
        fields = (("typed", MarkedText(_HOW.get(line.what, line.what))),)
    else:
        text = marked(typed(line.keys))
    end = "" if line.keys and line.ended_by in b"\r\n" else _END_NAMES.get(line.ended_by, "")
    first = line.places[0][0] if line.places else line.end
    title = one_line(text)
    if end:
        title = title._replace(text=title.text + end)
    return Record(
        line.seconds,
        "i",
        first,
        line.end,
        "keys",
        title,
        fields,
        text if len(text.text) > len(title.text) else NOTHING,
    )


_HOW = {
    "password": "at a prompt for a password",
    "typed without echo": "without being shown by the terminal",
}
