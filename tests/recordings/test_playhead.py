"""The playhead: time passes, silence is cut, and it goes where it is put."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.event import Event
from hoopscope.recordings.playhead import Playhead
from hoopscope.recordings.recording import Recording

Recorded = Callable[..., Recording]


@pytest.fixture
def recorded() -> Iterator[Recorded]:
    made: list[Recording] = []

    def record(*clocks: float, kinds: str = "") -> Recording:
        recording = Recording()
        recording.append(
            Event(clock, kinds[number : number + 1] or "o", b"x")
            for number, clock in enumerate(clocks)
        )
        made.append(recording)
        return recording

    yield record
    for recording in made:
        recording.close()


def test_plays_as_fast_as_it_is_told(recorded: Recorded) -> None:
    head = Playhead(recorded(0.0, 1.0, 1.5, 3.0), speed=2.0, idle=0)
    head.advance(0.0)
    assert (head.event, head.clock) == (1, 0.0)
    head.advance(0.5)
    assert (head.event, head.clock) == (2, 1.0)
    assert head.until_next() == 0.25
    head.advance(0.3)
    assert (head.event, head.clock) == (3, 1.6)
    head.advance(1.0)
    assert (head.event, head.clock) == (4, 3.0)
    assert head.is_at_end


def test_cuts_long_silence_and_says_how_much(recorded: Recorded) -> None:
    head = Playhead(recorded(0.0, 100.0, 100.5), idle=2.0)
    head.advance(0.0)
    head.advance(1.0)
    assert (head.event, head.clock, head.cut) == (1, 1.0, 0.0)
    assert head.until_next() == 1.0
    head.advance(1.0)
    assert (head.event, head.clock, head.cut) == (2, 100.0, 98.0)
    head.advance(0.1)
    assert (head.event, head.cut) == (2, 0.0)


def test_a_stall_is_not_made_up_for(recorded: Recorded) -> None:
    head = Playhead(recorded(*(float(number) for number in range(100))), idle=0)
    head.advance(60.0)
    assert head.clock == 1.0


def test_steps_over_what_shows_nothing(recorded: Recorded) -> None:
    head = Playhead(recorded(0.0, 1.0, 2.0, 3.0, 4.0, kinds="oiioi"))
    head.step(1)
    assert head.event == 1
    head.step(1)
    assert (head.event, head.clock) == (4, 3.0)
    head.step(1)
    assert head.event == 5
    head.step(-1)
    assert head.event == 3
    head.step(-1)
    head.step(-1)
    assert (head.event, head.clock) == (0, 0.0)


@given(
    st.lists(st.floats(0, 50), max_size=30).map(sorted),
    st.sampled_from([0.0, 0.5, 2.0]),
    st.sampled_from([0.25, 1.0, 16.0]),
    st.lists(st.floats(0, 2), max_size=30),
)
def test_never_goes_back_and_never_leaves_events_behind(
    clocks: list[float], idle: float, speed: float, steps: list[float]
) -> None:
    recording = Recording()
    recording.append(Event(clock, "o", b"x") for clock in clocks)
    head = Playhead(recording, speed=speed, idle=idle)
    for seconds in steps:
        before = (head.event, head.clock)
        head.advance(seconds)
        assert (head.event, head.clock) >= before
        assert head.event == recording.number_at(head.clock) or not head.clock
        assert 0 <= head.until_next() * speed <= (idle or 50)
    recording.close()
