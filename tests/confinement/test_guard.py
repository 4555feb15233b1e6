"""What the interpreter itself refuses a restricted console, tried in processes of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hoopscope.confinement.wording import REFUSAL

_BEGINNING = """
import os, pty, shutil, sqlite3, subprocess, sys, tempfile, webbrowser
from pathlib import Path
from hoopscope.confinement.guard import refuse_programs_and_files
refuse_programs_and_files()
"""
REFUSED = [
    "subprocess.run(['true'])",
    "subprocess.run([sys.executable, '-c', ''])",
    "subprocess.run('true', shell=True)",
    "os.system('true')",
    "os.popen('true')",
    "os.execv('/bin/true', ['true'])",
    "os.execvpe('true', ['true'], {})",
    "os.posix_spawn('/bin/true', ['true'], {})",
    "os.spawnlp(os.P_WAIT, 'true', 'true')",
    "os.fork()",
    "pty.fork()",
    "pty.spawn('true')",
    "webbrowser.GenericBrowser('true').open('http://127.0.0.1:1/')",
    "open('new', 'w')",
    "open('there', 'a')",
    "open('there', 'r+')",
    "Path('new').touch()",
    "Path('there').write_text('mine')",
    "os.open('new', os.O_CREAT | os.O_RDONLY)",
    "os.open(tempfile.gettempdir() + '/new', os.O_CREAT | os.O_EXCL | os.O_WRONLY)",
    "tempfile.NamedTemporaryFile()",
    "tempfile.mkdtemp()",
    "os.mkdir('new')",
    "os.remove('there')",
    "os.rename('there', 'new')",
    "os.replace('there', 'new')",
    "os.link('there', 'new')",
    "os.symlink('there', 'new')",
    "os.truncate('there', 0)",
    "os.chmod('there', 0)",
    "shutil.copy('there', 'new')",
    "sqlite3.connect('new')",
]
ALLOWED = [
    "open('there').read()",
    "open(os.devnull, 'w')",
    "sqlite3.connect('')",
    "tempfile.TemporaryFile(prefix='hoopscope-').write(b'x')",
    "tempfile._O_TMPFILE_WORKS = False; tempfile.TemporaryFile(prefix='hoopscope-').write(b'x')",
]


def tried(expressions: list[str], folder: Path) -> list[str]:
    """What became of each, tried one after another in one process: "done", or its exception."""
    (folder / "there").write_text("yours")
    program = _BEGINNING + "for tried in sys.argv[1:]:\n    try:\n        exec(tried)\n"
    program += "    except BaseException as error:\n        print(type(error).__name__, error)\n"
    program += "    else:\n        print('done')\n"
    ran = subprocess.run(
        [sys.executable, "-c", program, *expressions],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return ran.stdout.splitlines()


def test_no_program_is_started_and_no_file_written(tmp_path: Path) -> None:
    became = dict(zip(REFUSED, tried(REFUSED, tmp_path), strict=True))
    assert became == dict.fromkeys(REFUSED, f"PermissionError {REFUSAL}")
    assert [path.name for path in tmp_path.iterdir()] == ["there"]
    assert (tmp_path / "there").read_text() == "yours"


def test_what_the_browser_needs_is_left(tmp_path: Path) -> None:
    assert tried(ALLOWED, tmp_path) == ["done"] * len(ALLOWED)


@pytest.mark.parametrize("executable", ["sys.executable", "'/bin/sh'"])
def test_only_the_replay_is_started_and_only_by_this_interpreter(
    executable: str, tmp_path: Path
) -> None:
    program = (
        "from hoopscope.own_processes import *;"
        "command = own_command(REPLAY_PROGRAM, '0', '0');"
        f"command[0] = {executable};"
        "subprocess.run(command, env=own_environment(), stdin=subprocess.DEVNULL, check=True)"
    )
    expected = "done" if executable == "sys.executable" else f"PermissionError {REFUSAL}"
    assert tried([program], tmp_path) == [expected]
