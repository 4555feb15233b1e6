"""Signals that end the browser, in a process and a terminal of its own."""

from __future__ import annotations

import contextlib
import os
import pty
import signal
import subprocess
import sys

import pytest

_APP = """
import signal

signal.signal(signal.SIGHUP, signal.SIG_DFL)  # which may be ignored by whoever runs the tests
signal.alarm(60)

from textual.screen import Screen
from hoopscope.config.locations import bundled_themes_folder
from hoopscope.tui.app import HoopscopeApp
from hoopscope.tui.theming import load_theme

theme = load_theme(bundled_themes_folder() / "dark.toml")
raise SystemExit(HoopscopeApp(Screen, lambda *_: Screen(), theme=theme).run())
"""
_ALTERNATE, _BACK = b"\x1b[?1049h", b"\x1b[?1049l"


def _started() -> tuple[subprocess.Popen[bytes], int, bytes]:
    """The application once it is there, its terminal, and what it painted."""
    terminal, inner = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", _APP],
        stdin=inner,
        stdout=inner,
        stderr=inner,
        env=os.environ | {"TERM": "xterm-256color"},
        start_new_session=True,
    )
    os.close(inner)
    painted = b""
    # Something is painted once the application is there.
    while _ALTERNATE not in painted or b" " * 40 not in painted:
        painted += os.read(terminal, 65_536)
    return child, terminal, painted


def test_it_ends_with_its_terminal_also_where_nobody_says_so() -> None:
    # It leads the session of no terminal, so that no signal comes when that one is gone.
    child, terminal, _ = _started()
    os.close(terminal)
    assert child.wait(10) in (128 + signal.SIGHUP, -signal.SIGHUP)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_the_terminal_is_given_back_first(number: signal.Signals) -> None:
    child, terminal, painted = _started()
    child.send_signal(number)
    # At its end there is nobody on the other side: Linux calls that an error, others the end.
    with contextlib.suppress(OSError):
        while piece := os.read(terminal, 65_536):
            painted += piece
    assert _BACK in painted
    assert b"\x1b[?25h" in painted
    assert child.wait(10) == 128 + number
    os.close(terminal)
