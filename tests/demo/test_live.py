"""The day goes on while the gateway runs."""

from __future__ import annotations

from random import Random

from hoopscope.demo.live import Life
from hoopscope.demo.times import microseconds
from hoopscope.demo.world import World
from tests.demo.moments import NOW


class Clock(World):
    """A world whose time the test moves."""

    def pass_by(self, seconds: float) -> None:
        assert self._fixed is not None
        self._fixed += int(seconds * 1_000_000)


def test_sessions_arrive_some_of_them_late_and_end() -> None:
    world = Clock(300, 1, now=microseconds(NOW))
    before = {row.id for row in world.database.page("1", (), -1, 0)}
    life = Life(world, Random(5))
    life.take_over()
    newest = 0
    late = 0
    seen: dict[bytes, set[tuple[int, int | None]]] = {}
    for _ in range(700):
        world.pass_by(0.5)
        life.step()
        for row in world.database.page("start > ?", (microseconds(NOW) - 10_000_000,), -1, 0):
            if row.id not in before and row.id not in seen:
                late += row.start < newest - 800_000
                newest = max(newest, row.start)
            seen.setdefault(row.id, set()).add((row.status, row.review))
    arrived = [states for session, states in seen.items() if session not in before]
    assert 60 < len(arrived) < 300
    assert 0 < late < len(arrived) / 3
    assert any({(0, None), (2, None)} <= states for states in arrived), "open, then done"
    reviewed = [states for states in arrived if len({review for _, review in states}) > 1]
    assert reviewed, "PENDING, then something else"
    for row in world.database.page("1", (), -1, 0):
        assert row.finish is None or row.start < row.finish <= world.now()
        world.renderer.whole(row)


def test_open_sessions_of_the_history_end() -> None:
    world = Clock(300, 1, now=microseconds(NOW))
    opened = world.database.unfinished(microseconds(NOW) - 3600 * 1_000_000, 200)
    life = Life(world, Random(5))
    life.take_over()
    for _ in range(1300):
        world.pass_by(0.5)
        life.step()
    now = [world.database.one(row.id) for row in opened]
    changed = [(a, b) for a, b in zip(opened, now, strict=True) if a != b]
    assert changed
    assert len(changed) < len(opened), "some are left as they were"
    assert any(b and b.status == 2 and b.finish for _, b in changed)
