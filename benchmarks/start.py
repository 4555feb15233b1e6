"""From exec to the first rows, beside a hello-world Textual application's first frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import median

from benchmarks.results import Result, compared
from benchmarks.setting import HOOPSCOPE, PROGRAMS, PYTHON, Options, gateway
from benchmarks.terminal import Terminal

LATENCY = 0.2
HEADER = "WHEN"


def measure(options: Options) -> Iterator[Result]:
    """Two results: a gateway on loopback, and one that answers after a while."""
    with gateway(20_000) as near, gateway(20_000, LATENCY) as far:
        marks = {"near": _first_row(near), "far": _first_row(far)}
        _hello(near)
        times: dict[str, list[float]] = {"hello": [], "near": [], "far": []}
        for _ in range(options.rounds):
            times["hello"].append(_hello(near))
            times["near"].append(_rows(near, marks["near"]))
            times["far"].append(_rows(far, marks["far"]))
    hello, ours, waiting = (median(times[name]) * 1e3 for name in ("hello", "near", "far"))
    yield compared(
        "exec to rows painted, gateway on loopback; against hello-world's first frame",
        ours,
        hello,
        "ms",
        most=1.30,
    )
    yield compared(
        f"the same, gateway answers in {LATENCY * 1e3:.0f} ms, less that wait",
        waiting - LATENCY * 1e3,
        hello,
        "ms",
        most=1.35,
    )


def _hello(environment: Mapping[str, str]) -> float:
    command = [PYTHON, str(PROGRAMS / "hello.py")]
    with Terminal(command, environment=environment) as terminal:
        terminal.wait_for_bytes(b"READY")
        terminal.settle(0.2)
        return terminal.time_of("READY")


def _rows(environment: Mapping[str, str], mark: str) -> float:
    with Terminal([HOOPSCOPE], environment=environment) as terminal:
        terminal.wait_for_bytes(mark.encode())
        terminal.settle(0.6)
        return terminal.time_of(mark)


def _first_row(environment: Mapping[str, str]) -> str:
    """What the lowest row in sight of the browser says, the clock's part of it: rows are there."""
    with Terminal([HOOPSCOPE], environment=environment) as terminal:
        terminal.wait_for(HEADER)
        terminal.settle(1.0)
        screen = terminal.screen()
    top = next(index for index, line in enumerate(screen) if HEADER in line)
    column = screen[top].index(HEADER)
    rows = [line[column : column + 8] for line in screen[top + 1 :]]
    return [text for text in rows if text.count(":") == 2][-1]
