"""What a browser loads before its rows are on screen: proven in a fresh process."""

from __future__ import annotations

import os
import subprocess
import sys

from hoopscope.demo.server import DemoGateway

PROGRAM = """
import sys
import time
from functools import partialmethod

from hoopscope.tui import app, launch
from hoopscope.tui.messages import FirstPaint
from hoopscope.tui.screens.browser import BrowserScreen

def painted(screen):
    loaded.update(sys.modules)
    rows.append(screen._table.row_count)
    screen.app.exit()

def with_rows(*given, open_link=launch.open_link):
    link = open_link(*given)
    while not link.state.loaded:
        time.sleep(0.01)
    return link

loaded, rows = set(), []
launch.open_link = with_rows
BrowserScreen._painted = painted
app.HoopscopeApp.run = partialmethod(app.HoopscopeApp.run, headless=True, size=(120, 40))
launch.check_terminal = lambda: None
sys.argv = ["hoopscope"]
from hoopscope.cli import main
try:
    main()
except SystemExit:
    pass
print(rows, *sorted(loaded))
"""
LATER = {
    "anyio", "click", "dateparser", "h11", "hashlib", "httpcore", "httpx", "humanize", "pydantic",
    "tenacity", "urllib.request", "email.parser", "http.client",
}  # fmt: skip


def test_before_the_first_rows_nothing_is_loaded_that_they_do_not_need(
    gateway: DemoGateway,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        check=True,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(sys.path),
            "HOME": "/nowhere",
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "HOOP_APIURL": gateway.url,
            "HOOP_TOKEN": gateway.token,
        },
    )
    rows, *loaded = done.stdout.split()
    assert rows == "[100]", "they are in the first frame, not in the one after it"
    assert not LATER & set(loaded)
    ours = [name for name in loaded if name.startswith("hoopscope.")]
    assert "hoopscope.tui.screens.browser" in ours
    assert len(ours) <= 128, "each module costs about a millisecond of everybody's time"
    assert not any("session." in name for name in ours if name.startswith("hoopscope.tui.screens"))
    assert not any(name.startswith("hoopscope.recordings") for name in ours)
