from __future__ import annotations

import pytest

from hoopscope.cli.export_progress import ManyProgress, OneProgress, duration, size
from hoopscope.cli.progress import Progress
from hoopscope.recordings.exports.folder import Tally


class Shown(Progress):
    def __init__(self) -> None:
        super().__init__(wanted=False)
        self.texts: list[str] = []

    def due(self) -> bool:
        return True

    def show(self, text: str) -> None:
        self.texts.append(text)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr("hoopscope.cli.export_progress.time.monotonic", lambda: now[0])
    return now


def test_one_session_has_a_rate_and_a_time_left(clock: list[float]) -> None:
    shown = Shown()
    progress = OneProgress(shown)
    progress("fetched", 1_000, 100_000_000)
    clock[0] += 4
    progress("fetched", 20_000_000, 100_000_000)
    progress("fetched", 20_000_001, 100_000_000)
    clock[0] += 16
    progress("written", 1_000, 0)
    clock[0] += 2
    progress("written", 50_000_000, 0)
    assert shown.texts[0] == "fetched 20.0 MB of about 100.0 MB, 5.0 MB/s, 16 s left"
    assert shown.texts[-1] == "written 50.0 MB, 25.0 MB/s"


def test_many_sessions_have_them_too(clock: list[float]) -> None:
    tally = Tally(complete=30, already=100, nothing=9, failed=1, bytes=2_500_000)
    progress = ManyProgress(Shown(), tally)
    clock[0] += 10
    assert progress.text() == "140 sessions, 2.5 MB, 4.0/s, 1 missing"
    progress.total = 5_000
    assert progress.text() == "140 of 5,000 sessions, 2.5 MB, 4.0/s, 20 min left, 1 missing"


def test_words_for_sizes_and_times() -> None:
    assert [size(0), size(999), size(1_500), size(2e15)] == ["0 B", "999 B", "1.5 kB", "2000.0 TB"]
    assert [duration(5), duration(600), duration(7_860)] == ["5 s", "10 min", "2 h 11 min"]
