"""`hoopscope` in a terminal of its own, with somebody who types."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

_ECHO = 3


class Terminal:
    """A running command; `shown` is all that was on its terminal."""

    def __init__(self, process: subprocess.Popen[bytes], terminal: int) -> None:
        self._process = process
        self._terminal = terminal
        self.shown = ""
        self._seen = 0

    def until(self, text: str, seconds: float = 30) -> None:
        """Read on until `text` was shown behind what was waited for before."""
        deadline = time.monotonic() + seconds
        while (at := self.shown.find(text, self._seen)) < 0:
            if time.monotonic() > deadline or not self._more(0.1):
                raise TimeoutError(f"{text!r} is not in:\n{self.shown}")
        self._seen = at + len(text)

    def type(self, text: str) -> None:
        """Type a line, once the command listens for it as it is to."""
        os.write(self._terminal, text.encode() + b"\r")

    def hide_first(self) -> None:
        """Wait until what is typed is not shown."""
        deadline = time.monotonic() + 30
        while self.echoes():
            assert time.monotonic() < deadline
            time.sleep(0.01)

    def echoes(self) -> bool:
        return bool(termios.tcgetattr(self._terminal)[_ECHO] & termios.ECHO)

    def interrupt(self) -> None:
        os.write(self._terminal, b"\x03")

    def ended(self, seconds: float = 30) -> int:
        """The exit code, and the rest of what was shown."""
        deadline = time.monotonic() + seconds
        while self._process.poll() is None and time.monotonic() < deadline:
            self._more(0.1)
        while self._more(0):
            pass
        return self._process.wait(5)

    def _more(self, seconds: float) -> bool:
        if not select.select([self._terminal], [], [], seconds)[0]:
            return self._process.poll() is None and seconds > 0
        try:
            piece = os.read(self._terminal, 65_536)
        except OSError:
            return False
        self.shown += piece.decode(errors="replace")
        return bool(piece)


@contextlib.contextmanager
def hoopscope(home: Path, *arguments: str, program: str = "") -> Iterator[Terminal]:
    """Run a command with nobody's settings and no keyring; `program` is Python to run first."""
    terminal, inner = pty.openpty()
    code = f"{program}\nfrom hoopscope.cli import main\nmain()"
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "HOME": str(home),
        "XDG_STATE_HOME": str(home / "state"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "TERM": "xterm",
        "LANG": "C.UTF-8",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=inner,
        stdout=inner,
        stderr=inner,
        env=environ,
        start_new_session=True,
        preexec_fn=_take_terminal,
    )
    os.close(inner)
    try:
        yield Terminal(process, terminal)
    finally:
        process.kill()
        process.wait()
        os.close(terminal)


def _take_terminal() -> None:
    import fcntl

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
