"""The browser with a history walked to its end: memory, and how soon it answers keys."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from benchmarks.results import Result, bounded, compared, number
from benchmarks.setting import DOWN, HOOPSCOPE, PAGE_DOWN, PAGE_UP, UP, Options, gateway
from benchmarks.terminal import Terminal

FEW = 1_000
PRESSES = 300
HELD_KEYS = 10
QUIET = 0.05
READ = b"all read"
WITHOUT_DETAIL = b"D"


@dataclass(frozen=True, slots=True)
class Walked:
    """A browser that has read everything: peak memory in MiB, ms from keys to first bytes."""

    peak: float
    reactions: list[float]
    seconds: float


def measure(options: Options) -> Iterator[Result]:
    """Memory against an empty list, keys against a short one."""
    many = options.sessions
    found: dict[int, Walked] = {}
    for sessions in sorted({0, FEW, many}):
        with gateway(sessions) as environment:
            found[sessions] = _walked(environment, sessions)
    large, small = found[many], found[FEW]
    yield compared(
        f"peak memory, {many:,} sessions walked in the browser; against an empty list",
        large.peak,
        found[0].peak,
        "MiB",
        most=1.25,
    )
    yield Result("walking them, page-down held", f"{many / large.seconds:,.0f} rows/s")
    yield compared(
        f"one key, {many:,} loaded against {FEW:,}, to the first byte",
        median(large.reactions),
        median(small.reactions),
        "ms",
        most=1.10,
    )
    for share, most in ((0.50, 6.0), (0.99, 15.0)):
        yield bounded(
            f"key to first byte, {many:,} loaded: p{share * 100:.0f} of {PRESSES}",
            _quantile(large.reactions, share),
            "ms",
            most=most,
        )
    if many < 1_000_000:
        yield Result("(use --sessions 1000000 for the million of the target)", number(many))


def _walked(environment: Mapping[str, str], sessions: int) -> Walked:
    choose = random.Random(1)
    with Terminal([HOOPSCOPE], environment=environment) as terminal:
        terminal.wait_for_bytes(b"WHEN")
        terminal.settle(1.0)
        terminal.press(WITHOUT_DETAIL, 0.5)
        began = time.perf_counter()
        while sessions and READ not in terminal.written:
            terminal.forget()
            terminal.press(PAGE_DOWN * HELD_KEYS, 0.03)
            if terminal.ended() or time.perf_counter() - began > 60 + sessions / 500:
                raise TimeoutError(f"{sessions:,} sessions were not walked to their end")
        seconds = time.perf_counter() - began
        terminal.settle(1.0)
        keys = [UP, DOWN, PAGE_UP, PAGE_DOWN]
        # Off the end, where no key is without an effect.
        terminal.press(PAGE_UP * 10, 0.5)
        reactions = []
        for _ in range(PRESSES if sessions else 0):
            terminal.forget()
            reactions.append(terminal.press(choose.choice(keys), QUIET).first_ms)
        peak, _ = terminal.memory()
    return Walked(peak, [first for first in reactions if not math.isnan(first)], seconds)


def _quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
