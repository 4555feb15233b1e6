"""The system's keyring where something is wrong with it, in processes of their own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = """
import os, sys, time
from importlib import import_module
from hoopscope.config import system_keyring
system_keyring.READ_SECONDS = float(sys.argv[1])
import_module("keyring")
for address in sys.argv[2:]:
    if os.fork():
        os.wait()
        continue
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = address
    began = time.monotonic()
    found = system_keyring.usable_keyring()
    print(repr(address), found, time.monotonic() - began < 20, file=sys.stderr, flush=True)
    os._exit(0)
"""
"""Each address in a process of its own, with the library loaded once for all of them."""
KEEPING = """
import sys
from hoopscope.config.credentials_store import CredentialsStore
from pathlib import Path
store = CredentialsStore(Path(sys.argv[1]))
print(store.keep("https://here.example", "hpk_PLANTED", "ana").place, file=sys.stderr)
"""


def run(program: str, *arguments: str, **environ: str) -> tuple[list[str], float]:
    """What a program says with an environment of its own, and how long it takes."""
    given = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "HOME": "/nowhere",
        **environ,
    }
    began = time.monotonic()
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, env=given, timeout=60, check=True
    )
    return done.stderr.splitlines(), time.monotonic() - began


@pytest.mark.skipif(sys.platform != "linux", reason="a bus is Linux's way to a keyring")
def test_without_a_bus_there_is_none() -> None:
    addresses = ["", "unix:path=/nowhere/bus", "unix:abstract=hoopscope-nobody", "nonsense"]
    said, _ = run(PROGRAM, "2", *addresses)
    assert [line for line in said if line.endswith(" None True")] == [
        f"{address!r} None True" for address in addresses
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="a bus is Linux's way to a keyring")
def test_a_bus_that_accepts_and_never_answers_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "bus"
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(path))
        silent.listen()
        address = f"unix:path={path}"
        said, took = run(PROGRAM, "0.5", address)
    assert said[-1] == f"{address!r} None True"
    assert took < 30


@pytest.mark.skipif(sys.platform != "linux", reason="a bus is Linux's way to a keyring")
def test_a_credential_is_kept_in_the_file_then(tmp_path: Path) -> None:
    path = tmp_path / "credentials.json"
    said, _ = run(KEEPING, str(path), DBUS_SESSION_BUS_ADDRESS="unix:path=/nowhere/bus")
    assert said[-1] == str(path)
    assert path.stat().st_mode & 0o777 == 0o600
