"""Loading a recording of 110 MB: how fast, in how much memory, and who waits meanwhile."""

from __future__ import annotations

import asyncio
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.results import Result, bounded, number
from benchmarks.setting import PROGRAMS, PYTHON, Options
from hoopscope.gateway import recorded
from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.client import Gateway
from hoopscope.recordings.loading import Progress, load_recording
from hoopscope.recordings.recording import Recording

BYTES = 110_000_000
KINDS = (("short lines, 60 bytes each", 60), ("screens, 600", 600), ("files, 8,000", 8_000))
_ID = "74efe044-b0a5-4451-93f1-bd7fa0f3a364"
_TICK = 0.001


def measure(options: Options) -> Iterator[Result]:
    """Once for each size of events; a thread that wants to run every millisecond looks on."""
    assert recorded
    for what, size in KINDS:
        process = subprocess.Popen(
            [PYTHON, PROGRAMS / "recording.py", str(BYTES), str(size)],
            stdout=subprocess.PIPE,
            text=True,
        )
        with process:
            assert process.stdout is not None
            try:
                load = _Load(f"http://127.0.0.1:{int(process.stdout.readline())}")
            finally:
                process.terminate()
        speed = f"{number(BYTES / load.took / 1e6)} MB/s ({number(load.took)} s)"
        yield Result(f"110 MB loaded: {what}", speed)
        yield bounded("– first events after the request", load.first * 1e3, "ms", most=500)
        yield bounded("– memory grows by", load.grown / 1e6, "MB", most=30)
        yield bounded("– another thread waits, median", load.waits(0.5) * 1e3, "ms", most=5)
        yield Result("– another thread waits, p99", f"{number(load.waits(0.99) * 1e3)} ms")


class _Load:
    """One recording loaded in a thread of its own, as the browser does, while this one ticks."""

    def __init__(self, url: str) -> None:
        self.first = 0.0
        self.took = 0.0
        self._url = url
        self._late: list[float] = []
        before = peak = _resident()
        self._begun = time.perf_counter()
        loading = threading.Thread(target=lambda: asyncio.run(self._load()))
        loading.start()
        while loading.is_alive():
            at = time.perf_counter()
            time.sleep(_TICK)
            self._late.append(time.perf_counter() - at - _TICK)
            peak = max(peak, _resident())
        self.grown = peak - before

    def waits(self, share: float) -> float:
        """Seconds that the thread which ticks waits no longer than, in that share of cases."""
        return sorted(self._late)[int(share * (len(self._late) - 1))]

    async def _load(self) -> None:
        def told(_: Progress) -> None:
            self.first = self.first or time.perf_counter() - self._begun

        recording = Recording()
        async with Gateway(GatewayAccess(self._url)) as gateway:
            await load_recording(gateway, _ID, recording, told)
        recording.close()
        self.took = time.perf_counter() - self._begun


def _resident() -> int:
    """Bytes of this process that are in memory."""
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
