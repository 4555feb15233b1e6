"""Finding records: every one that matches, none whose match is masked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.event import Event
from hoopscope.recordings.kinds import RecordingKind
from hoopscope.recordings.record_log import RecordLog
from hoopscope.recordings.record_search import RecordSearch
from hoopscope.recordings.record_texts import body_of
from hoopscope.recordings.recording import Recording
from hoopscope.recordings.search_pattern import SearchPattern


@contextmanager
def log_of(kind: RecordingKind, *payloads: bytes) -> Iterator[RecordLog]:
    recording = Recording()
    recording.append([Event(at, "o", payload) for at, payload in enumerate(payloads)])
    recording.is_complete = True
    log = RecordLog(recording, kind)
    log.decode()
    yield log
    log.close()
    recording.close()


def all_found(log: RecordLog, text: str, *, revealed: bool = False) -> list[int]:
    search = RecordSearch(log, SearchPattern(text), revealed=revealed)
    found, at = [], 0
    while (number := search.find(at, 1)) is not None:
        found.append(number)
        at = number + 1
    backwards, at = [], len(log) - 1
    while (number := search.find(at, -1)) is not None:
        backwards.append(number)
        at = number - 1
    assert backwards == found[::-1]
    return found


@given(
    st.lists(st.text("ab\n\x1bc", max_size=6), max_size=8),
    st.sampled_from(["a", "ab", "a.", "^a", "A", "b$"]),
)
def test_finds_what_is_there(texts: list[str], wanted: str) -> None:
    with log_of(RecordingKind.EXEC, *[text.encode() for text in texts if text]) as log:
        pattern = SearchPattern(wanted)
        expected = []
        for number in range(len(log)):
            record = log.record(number)
            shown = (record.title.text, body_of(log, record).text)
            if any(next(pattern.matches(text.encode()), None) for text in shown):
                expected.append(number)
        assert all_found(log, wanted) == expected


@pytest.mark.parametrize("wanted", ["needle", "need.e", 'say "it"'])
def test_looks_into_long_bodies_and_json(wanted: str) -> None:
    body = b'{"a": "x needle say \\"it\\" y"}'
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    with log_of(RecordingKind.HTTP, answer) as log:
        assert all_found(log, wanted) == ([0] if wanted != 'say "it"' else [])
    long = b"x" * 3_000_000 + b'\nneedle \x1b[1msay\x1b[0m "it"\n'
    with log_of(RecordingKind.EXEC, b"first", long, b"last") as log:
        assert all_found(log, wanted) == [1]


def test_finds_what_was_echoed_sign_by_sign() -> None:
    recording = Recording()
    for at, sign in enumerate("make test"):
        pair = [Event(at, "i", sign.encode()), Event(at, "o", sign.encode())]
        recording.append(pair)
    recording.append([Event(20, "i", b"\r"), Event(20, "o", b"\r\n")])
    recording.is_complete = True
    log = RecordLog(recording, RecordingKind.TERMINAL)
    log.decode()
    assert [log.record(number).kind for number in all_found(log, "make test")] == [
        "output", "keys",
    ]  # fmt: skip
    assert len(all_found(log, "^make test$")) == 2
    log.close()
    recording.close()


def test_what_is_masked_is_not_found() -> None:
    with log_of(RecordingKind.EXEC, b"password=needle", b"plain needle") as log:
        assert all_found(log, "needle") == [1]
        assert all_found(log, "needle", revealed=True) == [0, 1]


def test_looks_only_where_it_is_told() -> None:
    with log_of(RecordingKind.EXEC, *[b"needle"] * 5) as log:
        search = RecordSearch(log, SearchPattern("needle"), numbers=[1, 3])
        assert search.find(0, 1) == 1
        assert search.find(2, 1) == 3
        assert search.find(4, 1) is None
        assert search.find(4, -1) == 3
        assert search.find(0, 1, lambda: False) is None
