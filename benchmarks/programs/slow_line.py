"""A terminal at the end of a slow line: KBIT_PER_SECOND DELAY_MS COMMAND …

Runs the command in a pty of its own. What it writes arrives here as a line of that speed lets it,
each byte `DELAY_MS` late; what is typed here reaches it as late. Ends with the command's exit code.
"""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import termios
import time
import tty
from collections import deque

PIECE_SECONDS = 0.01
"""What a line hands over at once is what it carries in this time, about a packet."""


class Line:
    """One direction: bytes that were put in at one end and have not come out at the other.

    Args:
        bytes_per_second: what it carries; infinite for a direction that nobody fills.
        delay: seconds that each byte takes.
    """

    def __init__(self, bytes_per_second: float, delay: float) -> None:
        self._speed = bytes_per_second
        self._delay = delay
        self._free_from = 0.0
        self._underway: deque[tuple[float, bytes]] = deque()

    def put(self, sent: bytes, now: float) -> None:
        """Send something after all that was sent before it."""
        piece = max(1, int(min(len(sent), self._speed * PIECE_SECONDS)))
        for start in range(0, len(sent), piece):
            part = sent[start : start + piece]
            self._free_from = max(self._free_from, now) + len(part) / self._speed
            self._underway.append((self._free_from + self._delay, part))

    def take(self, now: float) -> bytes:
        """What has arrived by now."""
        arrived = bytearray()
        while self._underway and self._underway[0][0] <= now:
            arrived += self._underway.popleft()[1]
        return bytes(arrived)

    def due(self) -> float | None:
        """When the next piece arrives; None where nothing is under way."""
        return self._underway[0][0] if self._underway else None


def relay(terminal: int, there: Line, back: Line) -> None:
    """Carry both directions until the command has ended and all of it has arrived."""
    is_open, typing = True, True
    while is_open or back.due() is not None:
        dues = [due for due in (there.due(), back.due()) if due is not None]
        patience = max(0.0, min(dues) - time.monotonic()) if dues else None
        listened = [terminal] * is_open + [0] * typing
        ready, _, _ = select.select(listened, [], [], patience)
        now = time.monotonic()
        if terminal in ready:
            try:
                written = os.read(terminal, 1 << 16)
            except OSError:
                written = b""
            is_open = bool(written)
            back.put(written, now)
        if 0 in ready:
            typed = os.read(0, 1 << 16)
            typing = bool(typed)
            there.put(typed, now)
        if is_open and (arrived := there.take(now)):
            os.write(terminal, arrived)
        if arrived := back.take(now):
            os.write(1, arrived)


def main() -> int:
    """Run the command at the other end; its exit code."""
    speed, delay = float(sys.argv[1]) * 1000 / 8, float(sys.argv[2]) / 1000
    size = termios.tcgetwinsize(0)
    process, terminal = pty.fork()
    if process == 0:
        termios.tcsetwinsize(0, size)
        os.execvp(sys.argv[3], sys.argv[3:])

    def resized(*_: object) -> None:
        termios.tcsetwinsize(terminal, termios.tcgetwinsize(0))

    signal.signal(signal.SIGWINCH, resized)
    resized()
    before = termios.tcgetattr(0)
    tty.setraw(0)
    try:
        relay(terminal, Line(float("inf"), delay), Line(speed, delay))
    finally:
        termios.tcsetattr(0, termios.TCSADRAIN, before)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


if __name__ == "__main__":
    sys.exit(main())
