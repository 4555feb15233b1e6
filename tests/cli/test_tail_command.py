"""`hoopscope tail`, in a process of its own, on sessions of the demo gateway that run."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

import pytest

from hoopscope.cli.run import run
from hoopscope.demo.server import DemoGateway
from tests.cli.conftest import Command


@pytest.fixture(scope="module")
def gateway() -> Iterator[DemoGateway]:
    with DemoGateway(sessions=20) as demo:
        yield demo


class Tail:
    """A running session, half of it stored, and a process that follows it."""

    def __init__(self, gateway: DemoGateway, home: Path, *options: str, out: int | None = None):
        self._gateway = gateway
        self.id = gateway.open(start=datetime.now(UTC) - timedelta(minutes=1))
        for number in range(12):
            self.emit("o", f"line {number}\r\n".encode())
        gateway.flush(self.id)
        self.emit("o", b"not stored yet\r\n")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "hoopscope", "tail", self.id, *options],
            stdout=subprocess.PIPE if out is None else out,
            stderr=subprocess.PIPE,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
                "HOME": str(home),
                "HOOP_APIURL": gateway.url,
                "HOOP_TOKEN": gateway.token,
            },
        )

    @property
    def out(self) -> IO[bytes]:
        assert self.process.stdout is not None
        return self.process.stdout

    def emit(self, kind: str, payload: bytes) -> None:
        self._gateway.emit(self.id, kind, payload)

    def end(self) -> tuple[bytes, str, int]:
        """What more comes to standard output, all of standard error, and the exit code."""
        self._gateway.change(self.id, status="done", end_date=datetime.now(UTC), exit_code=0)
        out, err = self.process.communicate(timeout=20)
        return out, err.decode(), self.process.returncode


def test_the_last_lines_and_then_what_happens_until_the_end(
    gateway: DemoGateway, tmp_path: Path
) -> None:
    tail = Tail(gateway, tmp_path)
    assert [tail.out.readline() for _ in range(10)] == [
        f"line {number}\r\n".encode() for number in range(2, 12)
    ]
    tail.emit("i", b"secret")
    tail.emit("o", b"\x1b[31mlive\xff\r\n")
    assert tail.out.readline() == b"\x1b[31mlive\xff\r\n"
    # A prompt comes without the line break that would follow it.
    tail.emit("o", b"$ ")
    assert tail.out.read(2) == b"$ "
    out, err, code = tail.end()
    assert (out, code) == (b"", 0)
    first, second = err.splitlines()
    assert first.startswith("hoopscope: something may be missing here")
    assert second.startswith("hoopscope: 1 event that was missing above can be had now")


def test_lines_of_json_hold_everything_at_the_end_and_no_password(
    gateway: DemoGateway, tmp_path: Path
) -> None:
    tail = Tail(gateway, tmp_path, "--from-start", "--input", "--format", "jsonl")
    lines = [json.loads(tail.out.readline()) for _ in range(12)]
    assert [line["text"] for line in lines] == [f"line {number}\r\n" for number in range(12)]
    tail.emit("o", b"Password: ")
    for letter in b"hunter2":
        tail.emit("i", bytes([letter]))
    tail.emit("i", b"\r")
    tail.emit("o", b"\r\nwelcome \xff\r\n")
    # With the line that ends it is known what was a password.
    events = [json.loads(tail.out.readline()) for _ in range(10)]
    # What is not echoed is known once nothing more happens.
    tail.emit("i", b"my dog is rex\r")
    tail.emit("o", b"\r\n> ")
    answered = [json.loads(tail.out.readline())["text"] for _ in range(2)]
    assert answered == ["********\r", "\r\n> "]
    out, err, code = tail.end()
    assert (err.count("\n"), code) == (1, 0)
    events += [json.loads(line) for line in out.splitlines()]
    assert events[-1]["text"] == "not stored yet\r\n"
    typed = "".join(event["text"] for event in events if event["kind"] == "i")
    assert typed == "********\r"
    assert {"base64"} == {key for event in events for key in event} - {
        "seconds", "time", "kind", "text"
    }  # fmt: skip
    seconds = [event["seconds"] for event in events[:-1]]
    assert seconds == sorted(seconds) > [60.0]


def test_a_terminal_is_given_harmless_text_and_ctrl_c_ends_it(
    gateway: DemoGateway, tmp_path: Path
) -> None:
    ours, theirs = pty.openpty()
    tail = Tail(gateway, tmp_path, "--from-start", out=theirs)
    os.close(theirs)
    shown = b""
    while b"line 11" not in shown:
        shown += os.read(ours, 4_096)
    tail.emit("o", b"\x1b]0;title\x07\x1b[2Jhere \xe2\x80\xaeend\r\n")
    while b"end" not in shown:
        shown += os.read(ours, 4_096)
    assert b"\x1b" not in shown
    assert b"\\u202e" in shown
    tail.process.send_signal(signal.SIGINT)
    assert tail.process.wait(20) == 130
    os.close(ours)
    assert tail.process.stderr is not None
    tail.process.stderr.close()


def test_what_is_over_is_written_at_once(on_demo: Command) -> None:
    listed = on_demo("list", "-n", "1", "-f", "jsonl", "--outcome", "succeeded", "--verb", "exec")
    session = json.loads(listed.out)["id"]
    output = on_demo("output", session, "--with-secrets")
    assert on_demo("tail", session, "--from-start", "--with-secrets") == output


def test_what_cannot_be_followed_says_why(on_demo: Command) -> None:
    assert on_demo("tail", "nope").code == 2
    assert on_demo("tail", "74efe044-b0a5-4451-93f1-bd7fa0f3a364").code == 4
    assert run(["tail"]) == 2
