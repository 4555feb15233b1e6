"""Which terminals are scrolled, as terminfo says."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest.importorskip("curses")

_PROGRAM = (
    "import sys; from hoopscope.tui.wire.scrolling import can_scroll as c; print(c(sys.argv[1]))"
)


@pytest.mark.parametrize(
    ("terminal", "can"),
    [("xterm", "True"), ("linux", "True"), ("vt100", "False"), ("nothing-like-it", "False")],
)
def test_terminals_are_scrolled_that_can_delete_lines_in_a_region(terminal: str, can: str) -> None:
    # A process reads terminfo once.
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, terminal],
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    assert done.stdout.strip() == can
