"""Looking for something among records: their titles, fields and bodies, in pieces."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from hoopscope.recordings.marked_text import MarkedText
from hoopscope.recordings.record import TEXT, Record
from hoopscope.recordings.record_codec import ENTRY, refers_to_text
from hoopscope.recordings.record_log import RecordLog
from hoopscope.recordings.record_texts import body_of, payload_of
from hoopscope.recordings.search_pattern import SearchPattern
from hoopscope.recordings.secret_patterns import marked
from hoopscope.recordings.terminal_text import readable, visible

_WINDOW = 512
"""Records that are looked at together."""
_BLOCK = 1 << 20
_OVERLAP = 1024
_MOST_REFERRED = 8 << 20
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
        elif any(entry[2] for entry in found):
            # An expression does not fit JSON: such records are looked at one by one.
            return True
        elif self._is_in(self._titles(found)):
            return True
        referred = self._referred_to(found)
        return referred is None or self._is_in(referred)

    def _referred_to(self, entries: Sequence[tuple[Any, ...]]) -> bytes | None:
        """The texts that records refer to, in lines of their own; None for too much of it."""
        referring = [entry for entry in entries if refers_to_text(entry)]
        if not referring:
            return b""
        first = min(entry[4] for entry in referring)
        last = max(entry[5] for entry in referring)
        recording = self._log.recording
        events = list(recording.entries(first, last + 1))
        begin = events[0][3]
        size = events[-1][3] + events[-1][4] - begin
        if size > _MOST_REFERRED:
            return None
        block = recording.payloads.read(begin, size)
        alike = len({kind for _, _, kind, _, _ in events}) == 1 and b"\b" not in block
        if self.pattern.is_quick and alike:
            # All of one direction: where a record ends does not matter to words.
            return visible(block)
        parts = []
        for entry in referring:
            direction = entry[9].decode("latin-1")
            for _, _, kind, offset, length in events[entry[4] - first : entry[5] - first + 1]:
                if kind == direction:
                    parts.append(block[offset - begin : offset - begin + length])
            parts.append(b"\n")
        return readable(b"".join(parts)).encode("utf-8", "surrogatepass")

    def _in_contents(self, begin: int, end: int) -> bool:
        return any(
            self._is_in(block) or (self._in_json is not self.pattern and self._is_json_in(block))
            for block in _blocks(self._log.contents.read, begin, end)
        )

    def _is_in(self, block: bytes) -> bool:
        return next(self.pattern.matches(block), None) is not None

    def _is_json_in(self, block: bytes) -> bool:
        return next(self._in_json.matches(block), None) is not None

    def _titles(self, entries: Sequence[tuple[Any, ...]]) -> bytes:
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
            return
        content = payload_of(self._log, record, _WHOLE + 1)
        if len(content) > _WHOLE:
            yield from self._pieces(record)
        elif record.language:
            yield body_of(self._log, record, _WHOLE).shown(shown)
        elif shown or not record.has_secrets:
            yield readable(content)
        else:
            yield marked(readable(content)).masked()

    def _pieces(self, record: Record) -> Iterator[str]:
        """A long body; what is masked in it is found in each piece on its own."""
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
