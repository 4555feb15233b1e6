"""A window that is dragged about while sessions arrive, in a terminal of its own."""

from __future__ import annotations

import itertools
import sys
import time
from pathlib import Path

import pytest
from benchmarks.terminal import Terminal

from hoopscope.demo.server import DemoGateway

pytestmark = pytest.mark.whole

SIZES = [(120, 40), (60, 20), (50, 15), (101, 33), (80, 24), (132, 50), (61, 21)]


@pytest.mark.parametrize("flags", [[], ["--full-frames"]], ids=["lean", "full"])
def test_after_it_the_screen_is_as_if_nothing_had_been(tmp_path: Path, flags: list[str]) -> None:
    command = [sys.executable, "-m", "hoopscope", "--console", *flags]
    with DemoGateway(sessions=300, live=True) as gateway:
        environment = {
            "HOME": str(tmp_path),
            "HOOP_APIURL": gateway.url,
            "HOOP_TOKEN": gateway.token,
            "HOOPSCOPE_POLL_SECONDS": "1",
        }
        with Terminal(command, size=(80, 24), environment=environment) as terminal:
            terminal.wait_for("row 1 of")
            began = time.monotonic()
            for number, size in zip(range(120), itertools.cycle(SIZES)):
                terminal.resize(*size)
                terminal.pump(0.01)
                if not number % 10:
                    terminal.type(b"\x1b[B")
            terminal.resize(90, 30)
            terminal.wait_for("row 13 of")
            terminal.wait_for("new")
            assert time.monotonic() - began < 60
            # What is drawn anew differs from what was there in nothing but what happened meanwhile.
            for _ in range(20):
                terminal.settle(0.2, 2.0)
                before = terminal.screen()
                terminal.forget()
                terminal.type(b"\x0c")
                terminal.wait_for("quit")
                terminal.settle(0.2, 2.0)
                if terminal.screen() == before:
                    break
            else:
                pytest.fail("\n".join(["before:", *before, "drawn anew:", *terminal.screen()]))
            terminal.type(b"q")
            assert terminal.wait() == 0
