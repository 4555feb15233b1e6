"""The table alone on the screen, beside Textual's own with the same columns and rows."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.fetched import fetched_rows
from benchmarks.results import Result, bounded, compared, number
from benchmarks.setting import DOWN, PAGE_DOWN, PROGRAMS, PYTHON, Options, gateway
from benchmarks.terminal import Reaction, Terminal

SIZE = (120, 40)
QUIET = 0.12
START_SECONDS = 300.0
SIXTEEN = {"BENCHMARK_THEME": "16-colour"}


@dataclass
class Measured:
    """What one kind of table did, over all its runs."""

    cursor: list[Reaction] = field(default_factory=list)
    scroll: list[Reaction] = field(default_factory=list)
    page: list[Reaction] = field(default_factory=list)
    added: list[float] = field(default_factory=list)


def measure(options: Options) -> Iterator[Result]:
    """Time and bytes of keys, and the time of rows that arrive."""
    with gateway(1_000) as environment, tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.json")
        page.write_text(json.dumps(fetched_rows(environment, 1_000)), encoding="utf-8")
        ours, stock, lean = Measured(), Measured(), Measured()
        for _ in range(max(1, options.rounds // 3)):
            _run("stock", 10_000, page, environment, stock)
            _run("ours", 10_000, page, environment, ours)
            _run("ours", 10_000, page, {**environment, **SIXTEEN}, lean)
        large: dict[int, Measured] = {}
        for rows in (100_000, 1_000_000):
            _run("ours", rows, page, environment, large.setdefault(rows, Measured()), keys=False)
    for what, a, b, most in (
        ("page-down, to the last byte", ours.page, stock.page, 0.15),
        ("one step of scrolling, to the last byte", ours.scroll, stock.scroll, 0.35),
    ):
        yield compared(what, _last(a), _last(b), "ms", most=most)
    for name, kind, limits in (
        ("true colour", ours, (0.30, 0.42, 0.42)),
        ("16 colours against true colour", lean, (0.26, 0.26, 0.26)),
    ):
        parts = ("cursor step", "scroll step", "page")
        pairs = (
            (kind.cursor, stock.cursor),
            (kind.scroll, stock.scroll),
            (kind.page, stock.page),
        )
        for part, (a, b), most in zip(parts, pairs, limits, strict=True):
            yield compared(f"bytes of a {part}, {name}", _bytes(a), _bytes(b), "B", most=most)
    added = median(ours.added)
    yield compared("100 rows arriving, 10,000 loaded", added, median(stock.added), "ms", most=0.05)
    for rows, found in large.items():
        yield bounded(f"100 rows arriving, {rows:,} loaded", median(found.added), "ms", most=3.0)
    ratio = median(large[1_000_000].added) / added
    yield Result("the same at 1,000,000 against 10,000", number(ratio) + " ×")


def _run(
    kind: str,
    rows: int,
    page: Path,
    environment: Mapping[str, str],
    into: Measured,
    *,
    keys: bool = True,
) -> None:
    report = page.with_name(f"report-{kind}-{rows}")
    report.unlink(missing_ok=True)
    command = [
        *(PYTHON, "-m", f"benchmarks.{PROGRAMS.name}.table"),
        *(kind, str(rows), str(page), str(report)),
    ]
    with Terminal(command, size=SIZE, environment=environment) as terminal:
        terminal.wait_for_bytes(b"OUTCOME", START_SECONDS)
        terminal.settle(0.5)
        if keys:
            steps = [terminal.press(DOWN, QUIET) for _ in range(13)]
            into.cursor += steps[3:]
            while (step := len(steps)) < SIZE[1]:
                steps.append(terminal.press(DOWN, QUIET))
                assert step < 2 * SIZE[1]
            into.scroll += [terminal.press(DOWN, QUIET) for _ in range(10)]
            into.page += [terminal.press(PAGE_DOWN, 2 * QUIET) for _ in range(8)][1:]
        for _ in range(7):
            terminal.press(b"a", 3 * QUIET)
        terminal.settle(0.5)
    into.added += [float(line) for line in report.read_text(encoding="ascii").split()][2:]


def _last(reactions: list[Reaction]) -> float:
    return median(reaction.last_ms for reaction in reactions)


def _bytes(reactions: list[Reaction]) -> float:
    return median(reaction.written for reaction in reactions)
