"""All decoders: recorded streams, and any bytes at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.event import Event
from hoopscope.recordings.decoders import decoder_for
from hoopscope.recordings.kinds import RecordingKind
from hoopscope.recordings.record import Record
from tests.recordings.streams import CAPTURES, EVENTS, captured, decoded

STREAMS = sorted(path.name for path in CAPTURES.glob("detail-*-expand.json"))


@pytest.mark.parametrize("name", STREAMS, ids=lambda name: Path(name).stem)
def test_recorded_streams_give_records(name: str) -> None:
    kind, events = captured(name)
    records = decoded(kind, events)
    assert bool(records) == bool(events)
    _check(events, records)


@given(st.sampled_from(list(RecordingKind)), EVENTS, st.integers(0, 30))
def test_any_bytes_give_records(kind: RecordingKind, events: list[Event], rest: int) -> None:
    decoder = decoder_for(kind)
    records: list[Record] = []
    for number, event in enumerate(events):
        records += decoder.feed(number, event)
        if number == rest:
            records += decoder.settle()
    records += decoder.close()
    _check(events, records)
    assert list(decoder.close()) == []


def _check(events: list[Event], records: list[Record]) -> None:
    """Every record names events that there are, and every event with a message is in a record."""
    for record in records:
        assert 0 <= record.first <= record.last < len(events)
        assert record.moment == events[record.first].seconds or record.reference == ""
        assert record.kind
        assert record.direction in "ioebhx"
        for text in (record.title, record.body, *[text for _, text in record.fields]):
            at = 0
            for start, end, what in text.secrets:
                assert at <= start < end <= len(text.text)
                assert what
                at = end
    closing = {number for number, event in enumerate(events) if event.kind == "e"}
    assert closing <= {record.first for record in records}
