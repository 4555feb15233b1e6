"""A terminal that a program runs in, and what arrives at its clipboard."""

from __future__ import annotations

import base64
import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence

_CLIPBOARD = re.compile(rb"\x1b\]52;[a-z]*;([A-Za-z0-9+/=]*)(?:\x07|\x1b\\)")


class OuterTerminal:
    """Reads everything that is written to a pty, as the operator's own terminal would.

    Args:
        command: what runs in it.
        environ: its environment, all of it.
    """

    def __init__(self, command: Sequence[str], environ: Mapping[str, str]) -> None:
        self._terminal, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self._child = subprocess.Popen(
            command,
            stdin=inner,
            stdout=inner,
            stderr=inner,
            env=dict(environ),
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(inner)
        self.received = b""

    @property
    def clipboard(self) -> list[str]:
        """Every text that was put into the clipboard, in order."""
        return [base64.b64decode(found).decode() for found in _CLIPBOARD.findall(self.received)]

    def until(self, condition: Callable[[], object], seconds: float = 20.0) -> None:
        """Read until something is so."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError(f"it did not come to that: {self.received[-2_000:]!r}")
            if select.select([self._terminal], [], [], 0.05)[0]:
                self.received += os.read(self._terminal, 65_536)

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self._terminal, text.encode())

    def close(self) -> None:
        """Hang up."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._child.pid, signal.SIGHUP)
        os.close(self._terminal)
        try:
            self._child.wait(5)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
