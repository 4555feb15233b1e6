"""RecordLog: the records of a recording, decoded in the background, kept on the disk."""

from __future__ import annotations

import threading
import time
from array import array
from collections.abc import Callable, Iterable, Sequence

from hoopscope.recordings.decoders import decoder_for
from hoopscope.recordings.decoders.decoder import Decoder, WaitingDecoder
from hoopscope.recordings.kinds import RecordingKind, kind_by_bytes
from hoopscope.recordings.record import Record
from hoopscope.recordings.record_codec import ENTRY, Head, Vocabulary, pack, unpack, unpack_head
from hoopscope.recordings.recording import Recording
from hoopscope.recordings.spool import Spool, SpoolFull

_PIECE = 0.004
"""Seconds of decoding at a time, after which others get the interpreter."""
_REST = 0.001
_TOLD_EVERY = 0.1
_PATIENCE = 2.5
"""Seconds without an event after which what is live is taken as it is."""
_EVENTS_READ = 256
_BYTES_READ = 1 << 20


class RecordLog:
    """Records by number, in the order in which they became whole; any thread reads.

    `start` decodes in a thread of its own, in small pieces; `decode` does it in the caller's. Four
    bytes a record stay in memory, everything else is in two nameless files.

    Args:
        recording: what is decoded; `grow` has to be called when it has more.
        kind: which decoder reads it.
        is_live: whether events come when they happen. Only then does it tell anything that none
            comes: who waits for a quiet session to go on is shown all that was.
    """

    def __init__(self, recording: Recording, kind: RecordingKind, *, is_live: bool = False) -> None:
        self.recording = recording
        self._is_live = is_live
        self.kind = kind
        self.words = Vocabulary()
        self.contents = Spool()
        self.index = Spool()
        self.failure = ""
        """Why there will be no more records, for people; "" where nothing failed."""
        self.is_complete = False
        """Whether all records that there will ever be are here."""
        self.events_decoded = 0
        self._by_kind: list[array[int]] = []
        self._decoder: Decoder | None = None
        self._count = 0
        self._is_settled = True
        self._is_quiet = False
        self._wake = threading.Event()
        self._ended = threading.Event()
        self._closed = False
        self._thread: threading.Thread | None = None

    def __len__(self) -> int:
        return self._count

    @property
    def is_started(self) -> bool:
        """Whether it decodes in the background."""
        return self._thread is not None

    def start(self, on_change: Callable[[], None] | None = None) -> None:
        """Decode from now on; `on_change` is called in that thread, at most ten times a second."""
        self._thread = threading.Thread(
            target=self._run, args=(on_change,), name="record-log", daemon=True
        )
        self._thread.start()

    def grow(self) -> None:
        """The recording has more events, or became complete."""
        self._wake.set()

    def wait(self, seconds: float) -> bool:
        """Wait until all is decoded of a recording that is complete; whether it is."""
        return self._ended.wait(seconds)

    def close(self) -> None:
        """Give the disk back, once decoding has stopped; reading gives nothing from then on."""
        self._closed = True
        self._count = 0
        self._wake.set()
        if self._thread is None or not self._thread.is_alive():
            self._free()

    def decode(self, seconds: float = float("inf")) -> bool:
        """Decode for so long; whether there is more to decode at this moment. Raises SpoolFull."""
        until = time.perf_counter() + seconds
        decoder = self._decoder
        if decoder is None:
            if not len(self.recording) and not self.recording.is_complete:
                return False
            decoder = self._decoder = decoder_for(self._kind_seen())
        while time.perf_counter() < until and not self._closed:
            was_complete = self.recording.is_complete
            end = len(self.recording)
            if self.events_decoded >= end:
                self._come_to_rest(decoder, was_complete)
                return False
            self._decode_some(decoder, end)
        return not self._closed

    def record(self, number: int) -> Record:
        """A record, without what it has by reference. Raises IndexError."""
        entry = self._entry(number)
        offset, title, rest = ENTRY.unpack(entry)[:3]
        content = self.contents.read(offset, title + rest)
        return unpack(entry, content[:title], content[title:], self.words)

    def heads(self, first: int, count: int) -> list[Head]:
        """What a list shows of at most `count` records from `first` on."""
        count = max(0, min(count, self._count - first))
        entries = self.index.read(first * ENTRY.size, count * ENTRY.size)
        heads = []
        for at in range(0, len(entries), ENTRY.size):
            entry = entries[at : at + ENTRY.size]
            offset, title = ENTRY.unpack(entry)[:2]
            heads.append(unpack_head(entry, self.contents.read(offset, title), self.words))
        return heads

    def head(self, number: int) -> Head:
        """What a list shows of a record. Raises IndexError."""
        entry = self._entry(number)
        offset, title = ENTRY.unpack(entry)[:2]
        return unpack_head(entry, self.contents.read(offset, title), self.words)

    def kinds(self) -> list[tuple[str, int]]:
        """The words for what records are, with how many of each there are."""
        counts = [(word, len(self.numbers_of(word))) for word in list(self.words.kinds.words)]
        return [(word, count) for word, count in counts if count]

    def numbers_of(self, kind: str) -> Sequence[int]:
        """The numbers of the records of a kind, growing; not to be changed."""
        words = self.words.kinds.words
        if kind in words and words.index(kind) < len(self._by_kind):
            return self._by_kind[words.index(kind)]
        return ()

    def number_at(self, event: int) -> int:
        """The number of the record that an event is in, or of the last one before it."""
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            # Records are in the order of their ends.
            if ENTRY.unpack(self._entry(middle))[5] < event:
                low = middle + 1
            else:
                high = middle
        return max(0, min(low, self._count - 1))

    def _kind_seen(self) -> RecordingKind:
        """The kind that the first event shows."""
        for event in self.recording.events(0, 1):
            self.kind = kind_by_bytes(self.kind, event.kind, event.payload)
        return self.kind

    def _entry(self, number: int) -> bytes:
        entry = self.index.read(number * ENTRY.size, ENTRY.size) if number >= 0 else b""
        if len(entry) < ENTRY.size:
            raise IndexError(number)
        return entry

    def _decode_some(self, decoder: Decoder, end: int) -> None:
        records: list[Record] = []
        number = self.events_decoded
        size = 0
        for event in self.recording.events(number, min(end, number + _EVENTS_READ)):
            records += decoder.feed(number, event)
            number += 1
            size += len(event.payload)
            if size > _BYTES_READ:
                break
        self._append(records)
        self._is_settled = False
        self.events_decoded = number

    def _come_to_rest(self, decoder: Decoder, is_complete: bool) -> None:
        if is_complete and not self.is_complete:
            self._append(decoder.close())
            self.is_complete = True
            self._ended.set()
        elif not self._is_settled:
            self._append(decoder.settle())
        elif self._is_quiet and isinstance(decoder, WaitingDecoder):
            self._append(decoder.give_up())
        self._is_settled = True

    def _append(self, records: Iterable[Record]) -> None:
        entries, contents = bytearray(), bytearray()
        offset = self.contents.size()
        kinds = []
        for record in records:
            entry, title, rest = pack(record, offset + len(contents), self.words)
            entries += entry
            contents += title
            contents += rest
            kinds.append(self.words.kinds.number(record.kind))
        if not entries:
            return
        # The count last: a record is only seen once it can be read.
        self.contents.append(contents)
        self.index.append(entries)
        while len(self._by_kind) < len(self.words.kinds.words):
            self._by_kind.append(array("I"))
        for number, kind in enumerate(kinds, self._count):
            self._by_kind[kind].append(number)
        if not self._closed:
            self._count += len(kinds)

    def _free(self) -> None:
        self.index.close()
        self.contents.close()

    def _run(self, on_change: Callable[[], None] | None) -> None:
        try:
            self._decode_on(on_change)
        finally:
            if self._closed:
                self._free()

    def _decode_on(self, on_change: Callable[[], None] | None) -> None:
        told_at, told = 0.0, (-1, False)
        while not self._closed:
            self._wake.clear()
            try:
                has_more = self.decode(_PIECE)
            except SpoolFull as full:
                self.failure, has_more = str(full), False
            now = time.monotonic()
            state = (self._count, self.is_complete or bool(self.failure))
            is_time = not has_more or now - told_at >= _TOLD_EVERY
            if on_change is not None and state != told and is_time:
                told_at, told = now, state
                on_change()
            if has_more:
                time.sleep(_REST)
            elif self.is_complete or self.failure:
                return
            else:
                patience = _PATIENCE if self._is_live and not self._is_quiet else None
                self._is_quiet = not self._wake.wait(patience)
