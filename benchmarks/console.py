"""The whole browser as an operator's console has it: bytes of each action, time on a slow line."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.results import Result, number
from benchmarks.setting import DOWN, HOOPSCOPE, PAGE_DOWN, PROGRAMS, PYTHON, UP, Options, gateway
from benchmarks.terminal import Reaction, Terminal

KILOBITS, DELAY_MS = 256, 100
LINE = [PYTHON, str(PROGRAMS / "slow_line.py"), str(KILOBITS), str(DELAY_MS)]
ENVIRONMENT = {"COLORTERM": "", "SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}
"""As sshd leaves it: nobody announces true colour."""

ESCAPE, BACK_TAB, BACKSPACE = b"\x1b", b"\x1b[Z", b"\x7f"
QUIET, PATIENCE, IDLE_SECONDS = 0.5, 3.0, 10.0

FIRST_PAINT, CURSOR, SCROLL, PAGE = (
    "start, to the first paint",
    "cursor step",
    "one-row scroll",
    "page",
)
SIDEBAR, FOUND, FIELD = "open the sidebar", "a typed character, find", "a typed character, a field"
IDLE = f"idle for {IDLE_SECONDS:.0f} s, nothing arriving"
IDLE_FIELD = f"idle for {IDLE_SECONDS:.0f} s, a field focused"
TARGETS = {
    (120, 40): {FIRST_PAINT: 6_000, CURSOR: 300, SCROLL: 350, PAGE: 5_200, SIDEBAR: 3_000},
    (80, 24): {FIRST_PAINT: 2_500, CURSOR: 210, SCROLL: 250, PAGE: 2_000, SIDEBAR: 2_000},
}
TARGETS_OF_ALL = {FOUND: 120, FIELD: 120, IDLE: 0, IDLE_FIELD: 0}


@dataclass
class Measured:
    """What one way of sending frames did: bytes, and ms from the key to the last byte."""

    written: dict[str, float] = field(default_factory=dict)
    last_ms: dict[str, float] = field(default_factory=dict)

    def take(self, what: str, reactions: list[Reaction]) -> None:
        """The median of the same action several times; an action without any byte took no time."""
        self.written[what] = median(reaction.written for reaction in reactions)
        self.last_ms[what] = median(reaction.last_ms for reaction in reactions)

    def add(self, what: str, reactions: list[Reaction]) -> None:
        """An action that is several keys, each pressed when the one before it was answered."""
        self.written[what] = sum(reaction.written for reaction in reactions)
        self.last_ms[what] = sum(reaction.last_ms for reaction in reactions if reaction.written)


def measure(_: Options) -> Iterator[Result]:
    """Each action with only what changed and, in the same run, with whole frames."""
    with gateway(20_000) as environment:
        for size, targets in TARGETS.items():
            lean = _run(size, environment, [])
            full = _run(size, environment, ["--full-frames"])
            for what in lean.written:
                target = (targets | TARGETS_OF_ALL).get(what)
                yield _result(size, what, lean, full, target)


def _result(
    size: tuple[int, int], what: str, lean: Measured, full: Measured, target: int | None
) -> Result:
    ours, whole = lean.written[what], full.written[what]
    return Result(
        f"{size[0]}×{size[1]}: {what}",
        f"{_said(what, lean)} against {_said(what, full)}",
        "" if target is None else f"≤ {target:,} B",
        f"{number(ours / whole)} ×" if whole else "",
        None if target is None else ours <= target,
    )


def _said(what: str, measured: Measured) -> str:
    size = f"{measured.written[what]:,.0f} B"
    if not measured.written[what] or what in (IDLE, IDLE_FIELD):
        return size
    return f"{size} in {number(measured.last_ms[what])} ms"


def _run(size: tuple[int, int], environment: Mapping[str, str], flags: list[str]) -> Measured:
    print(f"console: {size[0]}×{size[1]} {' '.join(flags)}", file=sys.stderr, flush=True)
    found = Measured()
    command = [*LINE, HOOPSCOPE, "--console", *flags]
    # The theme that one run ends with is not what the next one begins with.
    with (
        TemporaryDirectory() as state,
        Terminal(
            command,
            size=size,
            environment={**environment, **ENVIRONMENT, "XDG_STATE_HOME": state},
        ) as terminal,
    ):
        _start(terminal, found)
        _table(terminal, found)
        _sidebar(terminal, found)
        _find(terminal, found)
        _session(terminal, found)
        _theme(terminal, found)
    return found


def _start(terminal: Terminal, found: Measured) -> None:
    terminal.wait_for_bytes(b"WHEN")
    terminal.settle(2.0)
    # What comes after the first rows counts too: it is on the line before a key is answered.
    found.written[FIRST_PAINT] = len(terminal.written)
    found.last_ms[FIRST_PAINT] = terminal.chunks[-1][0] * 1e3


def _table(terminal: Terminal, found: Measured) -> None:
    found.take(CURSOR, [_press(terminal, DOWN) for _ in range(6)][1:])
    for _ in range(terminal.size[1]):
        terminal.press(DOWN, 0.1, 0.3)
    terminal.settle(1.0)
    found.take(SCROLL, [_press(terminal, DOWN) for _ in range(5)])
    found.take(PAGE, [_press(terminal, PAGE_DOWN) for _ in range(5)][1:])
    found.written[IDLE] = _idle(terminal)
    found.last_ms[IDLE] = 0.0


def _sidebar(terminal: Terminal, found: Measured) -> None:
    # The first time it is made; that is what an operator waits for.
    found.take(SIDEBAR, [_press(terminal, b"f")])
    found.take("close the sidebar", [_press(terminal, ESCAPE)])
    found.take("open the sidebar again", [_press(terminal, b"f")])
    found.written[IDLE_FIELD] = _idle(terminal)
    found.last_ms[IDLE_FIELD] = 0.0
    # To the last field, which suggests nothing: a list would depend on what was typed.
    for _ in range(3):
        _press(terminal, BACK_TAB)
    _press(terminal, b"q")
    found.take(FIELD, [_press(terminal, letter.encode()) for letter in "zxkvw"])
    assert any("qzxkvw" in line for line in terminal.screen())
    for _ in range(6):
        _press(terminal, BACKSPACE)
    _press(terminal, ESCAPE)


def _find(terminal: Terminal, found: Measured) -> None:
    found.take("open the find line", [_press(terminal, b"/")])
    found.take(FOUND, [_press(terminal, letter.encode()) for letter in "qzxkv"])
    assert any("qzxkv" in line for line in terminal.screen())
    _press(terminal, ESCAPE)


def _session(terminal: Terminal, found: Measured) -> None:
    found.take("open a session", [_press(terminal, b"\r")])
    assert not any("WHEN" in line for line in terminal.screen())
    found.take("its next part", [_press(terminal, b"\t")])
    found.take("leave it", [_press(terminal, ESCAPE)])
    assert any("WHEN" in line for line in terminal.screen())


def _theme(terminal: Terminal, found: Measured) -> None:
    found.add("switch theme: three keys", [_press(terminal, key) for key in (b"t", UP, b"\r")])


def _press(terminal: Terminal, keys: bytes) -> Reaction:
    return terminal.press(keys, QUIET, PATIENCE)


def _idle(terminal: Terminal) -> int:
    terminal.settle(1.0)
    before, end = len(terminal.written), time.perf_counter() + IDLE_SECONDS
    while (left := end - time.perf_counter()) > 0:
        terminal.pump(left)
    return len(terminal.written) - before
