"""The documented command as a forced command of a real sshd, and what it asks of the kernel."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.terminal import Terminal

from hoopscope.demo.server import DemoGateway
from tests.programs import needed
from tests.ssh.documented import blocks
from tests.ssh.server import Server, running

_DOCUMENTED = "exec /opt/hoopscope/bin/python -I -B -m hoopscope --restricted"
# `-I` would not find the modules of a checkout.
_HERE = f"exec {{trace}}{sys.executable} -P -s -B -m hoopscope --restricted"
_WATCHED = (
    "execve,execveat,open,openat,openat2,creat,rename,renameat,renameat2,link,linkat,symlink,"
    "symlinkat,mkdir,mkdirat,unlink,unlinkat,rmdir,truncate,chmod,fchmodat,chown,fchownat,mknod,"
    "mknodat,utimensat,setxattr,bind,connect"
)
_WRITING = re.compile(r"\bO_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND)\b")
_DEVICES = re.compile(r'"/dev/(?:null|tty|pts/\d+)"')


@dataclass
class Console:
    """The server, what its account has, and what became of it.

    Attributes:
        home: the folder of everything that the account could write in.
        trace: what strace calls its files, one a session; None where it may not look.
    """

    server: Server
    gateway: DemoGateway
    home: Path
    trace: Path | None

    def open(self, *options: str, size: tuple[int, int] = (80, 24)) -> Terminal:
        """A client in a terminal, as a person has it."""
        client = [*self.server.client("-tt", *options), "127.0.0.1"]
        return Terminal(client, size=size, environment={"TERM": "xterm-256color"})

    def programs(self) -> list[str]:
        """The programs that the forced command started, itself first, as strace names them."""
        return [line for line in self._traced() if line.startswith(("execve(", "execveat("))]

    def writes(self) -> list[str]:
        """What it did to files with a name, and what it tried."""
        return [line for line in self._traced() if _writes(line)]

    def addresses(self) -> list[str]:
        """What it connected to over the network, or listened at."""
        return [line for line in self._traced() if "sa_family=AF_INET" in line]

    def _traced(self) -> list[str]:
        assert self.trace is not None
        files = sorted(self.trace.parent.glob(f"{self.trace.name}.*"))
        lines = [line for file in files for line in file.read_text(errors="replace").splitlines()]
        return [line.partition(" ")[2].lstrip() for line in lines]


def _writes(line: str) -> bool:
    call, _, arguments = line.partition("(")
    if call.startswith(("execve", "connect", "bind")) or not line[0].isalpha():
        return False
    if not call.startswith("open"):
        return True
    if not _WRITING.search(arguments) or "O_TMPFILE" in arguments:
        return False
    return not _DEVICES.search(arguments)


@contextmanager
def console(folder: Path, gateway: DemoGateway) -> Iterator[Console]:
    """A console on a gateway, forced by key and by block, its credential in a file of its own."""
    home = folder / "home"
    keys, private = folder / "sshd", folder / "private"
    for each in (home, home / "tmp", keys, private):
        each.mkdir(mode=0o700)
    (private / "token").write_text(gateway.token)
    script, environment = blocks("sh")
    (private / "environment").write_text(
        environment.replace("https://hoop.example.com", gateway.url)
        .replace("/etc/hoopscope/token", str(private / "token"))
        .replace("/var/tmp", str(home / "tmp"))
        + f"HOME={home}\nPYTHONPATH={os.pathsep.join(sys.path)}\n"
    )
    for name in ("token", "environment"):
        (private / name).chmod(0o400)
    trace = folder / "trace" if _may_trace() else None
    traced = f"{needed('strace')} -f -qq -s 400 -e trace={_WATCHED} -o {trace}.$$ " if trace else ""
    assert _DOCUMENTED in script
    script = script.replace(_DOCUMENTED, f"cd {home}\n{_HERE.format(trace=traced)}")
    command = folder / "console"
    command.write_text(script.replace("/etc/hoopscope", str(private)))
    command.chmod(0o755)
    with running(keys, command, by_key=True, by_block=True) as server:
        yield Console(server, gateway, home, trace)


def _may_trace() -> bool:
    strace = needed("strace")
    tried = subprocess.run([strace, "-qq", "-o", os.devnull, "true"], capture_output=True)
    return tried.returncode == 0


class Descendants(threading.Thread):
    """Looks again and again, while a `with` lasts, which processes there are beneath one."""

    def __init__(self, ancestor: int) -> None:
        super().__init__(daemon=True)
        self.seen: dict[int, str] = {}
        """Process ids to command lines."""
        self._ancestor = ancestor
        self._is_over = threading.Event()

    def run(self) -> None:
        while not self._is_over.wait(0.05):
            self.look()

    def look(self) -> set[int]:
        """Those there are at this moment."""
        parents: dict[int, int] = {}
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = status.read_text(errors="replace").rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(status.parent.name)] = int(fields[1])
        found: set[int] = set()
        grown = {self._ancestor}
        while grown:
            grown = {child for child, parent in parents.items() if parent in grown} - found
            found |= grown
        for process in found:
            try:
                words = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            # Where there are none, it has just ended.
            if words != [b""]:
                self.seen[process] = b" ".join(words).decode(errors="replace").strip()
        return found

    def __enter__(self) -> Descendants:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self.join()
