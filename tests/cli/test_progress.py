from __future__ import annotations

import io
import sys

import pytest

from hoopscope.cli import progress as module
from hoopscope.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_at_most_twice_a_second_and_nothing_left(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, now = Terminal(), 100.0
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr("hoopscope.cli.progress.time.monotonic", lambda: now)
    progress = Progress(wanted=True)
    shown = 0
    for _ in range(100):
        now += 0.05
        if progress.due():
            progress.show("half")
            shown += 1
    assert 9 <= shown <= 10
    progress.clear()
    assert terminal.getvalue().endswith("\r\x1b[K")
    progress.note("done")
    assert terminal.getvalue().endswith("done\n")


def test_nothing_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.StringIO()
    monkeypatch.setattr(sys, "stderr", file)
    monkeypatch.setattr(module, "EVERY_SECONDS", -1.0)
    for progress in (Progress(wanted=True), Progress(wanted=False)):
        assert not progress.due()
        progress.clear()
        progress.note("done")
    monkeypatch.setattr(sys, "stderr", None)
    Progress(wanted=True).note("done")
    assert file.getvalue() == ""
