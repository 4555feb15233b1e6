"""`hoopscope play`: in a real terminal, and where there is nothing to play."""

from __future__ import annotations

import json
import sys

import pytest
from benchmarks.terminal import Terminal

from hoopscope.demo.server import DemoGateway
from tests.cli.conftest import Command

UNKNOWN = "00000000-0000-4000-8000-000000000000"


def ids(on_demo: Command, *filters: str) -> list[str]:
    listed = on_demo("list", "--all", "-f", "jsonl", *filters)
    return [json.loads(line)["id"] for line in listed.out.splitlines()]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["no-id"], 2, "A session's id is a UUID"),
        ([UNKNOWN, "--size", "9x9999"], 2, "a size is columns x rows"),
        ([UNKNOWN, "--speed", "100"], 2, "0.25<=x<=16"),
        ([UNKNOWN], 2, "needs a terminal"),
    ],
)
def test_what_cannot_be_played_is_said(
    on_demo: Command, arguments: list[str], code: int, says: str
) -> None:
    done = on_demo("play", *arguments)
    assert done.code == code
    assert says in done.err


def test_plays_a_terminal_session_to_its_end(on_demo: Command, demo: DemoGateway) -> None:
    (session, *_) = ids(on_demo, "--verb", "connect", "--outcome", "succeeded", "--type", "custom")
    environment = {"HOOP_APIURL": demo.url, "HOOP_TOKEN": demo.token}
    arguments = [sys.executable, "-m", "hoopscope", "play", session, "--speed", "16"]
    with Terminal(arguments, size=(100, 30), environment=environment) as terminal:
        terminal.wait_for("playing")
        terminal.type(b"\x1b[F")
        terminal.wait_for("end ")
        terminal.type(b"q")
        assert terminal.wait() == 0
