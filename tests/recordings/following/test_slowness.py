"""Whether events may have been dropped, by what the ones around them tell."""

from __future__ import annotations

from hoopscope.recordings.following.slowness import Slowness

MILLISECOND = 1_000_000


def suspected(events: list[tuple[int, int]]) -> list[int]:
    """The numbers of the events before which some may be missing; times in milliseconds."""
    slowness = Slowness()
    return [
        number
        for number, (happened, arrived) in enumerate(events)
        if slowness.may_have_lost(happened * MILLISECOND, arrived * MILLISECOND)
    ]


def test_typing_that_comes_in_time_is_not_suspected() -> None:
    assert suspected([(at, at + 5_000) for at in range(0, 6_000, 40)]) == []


def test_a_flood_is_from_its_33rd_event_on() -> None:
    assert suspected([(at, at + 5_000) for at in range(50)]) == list(range(32, 50))


def test_what_comes_late_is_suspected_if_32_others_could_have_waited() -> None:
    prompt = [(at, at) for at in range(0, 4_000, 40)]
    # The line stood still for two seconds, and let out what had waited.
    late = [(at, 6_000) for at in range(4_000, 6_000, 40)]
    after = [(at, at) for at in range(6_000, 9_000, 40)]
    found = suspected(prompt + late + after)
    assert found[0] == len(prompt) + 32
    assert found[-1] < len(prompt + late) + 32


def test_a_new_subscription_has_nothing_waiting() -> None:
    slowness = Slowness()
    for at in range(32):
        slowness.may_have_lost(at, at)
    slowness.subscribed_again()
    assert not slowness.may_have_lost(33, 33)
