"""What a browser leaves behind that had a recording open: nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from benchmarks.terminal import Terminal

from hoopscope.demo.server import DemoGateway
from tests.tui.terminal_modes import TerminalModes

pytestmark = pytest.mark.whole


@pytest.fixture(scope="module")
def small() -> Iterator[DemoGateway]:
    with DemoGateway(sessions=300) as running:
        yield running


@contextmanager
def replaying(gateway: DemoGateway, home: Path) -> Iterator[Terminal]:
    """A browser on the replay of a terminal session; its temporary files go into `home`/tmp."""
    (home / "tmp").mkdir()
    environment = {
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
        "HOOP_APIURL": gateway.url,
        "HOOP_TOKEN": gateway.token,
    }
    command = [
        sys.executable,
        "-m",
        "hoopscope",
        "--type",
        "custom",
        "--verb",
        "connect",
        "--outcome",
        "succeeded",
    ]
    with Terminal(command, size=(80, 24), environment=environment) as terminal:
        terminal.wait_for("row 1 of")
        terminal.type(b"\r")
        terminal.wait_for("4 Replay")
        terminal.type(b"4")
        terminal.wait_for("paused")
        yield terminal


def children(pid: int) -> list[int]:
    """The processes that a process started and that are still there."""
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True
    ).stdout.split()
    return [int(each) for each in listed]


def is_there(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_no_file_and_no_process_outlive_it(
    small: DemoGateway, tmp_path: Path, number: signal.Signals
) -> None:
    with replaying(small, tmp_path) as terminal:
        helpers = children(terminal.pid)
        assert helpers
        terminal.kill(number)
        assert terminal.wait() == (-number if number == signal.SIGKILL else 128 + number)
        if number != signal.SIGKILL:
            assert TerminalModes(bytes(terminal.written)).is_fresh
    end = time.monotonic() + 10
    while any(map(is_there, helpers)):
        assert time.monotonic() < end, "a process outlived the browser"
        time.sleep(0.02)
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_replay_whose_process_is_killed_says_so_and_the_browser_goes_on(
    small: DemoGateway, tmp_path: Path
) -> None:
    with replaying(small, tmp_path) as terminal:
        (helper,) = children(terminal.pid)
        os.kill(helper, signal.SIGKILL)
        terminal.wait_for("ended unexpectedly")
        terminal.type(b"1")
        terminal.wait_for("Where")
        terminal.type(b"\x11")
        assert terminal.wait() == 0
        assert TerminalModes(bytes(terminal.written)).is_fresh
