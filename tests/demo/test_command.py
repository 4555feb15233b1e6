"""`serve`, in a process of its own as a user has it."""

from __future__ import annotations

import io
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from hoopscope.demo.command import serve
from hoopscope.demo.database import Database

SCRIPT = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from hoopscope.demo.command import serve
serve({port}, {sessions}, 1, "current", {live}, sys.stdout, sys.stderr{more})
"""


@contextmanager
def serving(
    *, port: int = 0, sessions: int = 50, live: bool = False, more: str = ""
) -> Iterator[subprocess.Popen[str]]:
    script = SCRIPT.format(port=port, sessions=sessions, live=live, more=more)
    with subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def greeting(process: subprocess.Popen[str]) -> tuple[str, str]:
    """The two lines that a shell takes over: the URL and the token."""
    assert process.stdout is not None
    first, second = process.stdout.readline(), process.stdout.readline()
    assert first.startswith("HOOP_APIURL=http://127.0.0.1:")
    assert second.startswith("HOOP_TOKEN=")
    return first.strip().partition("=")[2], second.strip().partition("=")[2]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_and_ends_quietly(number: signal.Signals) -> None:
    with serving(live=True) as process:
        url, token = greeting(process)
        headers = {"Authorization": f"Bearer {token}"}
        answer = httpx.get(f"{url}/api/userinfo", headers=headers)
        assert answer.json()["role"] == "admin"
        assert httpx.get(f"{url}/api/userinfo").status_code == 401
        process.send_signal(number)
        out, err = process.communicate(timeout=10)
        assert (out, err, process.returncode) == ("", "", 0)


def test_the_port_that_was_asked_for_and_somebody_elses_token() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with serving(port=port, more=', email="carla@tidewater.example"') as process:
        url, token = greeting(process)
        assert url == f"http://127.0.0.1:{port}"
        answer = httpx.get(f"{url}/api/userinfo", headers={"Authorization": f"Bearer {token}"})
        assert answer.json()["email"] == "carla@tidewater.example"


def test_a_port_that_is_taken_is_an_error_before_any_work() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        serving(port=taken.getsockname()[1], sessions=10**9) as process,
    ):
        out, err = process.communicate(timeout=10)
    assert out == ""
    assert "Address already in use" in err


def test_a_long_build_shows_how_far_it_is() -> None:
    with serving(sessions=400_000) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
    assert line.startswith("making the history: ")
    assert "of 400,000" in line


def test_a_full_disk_is_an_error_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(_database: Database, _rows: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Database, "fill", fill)
    with pytest.raises(OSError, match=r"no room for 1,000 sessions: database or disk is full"):
        serve(0, 1000, 1, "current", False, io.StringIO(), io.StringIO())
