"""Looking for something among records: their titles, fields and bodies, in pieces."""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from hoopscope.recordings.marked_text import MarkedText
from hoopscope.recordings.record import TEXT, Record
from hoopscope.recordings.record_codec import ENTRY
from hoopscope.recordings.record_log import RecordLog
from hoopscope.recordings.record_texts import body_of, payload_of, size_of_payload
from hoopscope.recordings.search_pattern import SearchPattern
from hoopscope.recordings.terminal_text import readable, visible

_AROUND = re.compile(r"[\\^$]|\(\?")
"""What an expression has in it that asks what stands before or after."""
_WINDOW = 512
"""Records that are looked at together."""
_BLOCK = 1 << 20
_OVERLAP = 1024
_WHOLE = 262_144
"""Bytes up to which the secrets of a body are looked for in all of it at once."""


class RecordSearch:
    """Finds records in which a pattern matches; what is masked is not looked into.

    Args:
        log: the records, which may be growing.
        pattern: what is looked for.
        revealed: whether secrets are shown, and so can be found.
        numbers: the records to look at, in order; None for all.
    """

    def __init__(
        self,
        log: RecordLog,
        pattern: SearchPattern,
        *,
        revealed: bool = False,
        numbers: Sequence[int] | None = None,
    ) -> None:
        self.pattern = pattern
        self._log = log
        self._revealed = revealed
        self._numbers = numbers
        self._asks_around = bool(_AROUND.search(pattern.text))
        # In the log bodies are JSON, which writes some signs in another way.
        escaped = json.dumps(pattern.text, ensure_ascii=False)[1:-1]
        self._in_json = (
            pattern
            if escaped == pattern.text
            else SearchPattern(escaped, ignores_case=pattern.ignores_case)
        )

    def find(
        self, start: int, step: int, is_wanted: Callable[[], bool] = lambda: True
    ) -> int | None:
        """The number of the first match from record `start` on, forwards (1) or backwards (-1).

        Gives up, with None, as soon as it is not wanted any more. Raises PatternTooSlow.
        """
        windows = _forwards(start, len(self._log)) if step > 0 else _backwards(start)
        for first, last in windows:
            if not is_wanted():
                return None
            numbers = self._chosen(first, last)
            if not numbers or not self._may_match(first, last):
                continue
            for number in numbers if step > 0 else reversed(numbers):
                if not is_wanted():
                    return None
                if self._matches(number):
                    return number
        return None

    def _chosen(self, first: int, last: int) -> Sequence[int]:
        if self._numbers is None:
            return range(first, last)
        begin, end = bisect_left(self._numbers, first), bisect_right(self._numbers, last - 1)
        return self._numbers[begin:end]

    def _may_match(self, first: int, last: int) -> bool:
        """Whether anything in some records, or in what they refer to, matches."""
        size = ENTRY.size
        entries = self._log.index.read(first * size, (last - first) * size)
        found = [ENTRY.unpack_from(entries, at) for at in range(0, len(entries), size)]
        if not found:
            return False
        if self.pattern.is_quick:
            if self._in_contents(found[0][0], found[-1][0] + found[-1][1] + found[-1][2]):
                return True
        elif self._asks_around or any(entry[2] for entry in found):
            # What stands around a match is another record's here, and an expression does not fit
            # JSON: such records are looked at one by one.
            return True
        elif self._is_in(self._titles(found)):
            return True
        recording = self._log.recording
        events = min(entry[4] for entry in found), max(entry[5] for entry in found)
        begin = recording.entry(events[0])[3]
        _, _, _, offset, length = recording.entry(events[1])
        blocks = _blocks(recording.payloads.read, begin, offset + length)
        return any(self._is_in(visible(block)) for block in blocks)

    def _in_contents(self, begin: int, end: int) -> bool:
        return any(
            self._is_in(block) or (self._in_json is not self.pattern and self._is_json_in(block))
            for block in _blocks(self._log.contents.read, begin, end)
        )

    def _is_in(self, block: bytes) -> bool:
        return next(self.pattern.matches(block), None) is not None

    def _is_json_in(self, block: bytes) -> bool:
        return next(self._in_json.matches(block), None) is not None

    def _titles(self, entries: Sequence[tuple[int, ...]]) -> bytes:
        """The titles of records that are nothing else, a line each."""
        begin = entries[0][0]
        block = self._log.contents.read(begin, entries[-1][0] + entries[-1][1] - begin)
        return b"\n".join(
            block[entry[0] - begin : entry[0] - begin + entry[1]] for entry in entries
        )

    def _matches(self, number: int) -> bool:
        try:
            record = self._log.record(number)
        except IndexError:
            return False
        return any(
            next(self.pattern.matches(text.encode("utf-8", "surrogatepass")), None) is not None
            for text in self._texts(record)
        )

    def _texts(self, record: Record) -> Iterator[str]:
        shown = self._revealed
        yield record.title.shown(shown)
        for name, text in record.fields:
            yield f"{name}: {text.shown(shown)}"
        if record.reference != TEXT:
            yield record.body.shown(shown)
        elif size_of_payload(self._log, record) <= _WHOLE:
            yield body_of(self._log, record, _WHOLE).shown(shown)
        else:
            yield from self._pieces(record)

    def _pieces(self, record: Record) -> Iterator[str]:
        """A long body; what is masked in it is found in each piece on its own."""
        from hoopscope.recordings.secret_patterns import marked

        content = payload_of(self._log, record, 1 << 40)
        for at in range(0, len(content), _WHOLE):
            text = readable(content[at : at + _WHOLE + _OVERLAP])
            yield (MarkedText(text) if self._revealed else marked(text)).shown(self._revealed)


def _forwards(start: int, end: int) -> Iterator[tuple[int, int]]:
    for first in range(max(0, start), end, _WINDOW):
        yield first, min(end, first + _WINDOW)


def _backwards(start: int) -> Iterator[tuple[int, int]]:
    for last in range(start + 1, 0, -_WINDOW):
        yield max(0, last - _WINDOW), last


def _blocks(read: Callable[[int, int], bytes], begin: int, end: int) -> Iterator[bytes]:
    for at in range(begin, end, _BLOCK):
        yield read(at, min(_BLOCK + _OVERLAP, end - at))
