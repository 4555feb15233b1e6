"""Where the measurements run: gateways on loopback, the command, an empty home."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = Path(__file__).parent / "programs"
HOOPSCOPE = str(Path(sys.executable).with_name("hoopscope"))
PYTHON = sys.executable
DOWN, UP, PAGE_DOWN, PAGE_UP, END = b"\x1b[B", b"\x1b[A", b"\x1b[6~", b"\x1b[5~", b"\x1b[F"
_UNWANTED = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "NO_COLOR", "HOOPSCOPE_CONFIG")


@dataclass(frozen=True, slots=True)
class Options:
    """How much to measure. `sessions` is how many the large history has."""

    rounds: int = 7
    sessions: int = 200_000


@contextmanager
def gateway(sessions: int, latency: float = 0.0) -> Iterator[dict[str, str]]:
    """A demo gateway in a process of its own; gives the environment of a command that asks it."""
    process = subprocess.Popen(
        [PYTHON, PROGRAMS / "gateway.py", str(sessions), str(latency)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=clean_environment(),
    )
    with process, empty_home() as home:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            lines = (process.stdout.readline().strip().partition("=") for _ in range(2))
            yield {**home, **{key: value for key, _, value in lines}}
        finally:
            process.stdin.close()
            process.terminate()


@contextmanager
def empty_home() -> Iterator[dict[str, str]]:
    """The environment of somebody without any settings."""
    with tempfile.TemporaryDirectory() as home:
        yield {"HOME": home, "XDG_CONFIG_HOME": home, "TZ": "UTC"}


def clean_environment() -> dict[str, str]:
    """This process's environment without what would slow a Python down or change its output."""
    return {key: value for key, value in os.environ.items() if key not in _UNWANTED}
