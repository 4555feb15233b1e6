"""Recordings: what went in comes out, by number, by moment and by offset."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.event import Event
from hoopscope.recordings.recorded_text import EVERYTHING, OUTPUT, RecordedText
from hoopscope.recordings.recording import Recording

EVENTS = st.lists(
    st.builds(
        Event,
        st.floats(0, 1e6),
        st.sampled_from("ioeb"),
        st.binary(max_size=30),
    ),
    max_size=40,
)


@given(EVENTS, st.integers(0, 40), st.floats(0, 1e6))
def test_gives_back_what_went_in(events: list[Event], cut: int, moment: float) -> None:
    recording = Recording()
    recording.append(events[:cut])
    text = RecordedText(recording, OUTPUT)
    recording.append(events[cut:])
    text.grow()
    assert list(recording.events()) == events
    assert len(recording) == len(events)
    clocks = [recording.clock(number) for number in range(len(events))]
    assert clocks == sorted(clocks)
    assert recording.number_at(moment) == sum(clock <= moment for clock in clocks)
    whole = b"".join(event.payload for event in events if event.kind in OUTPUT)
    assert text.size() == len(whole)
    assert text.read(0, len(whole) + 5) == whole
    recording.close()


@given(EVENTS)
def test_tells_which_event_a_byte_came_with(events: list[Event]) -> None:
    recording = Recording()
    recording.append(events)
    text = RecordedText(recording, EVERYTHING)
    at = 0
    for number, event in enumerate(events):
        if event.kind not in EVERYTHING:
            continue
        for place in range(len(event.payload)):
            assert text.event_at(at + place) == number
        at += len(event.payload)
    with pytest.raises(IndexError):
        text.event_at(at)
    for first in range(0, at, 7):
        assert text.read(first, 11) == text.read(0, at)[first : first + 11]
    recording.close()


def test_a_closed_recording_gives_nothing() -> None:
    recording = Recording()
    recording.append([Event(0.5, "o", b"x")])
    recording.close()
    assert list(recording.events()) == []
    with pytest.raises(IndexError):
        recording.event(0)
