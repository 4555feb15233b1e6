"""A part of the program as a process of its own: its modules are ours, its environment is clean."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hoopscope.own_processes import REPLAY_PROGRAM, import_path, own_command, own_environment


@pytest.mark.parametrize("entries", ["", "{here}", ":", "{here}:."])
def test_what_lies_in_the_folder_that_one_is_in_is_no_library(tmp_path: Path, entries: str) -> None:
    for name in ("json", "select", "hoopscope", "gc"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(99)")
    started = (
        "import subprocess, sys;"
        f"sys.path[:0] = {str(tmp_path)!r}, '';"
        "sys.path.append('.');"
        "from hoopscope.own_processes import *;"
        "command = own_command(REPLAY_PROGRAM, '0', '0');"
        "print(subprocess.run(command, env=own_environment(), stdin=subprocess.DEVNULL).returncode)"
    )
    # The parent has its modules before it has the folder on its path.
    program = f"import os, hoopscope.own_processes, subprocess; exec({started!r})"
    ran = subprocess.run(
        [sys.executable, "-P", "-c", program],
        cwd=tmp_path,
        env={"PYTHONPATH": os.pathsep.join([*sys.path, entries.format(here=tmp_path)])},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (ran.stdout, ran.stderr) == ("0\n", "")


def test_neither_credentials_nor_settings_are_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOOP_TOKEN", "HOOPSCOPE_TOKEN", "HOOP_APIURL", "SSH_CONNECTION", "PYTHONSTARTUP"):
        monkeypatch.setenv(name, "planted")
    monkeypatch.setenv("LANG", "C.UTF-8")
    environment = own_environment()
    assert "planted" not in environment.values()
    assert environment["LANG"] == "C.UTF-8"
    assert own_command(REPLAY_PROGRAM)[0] == sys.executable


def test_modules_are_looked_for_in_places_with_a_whole_name_only() -> None:
    assert all(Path(entry).is_absolute() for entry in import_path())
    assert any(
        (Path(entry) / "hoopscope" / "own_processes.py").is_file() for entry in import_path()
    )
