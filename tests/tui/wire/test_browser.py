"""The whole browser in a terminal: what its screen looks like, and in how many bytes."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest
from benchmarks.setting import DOWN, PAGE_DOWN, PAGE_UP, UP
from benchmarks.terminal import Terminal

from hoopscope.demo.server import DemoGateway
from hoopscope.recordings.emulator import open_emulator
from tests.tui.wire.screens import look

pytestmark = pytest.mark.whole

ESCAPE, HOME, END, REDRAW, TAB = b"\x1b", b"\x1b[H", b"\x1b[F", b"\x0c", b"\t"
KEYS = [
    DOWN, DOWN, DOWN, UP, PAGE_DOWN, PAGE_UP, HOME, END, REDRAW, TAB, ESCAPE, ESCAPE, b"\r", b"f",
    b"?", b"d", b"F", b"D", b"/", b"a", b"2", b"1", b"t", b"u", b"]", b":theme\x1b\x1b", b"c", b"y",
]  # fmt: skip
WHEEL = [b"\x1b[<65;20;9M", b"\x1b[<64;20;9M"]
_GIVEN_BACK = b"\x1b[?1049l\x1b[?25h\x1b[?1004l"
_TAKEN = b"\x1b[?25l"
SIZES = [(120, 40), (80, 24), (60, 20), (93, 31), (50, 12), (140, 50)]


def _browser(gateway: DemoGateway, size: tuple[int, int], *more: str) -> Terminal:
    command = [sys.executable, "-m", "tests.tui.wire.browser_program", gateway.url, gateway.token]
    environment = {"PYTHONPATH": os.pathsep.join(sys.path), "COLORTERM": ""}
    return Terminal([*command, *more], size=size, environment=environment)


@pytest.mark.parametrize(
    "seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 6))]
)
def test_after_any_keys_the_screen_looks_as_with_everything_sent(
    gateway: DemoGateway, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    written = tmp_path / "written"
    size = SIZES[seed % len(SIZES)]
    plain, lean = open_emulator(*size), open_emulator(*size)
    fed = {"plain": 0, "lean": 0}
    with _browser(gateway, size, str(written)) as terminal:

        def looks_the_same() -> bool:
            everything, sent = written.read_bytes(), bytes(terminal.written)
            plain.feed(everything[fed["plain"] :])
            lean.feed(sent[fed["lean"] :])
            fed.update(plain=len(everything), lean=len(sent))
            return look(plain) == look(lean)

        terminal.wait_for_bytes(b"WHEN")
        terminal.settle()
        _until(terminal, looks_the_same)
        for step in range(40):
            keys = b"".join(chance.choices([*KEYS, *WHEEL], k=chance.randint(1, 3)))
            if step % 9 == 8:
                size = chance.choice(SIZES)
                plain.resize(*size)
                lean.resize(*size)
                terminal.resize(*size)
                keys = REDRAW
            if step % 25 == 13:
                terminal.kill(signal.SIGTSTP)
                _until(terminal, lambda: terminal.written.endswith(_GIVEN_BACK))
                os.waitpid(terminal.pid, os.WUNTRACED)
                terminal.kill(signal.SIGCONT)
                # Until then the kernel would show the keys itself.
                _until(terminal, lambda: _TAKEN in terminal.written.rpartition(_GIVEN_BACK)[2])
            terminal.press(keys, 0.03, 0.1)
            _until(terminal, looks_the_same, (step, keys))
        terminal.settle()
        _until(terminal, looks_the_same)
        assert fed["lean"] < fed["plain"] / 2


def _until(terminal: Terminal, condition: Callable[[], bool], what: object = None) -> None:
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end, what
        terminal.pump(0.05)


@pytest.mark.parametrize(
    ("size", "most"),
    [
        (
            (120, 40),
            {"first": 6_000, "cursor": 300, "scroll": 350, "page": 5_200, "filters": 3_000},
        ),
        ((80, 24), {"first": 2_500, "cursor": 210, "scroll": 250, "page": 2_000, "filters": 2_000}),
    ],
)
def test_each_action_takes_few_bytes(
    gateway: DemoGateway, size: tuple[int, int], most: dict[str, int]
) -> None:
    sent: dict[str, float] = {}
    with _browser(gateway, size) as terminal:

        def press(keys: bytes, times: int = 1) -> list[int]:
            return [terminal.press(keys, 0.1, 3).written for _ in range(times)]

        terminal.wait_for_bytes(b"2,000")
        terminal.wait_for_bytes(b"ana@tidewater")
        terminal.settle()
        sent["first"] = len(terminal.written)
        sent["cursor"] = median(press(DOWN, 5))
        terminal.press(DOWN * (size[1] - 13))
        sent["scroll"] = max(press(DOWN, 3))
        sent["page"] = max(press(PAGE_DOWN, 3))
        sent["filters"] = press(b"f")[0]
    assert {what: (sent[what], least) for what, least in most.items() if sent[what] > least} == {}


def test_a_field_takes_few_bytes_and_then_none(gateway: DemoGateway) -> None:
    with _browser(gateway, (80, 24)) as terminal:
        terminal.wait_for("ana@tidewater")
        terminal.press(b"f")
        assert _falls_silent(terminal)
        # To the last field, which suggests nothing.
        for _ in range(3):
            terminal.press(b"\x1b[Z", 0.1)
        assert 0 < terminal.press(b"z", 0.1).written <= 120
        assert _falls_silent(terminal)
        terminal.press(b"\x1b[27u", 0.1)
        terminal.press(b":")
        terminal.wait_for("Search for commands")
        assert _falls_silent(terminal)


def _falls_silent(terminal: Terminal) -> bool:
    # Whatever is still on its way comes first; but a cursor blinks in that time.
    return any(not terminal.pump(0.7) for _ in range(30))
