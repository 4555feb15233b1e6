"""The command as a shell starts it: pipes, signals, streams that are closed or full."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hoopscope import __version__
from hoopscope.demo.server import DemoGateway

SECRET = "hpk_PLANTED-secret-0123456789"
COMMAND = [sys.executable, "-m", "hoopscope"]


@pytest.fixture
def environ(demo: DemoGateway, tmp_path: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "HOME": str(tmp_path),
        "HOOP_APIURL": demo.url,
        "HOOP_TOKEN": demo.token,
    }


def shell(script: str, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    hoopscope = f"{sys.executable} -m hoopscope"
    return subprocess.run(
        ["bash", "-c", script.replace("hoopscope ", hoopscope + " ")],
        capture_output=True,
        text=True,
        env=environ,
        check=False,
        timeout=30,
    )


def test_streams_that_are_closed_full_or_no_longer_read(environ: dict[str, str]) -> None:
    done = shell(
        """
        hoopscope --version
        hoopscope --version > /dev/full; echo "full $?"
        hoopscope list --all --format jsonl | head -n 1 > /dev/null; echo "head ${PIPESTATUS[0]}"
        hoopscope list > /dev/full; echo "list $?"
        hoopscope list >&-; echo "closed $?"
        hoopscope list >&- 2>&-; echo "both $?"
        """,
        environ,
    )
    assert done.stdout.splitlines() == [
        f"hoopscope {__version__}",
        "full 1",
        "head 141",
        "list 1",
        "closed 1",
        "both 1",
    ]
    assert done.stderr.splitlines() == [
        "hoopscope: Standard output cannot be written: No space left on device.",
        "hoopscope: Standard output cannot be written: No space left on device.",
        "hoopscope: There is no standard output to write to.",
    ]


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_being_ended_is_quiet_and_leaves_nothing(
    environ: dict[str, str], tmp_path: Path, number: signal.Signals, code: int
) -> None:
    # A gateway that accepts and never answers.
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        environ["HOOP_APIURL"] = f"http://127.0.0.1:{server.getsockname()[1]}"
        output = tmp_path / "all.jsonl"
        running = subprocess.Popen(
            [*COMMAND, "list", "--all", "-f", "jsonl", "-o", str(output)],
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        connection, _ = server.accept()
        running.send_signal(number)
        out, err = running.communicate(timeout=10)
        connection.close()
    assert (running.returncode, out, err) == (code, b"", b"")
    assert list(tmp_path.iterdir()) == []


def test_a_locale_that_is_not_utf8(environ: dict[str, str]) -> None:
    environ |= {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [*COMMAND, "list", "--limit", "50"], env=environ, capture_output=True, check=True
    )
    assert done.stdout.isascii()
    assert done.stderr == b""


def test_completion_completes(environ: dict[str, str]) -> None:
    def words(line: str) -> list[str]:
        completing = {
            "_HOOPSCOPE_COMPLETE": "bash_complete",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(line.split(" ")) - 1),
        }
        done = subprocess.run(
            COMMAND, env=environ | completing, capture_output=True, text=True, check=False
        )
        assert done.stderr == ""
        return [found.partition(",")[2] for found in done.stdout.split()]

    assert words("hoopscope lo") == ["login", "logout", "locate"]
    assert words("hoopscope list --outcome re") == ["ready", "rejected", "revoked"]
    assert words("hoopscope --theme da") == ["dark"]
    file = Path(environ["HOME"], "profiles.toml")
    file.write_text('[profiles.prod]\nurl = "https://p"\n[profiles.dev]\nurl = "https://d"\n')
    environ["HOOPSCOPE_CONFIG"] = str(file)
    assert words("hoopscope list --profile p") == ["prod"]
    file.write_text("[profiles.prod]\n")
    assert words("hoopscope --profile p") == []


def test_the_demo_gateway_runs_alone_and_ends_with_whoever_started_it(tmp_path: Path) -> None:
    running = subprocess.Popen(
        [*COMMAND, "demo", "serve", "--sessions", "50", "--no-live", "--until-stdin-closes"],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    assert running.stdin is not None
    given = dict(running.stdout.readline().strip().split("=", 1) for _ in range(2))
    assert set(given) == {"HOOP_APIURL", "HOOP_TOKEN"}
    found = subprocess.run(
        [*COMMAND, "list", "--format", "jsonl", "--limit", "3"],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), **given},
        capture_output=True,
        text=True,
        check=True,
    )
    assert len([json.loads(line) for line in found.stdout.splitlines()]) == 3
    running.stdin.close()
    started = time.monotonic()
    assert running.wait(10) == 0
    assert time.monotonic() - started < 5
    assert running.stderr is not None
    assert running.stderr.read() == ""
    running.stdout.close()
    running.stderr.close()
    assert list(tmp_path.iterdir()) == []
