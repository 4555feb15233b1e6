"""A two-hour terminal session of 50 MB: indexed, sought in, searched; and played at 80×24."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import quantiles

from benchmarks.programs.replay import SIZE
from benchmarks.recorded_session import NEEDLE, long_recording
from benchmarks.results import Result, bounded, number
from benchmarks.setting import PYTHON, Options
from benchmarks.terminal import Terminal
from hoopscope.recordings.playhead import Playhead
from hoopscope.recordings.recording import Recording
from hoopscope.recordings.replay import Replay
from hoopscope.recordings.replay_messages import Message

MEGABYTES = 50
SEEKS = 300
PLAYED_SECONDS = 10.0


def measure(options: Options) -> Iterator[Result]:
    """The process first, spoken to as the view does; then the view in a pty."""
    recording = long_recording(MEGABYTES)
    yield from asyncio.run(_process(recording))
    recording.close()
    yield from _played()


async def _process(recording: Recording) -> list[Result]:
    head = Playhead(recording)
    drawn, indexed = asyncio.Event(), asyncio.Event()

    def changed() -> None:
        if replay.is_indexed:
            indexed.set()

    def shown(message: Message) -> None:
        if message["event"] == head.event:
            drawn.set()

    replay = Replay(recording, head, drawn=shown, changed=changed, ended=print)

    async def took(move: Callable[[], None]) -> float:
        move()
        drawn.clear()
        before = time.perf_counter()
        replay.show()
        if replay.shown != head.event:
            await drawn.wait()
        return time.perf_counter() - before

    head.go_to_event(20)
    began = time.perf_counter()
    replay.start()
    await drawn.wait()
    first = time.perf_counter() - began
    await indexed.wait()
    whole, processor = time.perf_counter() - began, _processor_seconds(replay.process_id)
    chance = random.Random(1)
    seeks = [
        await took(lambda: head.go_to_event(chance.randrange(len(recording)))) for _ in range(SEEKS)
    ]
    steps = [await took(lambda: head.step(-1)) for _ in range(SEEKS)]
    searches = []
    for text in (NEEDLE, NEEDLE.lower(), "not in there", "def "):
        found = asyncio.Event()
        before = time.perf_counter()
        replay.find(text, found.set)
        await found.wait()
        searches.append(time.perf_counter() - before)
    peak = _peak_megabytes(replay.process_id)
    replay.close()
    size = f"{MEGABYTES} MB, {len(recording):,} events"
    return [
        bounded(f"replay, {size}: process started → first screen", first * 1e3, "ms", most=500),
        bounded("the same: index with search log", whole, "s", most=3),
        Result("of that, processor time", f"{number(processor)} s"),
        bounded("a seek, p95", _p95(seeks) * 1e3, "ms", most=20),
        bounded("a step back, p95", _p95(steps) * 1e3, "ms", most=20),
        bounded("a search, the slowest", max(searches), "s", most=0.3),
        bounded("peak memory of the process", peak, "MB", most=150),
    ]


def _played() -> Iterator[Result]:
    for colours, environment in (
        ("true colour", {}),
        ("16 colours", {"BENCHMARK_THEME": "16-colour"}),
    ):
        with Terminal(
            [PYTHON, "-m", "benchmarks.programs.replay"], size=SIZE, environment=environment
        ) as terminal:
            terminal.wait_for("paused")
            terminal.settle(1.0)
            terminal.forget()
            terminal.type(b" ")
            began = time.perf_counter()
            terminal.settle(2.0, limit=PLAYED_SECONDS)
            seconds = time.perf_counter() - began
            frames = terminal.written.count(b"\x1b[?2026l")
            written = len(terminal.written)
        yield Result(
            f"a replay of vim, less, top and floods at 80×24, {colours}",
            f"{number(frames / seconds)} frames/s, {number(written / max(frames, 1))} B a frame",
        )


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


def _processor_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


def _peak_megabytes(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024 / 1e6
