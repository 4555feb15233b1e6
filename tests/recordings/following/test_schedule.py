"""When the stored part is read again."""

from __future__ import annotations

from hoopscope.recordings.following.schedule import Schedule

MEGABYTE = 1 << 20


def test_it_is_read_first_and_then_not_without_a_reason() -> None:
    schedule = Schedule()
    assert schedule.due(hears=True) == 0.0
    schedule.has_read(10.0, 0, found_more=True)
    assert schedule.due(hears=True) is None


def test_what_is_unsettled_is_read_once_it_must_be_stored() -> None:
    schedule = Schedule()
    schedule.has_read(10.0, 0, found_more=True)
    schedule.unsettled(True, 400.0)
    schedule.unsettled(True, 430.0)
    assert schedule.due(hears=True) == 455.0
    schedule.unsettled(False, 440.0)
    assert schedule.due(hears=True) is None


def test_a_large_one_is_read_more_rarely() -> None:
    schedule = Schedule()
    schedule.has_read(0.0, 100 * MEGABYTE, found_more=True)
    schedule.unsettled(True, 1.0)
    assert schedule.due(hears=True) == 400.0


def test_where_nothing_is_heard_it_is_read_ever_more_rarely_until_there_is_more() -> None:
    schedule = Schedule()
    at, waits = 0.0, []
    for _ in range(6):
        schedule.has_read(at, 0, found_more=False)
        due = schedule.due(hears=False)
        assert due is not None
        waits.append(due - at)
        at = due
    assert waits == sorted(waits)
    assert waits[-1] == 300.0
    schedule.has_read(at, 0, found_more=True)
    assert schedule.due(hears=False) == at + 55.0
