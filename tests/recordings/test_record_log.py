"""RecordLog: records by number, in the background, of a recording that grows."""

from __future__ import annotations

import queue
import threading

import pytest
from hypothesis import given

from hoopscope.gateway.event import Event
from hoopscope.recordings import record_log
from hoopscope.recordings.kinds import RecordingKind
from hoopscope.recordings.record_log import RecordLog
from hoopscope.recordings.record_texts import body_of, source_of, whole_text
from hoopscope.recordings.recording import Recording
from tests.recordings.streams import EVENTS, captured, decoded


@given(EVENTS)
def test_gives_back_what_was_decoded(events: list[Event]) -> None:
    for kind in (RecordingKind.HTTP, RecordingKind.TERMINAL, RecordingKind.POSTGRES):
        recording = Recording()
        recording.append(events)
        recording.is_complete = True
        log = RecordLog(recording, kind)
        assert not log.decode()
        assert log.is_complete
        # The first event may have shown another kind.
        records = decoded(log.kind, recording.events())
        assert [log.record(number) for number in range(len(log))] == records
        heads = log.heads(0, len(log))
        assert [head.title for head in heads] == [record.title for record in records]
        assert [head.is_masked for head in heads] == [record.is_masked for record in records]
        assert sum(count for _, count in log.kinds()) == len(records)
        log.close()
        recording.close()


def test_decodes_in_the_background_while_it_grows() -> None:
    kind, events = captured("detail-terminal-expand.json")
    recording = Recording()
    log = RecordLog(recording, kind)
    changed = threading.Event()
    log.start(changed.set)
    for start in range(0, len(events), 10):
        recording.append(events[start : start + 10])
        log.grow()
    recording.is_complete = True
    log.grow()
    assert log.wait(5)
    assert changed.wait(5)
    assert log.events_decoded == len(events)
    keys = [log.record(number) for number in log.numbers_of("keys")]
    assert [record.title.masked() for record in keys][-4:] == [
        "********", "stty size; sleep 100", "^C", "exit 7",
    ]  # fmt: skip
    assert log.record(log.number_at(90)).title.text == "hunter2"
    log.close()
    recording.close()


def test_what_waits_for_an_echo_is_shown_once_a_live_session_is_quiet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(record_log, "_PATIENCE", 0.05)
    recording = Recording()
    recording.append(
        [
            Event(1.0, "o", b"Name of the dog: "),
            Event(2.0, "i", b"rex the 2nd\r"),
            Event(2.1, "o", b"welcome\r\n"),
        ]
    )
    for is_live, shown in [(False, ["Name of the dog:"]), (True, ["********", "welcome"])]:
        log = RecordLog(recording, RecordingKind.TERMINAL, is_live=is_live)
        changes: queue.Queue[int] = queue.Queue()
        log.start(lambda log=log, changes=changes: changes.put(len(log)))  # type: ignore[misc]
        assert changes.get(timeout=5) == 1
        if is_live:
            assert changes.get(timeout=5) == 3
        titles = [log.record(number).title.masked() for number in range(len(log))]
        assert titles[-len(shown) :] == shown
        log.close()
    recording.close()


def test_bodies_by_reference_are_read_from_the_recording() -> None:
    recording = Recording()
    recording.append(
        [
            Event(0.1, "i", b"export API_TOKEN=abc; run"),
            Event(0.2, "o", b"\x1b[1mone\x1b[0m\r\n"),
            Event(0.21, "o", b"two password=x1\n"),
            Event(0.3, "e", b"exit status 3"),
        ]
    )
    recording.is_complete = True
    log = RecordLog(recording, RecordingKind.EXEC)
    log.decode()
    script, output, closing = (log.record(number) for number in range(3))
    assert body_of(log, output).masked() == "one\ntwo password=********\n"
    assert source_of(log, 1, output, False).read(0, 99) == b"one\ntwo password=********\n"
    assert source_of(log, 1, output, True).read(7, 12) == b"\x1b[0m\r\ntwo pa"
    assert whole_text(log, script).masked().count("********") == 2
    assert closing.tone == "failure"
    recording.close()
    log.close()
