"""A program in a pty: what it paints, when, in how many bytes, and what the screen then shows."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

PRIVATE = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p")
ASKS_FOR_SYNCHRONISED_OUTPUT = b"\x1b[?2026$p"
DROPPED = (
    "COLUMNS",
    "LINES",
    "NO_COLOR",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONUNBUFFERED",
    "XDG_STATE_HOME",
)


@dataclass(frozen=True, slots=True)
class Reaction:
    """What a key caused: milliseconds to the first and to the last byte, and bytes in all."""

    first_ms: float
    last_ms: float
    written: int


class Terminal:
    """Starts a program in a pty of its own and keeps everything that it writes.

    Args:
        command: program and arguments.
        size: columns and rows.
        environment: on top of this process's, with a true-colour xterm.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        size: tuple[int, int] = (120, 40),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.size = size
        self.written = bytearray()
        self.chunks: list[tuple[float, bytes]] = []
        self.exit_code: int | None = None
        self._answered = 0
        self._emulated = 0
        self._screen, self._stream = self._emulator()
        child_environment = {
            **{key: value for key, value in os.environ.items() if key not in DROPPED},
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            **(environment or {}),
        }
        self.started = time.perf_counter()
        self.pid, self._file = pty.fork()
        if self.pid == 0:
            try:
                os.execvpe(command[0], list(command), child_environment)
            finally:
                os._exit(127)
        self.resize(*size)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size, as a window that is dragged does."""
        self.size = (columns, rows)
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def pump(self, seconds: float) -> bool:
        """Read what there is; False when nothing came within `seconds` or the program ended."""
        ready, _, _ = select.select([self._file], [], [], seconds)
        if not ready:
            return False
        try:
            read = os.read(self._file, 1 << 20)
        except OSError:
            read = b""
        if not read:
            return False
        self.chunks.append((time.perf_counter() - self.started, read))
        self.written += read
        while (at := self.written.find(ASKS_FOR_SYNCHRONISED_OUTPUT, self._answered)) >= 0:
            os.write(self._file, b"\x1b[?2026;2$y")
            self._answered = at + 1
        return True

    def wait_for(self, text: str, seconds: float = 20.0) -> float:
        """Read until the screen shows `text`; seconds from the start to the byte that showed it.

        Raises:
            TimeoutError: it did not; the message holds the screen.
        """
        if self.shows(text):
            return self.time_of(text)
        end = time.perf_counter() + seconds
        while not self.shows(text):
            if not self.pump(max(0.0, min(0.5, end - time.perf_counter()))) and (
                time.perf_counter() > end or self.ended()
            ):
                raise TimeoutError("\n".join([f"{text!r} is not on the screen:", *self.screen()]))
        return self.chunks[-1][0]

    def shows(self, text: str) -> bool:
        """Whether a row of the screen has `text` by what was read so far."""
        return any(text in line for line in self.screen())

    def wait_for_bytes(self, written: bytes, seconds: float = 20.0) -> None:
        """Read until the program has written that; unlike `wait_for`, takes no time from it.

        Raises:
            TimeoutError: it did not; the message holds the screen.
        """
        end = time.perf_counter() + seconds
        while self.written.find(written) < 0:
            if not self.pump(0.5) and (time.perf_counter() > end or self.ended()):
                raise TimeoutError("\n".join([f"{written!r} was not written:", *self.screen()]))

    def time_of(self, text: str) -> float:
        """Seconds from the start to the chunk that first showed `text`."""
        screen, stream = self._emulator()
        for at, chunk in self.chunks:
            stream.feed(PRIVATE.sub(b"", chunk))
            if any(text in line for line in screen.display):
                return at
        return float("nan")

    def settle(self, quiet: float = 0.3, limit: float = 20.0) -> None:
        """Read until nothing was written for `quiet` seconds."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end and self.pump(quiet):
            pass

    def press(self, keys: bytes, quiet: float = 0.15, patience: float = 1.0) -> Reaction:
        """Type, wait `patience` for a first byte, then until nothing came for `quiet` seconds."""
        before, chunks = len(self.written), len(self.chunks)
        at = time.perf_counter() - self.started
        os.write(self._file, keys)
        if self.pump(patience):
            self.settle(quiet)
        came = self.chunks[chunks:]
        if not came:
            return Reaction(float("nan"), float("nan"), 0)
        return Reaction(
            (came[0][0] - at) * 1e3, (came[-1][0] - at) * 1e3, len(self.written) - before
        )

    def type(self, keys: bytes) -> None:
        """Type without waiting."""
        os.write(self._file, keys)

    def screen(self) -> list[str]:
        """What a person sees, a string a row."""
        if (self._screen.columns, self._screen.lines) != self.size:
            self._screen, self._stream = self._emulator()
            self._emulated = 0
        self._stream.feed(PRIVATE.sub(b"", bytes(self.written[self._emulated :])))
        self._emulated = len(self.written)
        return list(self._screen.display)

    def forget(self) -> None:
        """Drop what was written so far; the screen then shows what is written from now on."""
        self.written.clear()
        self.chunks.clear()
        self._answered = self._emulated = 0

    def memory(self) -> tuple[float, float]:
        """Peak and present memory of the program in MiB."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        kilobytes = dict(re.findall(r"(\w+):\s+(\d+) kB", status))
        return int(kilobytes["VmHWM"]) / 1024, int(kilobytes["VmRSS"]) / 1024

    def ended(self) -> bool:
        """Whether the program has ended; its exit code is then known."""
        if self.exit_code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.exit_code = os.waitstatus_to_exitcode(status)
        return self.exit_code is not None

    def wait(self, seconds: float = 10.0) -> int:
        """Read until the program ends; its exit code.

        Raises:
            TimeoutError: it goes on.
        """
        end = time.perf_counter() + seconds
        while not self.ended():
            if not self.pump(0.05):
                time.sleep(0.01)
            if time.perf_counter() > end:
                raise TimeoutError("the program goes on")
        self.settle(0.05)
        assert self.exit_code is not None
        return self.exit_code

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    def close(self) -> None:
        """End the program if it still runs, and give the pty back."""
        if not self.ended():
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.exit_code = -signal.SIGKILL
        os.close(self._file)

    def _emulator(self) -> tuple[pyte.Screen, pyte.ByteStream]:
        screen = pyte.Screen(*self.size)
        return screen, pyte.ByteStream(screen)
