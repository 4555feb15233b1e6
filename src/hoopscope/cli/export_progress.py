"""How far an export has come, as a line on standard error."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hoopscope.cli.progress import Progress
    from hoopscope.recordings.exports.folder import Tally

_EVERY_SECONDS = 1.0
_UNITS = ("B", "kB", "MB", "GB", "TB")


class OneProgress:
    """Progress of a single session; told from any thread."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._began = self._shown = time.monotonic()
        self._action = ""

    def __call__(self, action: str, done: int, total: int) -> None:
        now = time.monotonic()
        if action != self._action:
            self._action, self._began = action, now
        if now - self._shown < _EVERY_SECONDS or not self._progress.due():
            return
        self._shown = now
        rate = done / max(now - self._began, 0.001)
        of = f" of {'about ' if action == 'fetched' else ''}{size(total)}" if total > done else ""
        left = f", {duration((total - done) / rate)} left" if total > done and rate else ""
        self._progress.show(f"{action} {size(done)}{of}, {size(rate)}/s{left}")


class ManyProgress:
    """Progress of many sessions; shows itself once a second until it is cancelled."""

    def __init__(self, progress: Progress, tally: Tally) -> None:
        self.total: int | None = None
        """How many sessions there are, once that is known."""
        self._progress = progress
        self._tally = tally
        self._began = time.monotonic()

    async def run(self) -> None:
        """Show it again and again."""
        while True:
            await asyncio.sleep(_EVERY_SECONDS)
            if self._progress.due():
                self._progress.show(self.text())

    def text(self) -> str:
        """The line: how many of how many, bytes, rate, time left, failures."""
        tally = self._tally
        seconds = max(time.monotonic() - self._began, 0.001)
        # What was there already took no time worth counting.
        rate = (tally.done - tally.already) / seconds
        of = "" if self.total is None else f" of {self.total:,}"
        parts = [f"{tally.done:,}{of} sessions", size(tally.bytes), f"{rate:.1f}/s"]
        if self.total is not None and rate and self.total > tally.done:
            parts.append(f"{duration((self.total - tally.done) / rate)} left")
        if tally.failed:
            parts.append(f"{tally.failed:,} missing")
        return ", ".join(parts)


def size(count: float) -> str:
    """Bytes for people: `3.4 MB`."""
    for unit in _UNITS:
        if count < 1000 or unit == _UNITS[-1]:
            break
        count /= 1000
    return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"


def duration(seconds: float) -> str:
    """A time that is left: `40 s`, `3 min`, `2 h 10 min`."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
