"""The pager alone on the screen, on texts of three sizes and on one very long line."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.results import Result, bounded
from benchmarks.setting import DOWN, END, PAGE_DOWN, PROGRAMS, PYTHON, Options
from benchmarks.terminal import Reaction, Terminal

SIZE = (120, 40)
QUIET = 0.25
HOME = b"\x1b[H"


def measure(options: Options) -> Iterator[Result]:
    """Time and bytes of opening, going far, searching, scrolling; memory at the largest."""
    rounds = max(2, options.rounds // 2)
    with tempfile.TemporaryDirectory() as folder:
        for name, size in (("10 kB", 10_000), ("4 MB", 4_000_000), ("110 MB", 110_000_000)):
            path = Path(folder, "text")
            _write(path, size)
            yield from _measured(name, path, rounds, is_large=size > 4_000_000)
        path.write_bytes(b"begin " + b"word " * 2_000_000 + b"needle at the end\n" + b"x\n" * 50)
        yield from _long_line(path, rounds)


def _write(path: Path, size: int) -> None:
    """Log lines of about 115 bytes."""
    chance = random.Random(1)
    with path.open("wb") as file:
        for number in range(size // 115):
            words = "and some more words " * chance.randrange(1, 5)
            line = (
                f"2026-11-23T14:03:25Z INFO worker-{number % 7} request {number} {words}took 12 ms"
            )
            file.write(line.encode() + b"\n")
        file.write(b"needle at the end\n")


def _measured(name: str, path: Path, rounds: int, *, is_large: bool) -> Iterator[Result]:
    with Terminal([PYTHON, "-m", f"benchmarks.{PROGRAMS.name}.text", str(path)], size=SIZE) as run:
        run.wait_for_bytes(b"worker-0", 60)
        run.settle(1.0)
        opened: list[Reaction] = []
        for _ in range(rounds):
            run.press(END, QUIET)
            opened.append(run.press(b"r", QUIET))
        yield bounded(f"{name}: first screen", _first(opened), "ms", most=500)
        if is_large:
            run.settle(1.0)
            memory = run.memory()[1]
            far, end, found = [], [], []
            for _ in range(rounds):
                far.append(run.press(b"L", QUIET))
                end.append(run.press(END, QUIET))
                run.press(HOME, QUIET)
                found.append(run.press(b"S", QUIET, 3.0))
                run.press(b"\x1b", QUIET)
                run.press(b"r", 2 * QUIET)
            yield bounded(f"{name}: go to a line", _first(far), "ms", most=200)
            yield bounded(f"{name}: end", _first(end), "ms", most=200)
            yield bounded(f"{name}: search through all of it", _first(found), "ms", most=200)
            yield bounded(f"{name}: memory", memory, "MiB", most=150)
        steps = [run.press(DOWN, QUIET) for _ in range(8)][2:]
        pages = [run.press(PAGE_DOWN, QUIET)]
        yield bounded(f"{name}: scroll step", _last(steps), "ms", most=16)
        yield Result(f"{name}: bytes of a scroll step", f"{_bytes(steps):,.0f} B")
        yield Result(f"{name}: bytes of a page", f"{_bytes(pages):,.0f} B")


def _long_line(path: Path, rounds: int) -> Iterator[Result]:
    with Terminal([PYTHON, "-m", f"benchmarks.{PROGRAMS.name}.text", str(path)], size=SIZE) as run:
        run.wait_for_bytes(b"begin word", 60)
        run.settle(1.0)
        ends, found, steps = [], [], []
        for _ in range(rounds):
            ends.append(run.press(b"$", QUIET))
            run.press(b"0", QUIET)
            found.append(run.press(b"S", QUIET))
            run.press(b"\x1b0", QUIET)
        run.press(b"w", QUIET)
        steps = [run.press(DOWN, QUIET) for _ in range(6)][2:]
        yield bounded("a line of 10 MB: its end", _first(ends), "ms", most=200)
        yield bounded("a line of 10 MB: search", _first(found), "ms", most=200)
        yield bounded("a line of 10 MB, wrapped: scroll step", _last(steps), "ms", most=16)


def _first(reactions: list[Reaction]) -> float:
    return median(reaction.first_ms for reaction in reactions)


def _last(reactions: list[Reaction]) -> float:
    return median(reaction.last_ms for reaction in reactions)


def _bytes(reactions: list[Reaction]) -> float:
    return median(reaction.written for reaction in reactions)
