from __future__ import annotations

import sys
import types

import pytest

from hoopscope.config.settings import Settings
from tests.cli.conftest import Command


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Settings, list[str]]]:
    """What the browser was started with, instead of the browser."""
    calls: list[tuple[Settings, list[str]]] = []

    def run_demo(settings: Settings, options: list[str], view: object = None) -> int:
        calls.append((settings, options))
        return 0

    launch = types.ModuleType("hoopscope.tui.launch")
    launch.run_demo = run_demo  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "hoopscope.tui.launch", launch)
    return calls


def test_the_demo_takes_the_options_of_its_gateway(
    command: Command, started: list[tuple[Settings, list[str]]]
) -> None:
    assert (
        command("demo", "--sessions", "50", "--seed", "3", "--gateway", "old", "--no-live").code
        == 0
    )
    assert command("--theme", "light", "demo", "--utc").code == 0
    (first, options), (second, none) = started
    assert options == ["--sessions", "50", "--seed", "3", "--gateway", "old", "--no-live"]
    assert none == []
    assert (first.theme, second.theme, second.utc) == ("dark", "light", True)


def test_the_demo_needs_no_credential_and_opens_none(
    command: Command,
    started: list[tuple[Settings, list[str]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOOPSCOPE_TOKEN_FILE", "/nowhere/at/all")
    assert command("demo") == (0, "", "")
    assert started[0][0].token == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["demo", "--sessions", "5", "serve"], "Put --sessions behind serve"),
        (["demo", "--sessions", "-1"], "-1 is not in the range"),
        (["demo", "serve", "--port", "70000"], "70000 is not in the range"),
        (["--verb", "exec", "demo"], "demo takes no filters"),
    ],
)
def test_options_in_the_wrong_place(command: Command, arguments: list[str], told: str) -> None:
    outcome = command(*arguments)
    assert outcome.code == 2
    assert told in outcome.err


def test_a_port_that_is_taken(command: Command) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        outcome = command("demo", "serve", "--port", str(port), "--sessions", "5")
    assert outcome.code == 1
    assert "Address already in use" in outcome.err
