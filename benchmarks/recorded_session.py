"""A terminal session as real programs make it in a pseudo-terminal, of any size."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shutil
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Iterator
from pathlib import Path

from hoopscope.gateway.event import Event
from hoopscope.recordings.recording import Recording

NEEDLE = "UNIQUE_NEEDLE_END"
"""Shows once, at the end of a long recording."""

_QUIET = 0.4
"""Seconds without output after which the next keys are typed."""

_SHOW = (
    "for n in range(80):"
    ' print(f"\\x1b[38;5;{n+16}m{n:4}\\x1b[0m 名前 コード 日本語 한국어 🎉 ✅ café")'
)

_TYPED: tuple[tuple[str, bytes], ...] = (
    ("bash", b"ls -la --color=always /usr/bin | head -400\r"),
    ("seq", b"seq 1 4000\r"),
    ("vim", b"vim -n -u NONE +'syntax on' big.py\r"),
    (
        "vim",
        b"/def\rnnnn"
        + b"\x06" * 30
        + b"\x02" * 10
        + b"Gggdw"
        + b"j" * 60
        + b"iadded text\x1b:q!\r",
    ),
    ("less", b"less -R big.py\r"),
    ("less", b" " * 25 + b"/class\rnnnq"),
    ("top", b"top -d 0.1 -n 15\r"),
    ("python", b"python3 show.py\r"),
    (
        "bash",
        b"for i in $(seq 1 300); do"
        b" printf '\\r%3d%% [%-50s]' $((i/3)) $(printf '#%.0s' $(seq 1 $((i/6+1)))); done\r",
    ),
    ("bash", b"cat big.py | head -3000\r"),
    ("bash", b"false; ls /no/such/folder; echo \xe2\x9c\x85 done\r"),
)


def typed_session(columns: int = 120, rows: int = 40) -> list[Event]:
    """One round of the programs that are there, typed into a shell; a megabyte or so."""
    folder = Path(tempfile.mkdtemp(prefix="hoopscope-bench-"))
    source = "".join(path.read_text() for path in sorted(Path(os.__file__).parent.glob("a*.py")))
    (folder / "big.py").write_text(source)
    (folder / "show.py").write_text(_SHOW)
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        environ = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        os.execvpe("bash", ["bash", "--norc", "-i"], environ)
    try:
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        return list(_typed(terminal))
    finally:
        os.close(terminal)
        os.kill(child, 9)
        os.waitpid(child, 0)
        shutil.rmtree(folder)


def _typed(terminal: int) -> Iterator[Event]:
    began = time.monotonic()
    yield from _output(terminal, began, 1.0)
    for program, keys in (("bash", b"PS1='\\u@db-1:\\w\\$ '\r"), *_TYPED):
        if shutil.which(program) is None:
            continue
        command = keys.endswith(b"\r") and program != "vim"
        for piece in [keys[at : at + 1] for at in range(len(keys))]:
            yield Event(time.monotonic() - began, "i", piece)
            os.write(terminal, piece)
            yield from _output(terminal, began, 0.002 if command else 0.01)
        yield from _output(terminal, began, _QUIET)


def _output(terminal: int, began: float, quiet: float) -> Iterator[Event]:
    while select.select([terminal], [], [], quiet)[0]:
        try:
            yield Event(time.monotonic() - began, "o", os.read(terminal, 4096))
        except OSError:
            return


def long_recording(megabytes: int, seconds: float = 7200.0) -> Recording:
    """The same round again and again until there is enough, with silence between, for so long."""
    events = typed_session()
    size = sum(len(event.payload) for event in events if event.kind == "o")
    times = max(1, round(megabytes * 1e6 / size))
    recording = Recording()
    for turn in range(times):
        begin = turn * seconds / times
        recording.append(Event(begin + at, kind, payload) for at, kind, payload in events)
    recording.append([Event(seconds, "o", NEEDLE.encode() + b"\r\n")])
    recording.is_complete = True
    return recording


if __name__ == "__main__":
    events = typed_session()
    print(len(events), sum(len(event.payload) for event in events), events[-1].seconds)
    Path(sys.argv[1]).write_bytes(b"".join(e.payload for e in events if e.kind == "o"))
