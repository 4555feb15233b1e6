from __future__ import annotations

from hoopscope.sessions.pace import BackOff, Pace


def scrolled(speed: int, page_seconds: float = 0.1) -> Pace:
    pace = Pace()
    for _ in range(20):
        pace.page_took(page_seconds)
    for step in range(20):
        pace.saw(step * speed // 10, 40, 100 + step / 10)
    return pace


def test_a_reader_who_stands_still_is_three_screens_behind() -> None:
    pace = Pace()
    pace.saw(0, 40, 100.0)
    assert pace.distance == 120
    assert pace.wants_more(159)
    assert not pace.wants_more(160)


def test_the_faster_the_reader_the_further_ahead() -> None:
    distances = [scrolled(speed).distance for speed in (0, 100, 1_000, 100_000)]
    assert distances == sorted(distances)
    assert distances[2] >= 2_000
    assert distances[3] == 5_000


def test_the_slower_the_gateway_the_further_ahead() -> None:
    assert scrolled(400, page_seconds=1.0).distance > scrolled(400).distance


def test_a_pause_a_way_back_and_another_list_are_no_scrolling() -> None:
    paused, back, anew = scrolled(1_000), scrolled(1_000), scrolled(1_000)
    paused.saw(2_500, 40, 200.0)
    assert paused.distance == 120
    for step in range(30):
        back.saw(1_000 - step, 40, 102 + step / 10)
    assert back.distance == 120
    anew.begin_anew()
    assert (anew.first, anew.distance) == (0, 120)


def test_the_wait_doubles_up_to_a_minute_and_begins_anew() -> None:
    wait = BackOff(lambda: 1.0)
    assert [wait.next_delay() for _ in range(9)] == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert wait.next_delay(at_least=90) == 90
    wait.reset()
    assert wait.next_delay() == 1


def test_the_wait_has_jitter() -> None:
    waits = {BackOff().next_delay() for _ in range(20)}
    assert len(waits) > 1
    assert all(0.8 <= wait <= 1.2 for wait in waits)


def test_rows_that_come_in_above_are_no_scrolling() -> None:
    pace = Pace()
    pace.saw(0, 20, 100.0)
    pace.pushed_down(500)
    pace.saw(500, 20, 100.01)
    assert pace.distance == 60
    pace.saw(519, 20, 100.1)
    assert pace.distance > 60
