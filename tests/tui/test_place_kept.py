"""The place is kept from one process to the next: in a terminal, on a gateway over a socket."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from benchmarks.terminal import Terminal

from hoopscope.config.kept_state import StateFile
from hoopscope.demo.server import DemoGateway

pytestmark = pytest.mark.whole

HOOPSCOPE = [sys.executable, "-m", "hoopscope"]


@pytest.fixture(scope="module")
def gateway() -> Iterator[DemoGateway]:
    with DemoGateway(sessions=600) as running:
        yield running


def environment(home: Path, gateway: DemoGateway) -> dict[str, str]:
    return {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_STATE_HOME": str(home / ".state"),
        "HOOP_APIURL": gateway.url,
        "HOOP_TOKEN": gateway.token,
    }


def kept(home: Path) -> dict[str, object]:
    """What is in the one file."""
    (only,) = (home / ".state" / "hoopscope" / "gateways").iterdir()
    found: dict[str, object] = json.loads(only.read_bytes())
    return found


def browser(home: Path, gateway: DemoGateway, *more: str) -> Terminal:
    return Terminal([*HOOPSCOPE, *more], size=(80, 24), environment=environment(home, gateway))


def test_the_last_view_opens_and_what_is_new_in_it_is_marked(
    gateway: DemoGateway, tmp_path: Path
) -> None:
    with browser(tmp_path, gateway) as terminal:
        terminal.wait_for("ana@tidewater.example")
        terminal.type(b"6")
        terminal.wait_for("guardrail hits")
        terminal.wait_for("found in")
        terminal.settle()
        terminal.type(b"q")
        assert terminal.wait() == 0
    assert kept(tmp_path)["view"] == "guardrail hits"
    moments = [datetime.now(UTC) - timedelta(milliseconds=number) for number in range(2)]
    gateway.insert_many(moments, scenario="guardrail input")
    with browser(tmp_path, gateway) as terminal:
        terminal.wait_for("2 new since you last looked")
        assert any("guardrail hits" in line for line in terminal.screen())
        terminal.type(b"q")
        assert terminal.wait() == 0
    with browser(tmp_path, gateway, "--view", "failed") as terminal:
        terminal.wait_for("ana@tidewater.example")
        assert any(" failed" in line for line in terminal.screen())
        terminal.type(b"q")
        assert terminal.wait() == 0
    assert kept(tmp_path)["view"] == "guardrail hits", "a flag is for once"


def test_a_line_that_is_lost_loses_nothing(gateway: DemoGateway, tmp_path: Path) -> None:
    with browser(tmp_path, gateway) as terminal:
        terminal.wait_for("ana@tidewater.example")
        terminal.type(b"u")
        terminal.settle()
        terminal.kill(signal.SIGHUP)
        terminal.wait()
    assert kept(tmp_path)["utc"] is True
    assert "everything" in str(kept(tmp_path)["looked"])


def test_a_file_that_is_of_no_use_keeps_nothing_from_working(
    gateway: DemoGateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / ".state"))
    file = StateFile.of_gateway(gateway.url)._path
    file.parent.mkdir(parents=True)
    for content in (b"\xff{", b'{"view": "gone", "theme": "nowhere"}'):
        file.write_bytes(content)
        with browser(tmp_path, gateway) as terminal:
            terminal.wait_for("ana@tidewater.example")
            assert not any("gone" in line or "nowhere" in line for line in terminal.screen())
            terminal.type(b"q")
            assert terminal.wait() == 0
        assert "everything" in str(kept(tmp_path)["looked"]), "it was this file"


def test_restricted_and_demo_keep_nothing(gateway: DemoGateway, tmp_path: Path) -> None:
    with browser(tmp_path, gateway, "--restricted") as terminal:
        terminal.wait_for("ana@tidewater.example")
        terminal.type(b"uq")
        assert terminal.wait() == 0
    with browser(tmp_path, gateway, "demo", "--sessions", "200") as terminal:
        terminal.wait_for("ana@tidewater.example", 30)
        terminal.type(b"uq")
        assert terminal.wait() == 0
    assert not (tmp_path / ".state").exists()


def test_a_session_opens_from_the_command_line(gateway: DemoGateway, tmp_path: Path) -> None:
    session_id = gateway.insert(datetime.now(UTC), scenario="ok")
    with browser(tmp_path, gateway, f"{gateway.url}/sessions/{session_id}") as terminal:
        terminal.wait_for("1 Summary")
        terminal.wait_for(session_id[:4])
        terminal.type(b"q")
        terminal.wait_for("WHEN")
        terminal.type(b"q")
        assert terminal.wait() == 0
    with browser(tmp_path, gateway, f"https://other.example/sessions/{session_id}") as terminal:
        assert terminal.wait() == 2
        assert b"https://other.example" in terminal.written
        assert b"\x1b[?1049h" not in terminal.written
    assert [each.name for each in tmp_path.iterdir()] == [".state"]
