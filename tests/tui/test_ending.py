"""Signals that end the browser, in a process and a terminal of its own."""

from __future__ import annotations

import os
import pty
import signal
import sys

import pytest

_APP = """
from textual.screen import Screen
from hoopscope.config.locations import bundled_themes_folder
from hoopscope.tui.app import HoopscopeApp
from hoopscope.tui.theming import load_theme

theme = load_theme(bundled_themes_folder() / "dark.toml")
raise SystemExit(HoopscopeApp(Screen, lambda *_: Screen(), theme=theme).run())
"""
_ALTERNATE, _BACK = b"\x1b[?1049h", b"\x1b[?1049l"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_the_terminal_is_given_back_first(number: signal.Signals) -> None:
    child, terminal = pty.fork()
    if not child:
        os.environ["TERM"] = "xterm-256color"
        os.execv(sys.executable, [sys.executable, "-c", _APP])
    painted = b""
    # Something is painted once the application is there.
    while _ALTERNATE not in painted or b" " * 40 not in painted:
        painted += os.read(terminal, 65_536)
    os.kill(child, number)
    while _BACK not in painted:
        painted += os.read(terminal, 65_536)
    assert b"\x1b[?25h" in painted
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 128 + number
    os.close(terminal)
