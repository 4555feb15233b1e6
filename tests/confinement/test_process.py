"""What a restricted console does to its own process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

_CONFINED = """
import ctypes, json, os, resource, signal, sys
from hoopscope.confinement.process import confine
confine()
from textual import constants
print(json.dumps({
    "environment": dict(os.environ),
    "driver": constants.DRIVER,
    "log": constants.LOG_FILE,
    "core": resource.getrlimit(resource.RLIMIT_CORE),
    "ignored": [signal.getsignal(number) is signal.SIG_IGN for number in
                (signal.SIGTSTP, signal.SIGQUIT)],
    "path": sys.path,
    "dumpable": sys.platform == "linux" and ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 1,
}))
"""
SMUGGLED = {
    "TEXTUAL": "devtools",
    "TEXTUAL_DRIVER": "smuggled:Driver",
    "TEXTUAL_LOG": "log.txt",
    "TEXTUAL_SCREENSHOT": "1",
    "TEXTUAL_PRESS": "q",
    "PYTHONSTARTUP": "start.py",
    "PYTHONBREAKPOINT": "smuggled.run",
    "SSLKEYLOGFILE": "keys.txt",
    "PAGER": "sh",
    "EDITOR": "sh",
    "VISUAL": "sh",
    "BROWSER": "sh",
    "SHELL": "/bin/sh",
    "LESSOPEN": "|sh",
    "HOOP_TOKEN": "hpk_secret-secret",
    "HOOPSCOPE_DEBUG": "1",
    "SSH_ORIGINAL_COMMAND": "sh",
}
KEPT = {
    "TERM": "vt100",
    "LC_CTYPE": "C.UTF-8",
    "TZ": "Europe/Lisbon",
    "NO_COLOR": "1",
    "SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22",
    "HTTPS_PROXY": "http://192.0.2.3:3128",
}


def ran(folder: Path, program: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A program that was run in a folder, with nothing but these variables."""
    own = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), "HOME": str(folder)}
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env=own | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_only_what_it_needs_is_left_of_its_surroundings(tmp_path: Path) -> None:
    found = json.loads(ran(tmp_path, _CONFINED, **SMUGGLED, **KEPT).stdout)
    assert {name: found["environment"].get(name) for name in KEPT} == KEPT
    assert not SMUGGLED.keys() & found["environment"].keys()
    assert (found["driver"], found["log"]) == (None, None)
    assert found["core"] == [0, 0]
    assert found["dumpable"] is False
    assert found["ignored"] == [True, True]
    assert "" not in found["path"]
    assert str(tmp_path) not in found["path"]


def test_no_interpreter_follows_it(tmp_path: Path) -> None:
    done = ran(tmp_path, _CONFINED + "print('went on')", PYTHONINSPECT="1")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("hoopscope: ")
    assert ">>>" not in done.stderr
