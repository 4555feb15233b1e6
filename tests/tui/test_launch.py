"""The browser as its users start it: a process in a terminal, on a gateway over a socket."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.terminal import Terminal

from hoopscope.demo.server import DemoGateway

HOOPSCOPE = [sys.executable, "-m", "hoopscope"]
DOWN = b"\x1b[B"


@pytest.fixture(scope="module")
def gateway() -> Iterator[DemoGateway]:
    with DemoGateway(sessions=2_000) as running:
        yield running


def environment(home: Path, gateway: DemoGateway | None = None) -> dict[str, str]:
    own = {"HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config")}
    if gateway is not None:
        own |= {"HOOP_APIURL": gateway.url, "HOOP_TOKEN": gateway.token}
    return own


def test_it_opens_on_the_configured_gateway_and_leaves_the_terminal_tidy(
    gateway: DemoGateway, tmp_path: Path
) -> None:
    with Terminal(HOOPSCOPE, size=(80, 24), environment=environment(tmp_path, gateway)) as terminal:
        terminal.wait_for("ana@tidewater.example")
        rows = [line for line in terminal.screen() if ":" in line[:14]]
        assert len(rows) >= 17
        terminal.press(DOWN)
        terminal.wait_for("row 2 of")
        terminal.type(b"q")
        assert terminal.wait() == 0
        for restored in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1003l", b"\x1b[?2004l"):
            assert restored in terminal.written
        assert gateway.token.encode() not in terminal.written


def test_with_nothing_configured_it_says_what_was_looked_for(tmp_path: Path) -> None:
    with Terminal(HOOPSCOPE, size=(80, 24), environment=environment(tmp_path)) as terminal:
        terminal.wait_for("Gateway URL")
        shown = "\n".join(terminal.screen())
        assert "HOOP_APIURL" in shown
        assert "config.toml" in shown
        terminal.type(b"\x11")
        assert terminal.wait() == 0


def test_the_demo_opens_and_leaves_nothing_behind(tmp_path: Path) -> None:
    command = [*HOOPSCOPE, "demo", "--sessions", "300"]
    with Terminal(command, size=(120, 40), environment=environment(tmp_path)) as terminal:
        terminal.wait_for("ana@tidewater.example · admin", 30)
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(terminal.pid)], capture_output=True, text=True
        ).stdout.split()
        assert len(children) == 1
        terminal.type(b"q")
        assert terminal.wait() == 0
    with pytest.raises(ProcessLookupError):
        os.kill(int(children[0]), 0)


def test_the_demo_gateway_ends_with_a_browser_that_is_killed(tmp_path: Path) -> None:
    command = [*HOOPSCOPE, "demo", "--sessions", "300"]
    with Terminal(command, environment=environment(tmp_path)) as terminal:
        terminal.wait_for("ana@tidewater.example", 30)
        (child,) = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(terminal.pid)], capture_output=True, text=True
        ).stdout.split()
        terminal.kill(signal.SIGKILL)
        terminal.wait()
    for _ in range(100):
        if not Path(f"/proc/{child}").exists():
            return
        terminal_state = Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split()[0]
        if terminal_state == "Z":
            return
        subprocess.run(["sleep", "0.05"])
    pytest.fail("the demo gateway outlived its browser")


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_cannot_be_painted_on_is_said(
    gateway: DemoGateway, tmp_path: Path, term: str
) -> None:
    own = environment(tmp_path, gateway) | {"TERM": term}
    with Terminal(HOOPSCOPE, environment=own) as terminal:
        assert terminal.wait() == 2
        assert b"TERM" in terminal.written
        assert b"Traceback" not in terminal.written


def test_no_terminal_at_all_is_said(gateway: DemoGateway, tmp_path: Path) -> None:
    ran = subprocess.run(
        HOOPSCOPE,
        env=os.environ | environment(tmp_path, gateway),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 2
    assert "hoopscope list" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_another_locale_ends_nothing(gateway: DemoGateway, tmp_path: Path, locale: str) -> None:
    own = environment(tmp_path, gateway) | {
        "LANG": locale,
        "LC_ALL": locale,
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }
    with Terminal(HOOPSCOPE, size=(80, 24), environment=own) as terminal:
        terminal.wait_for("ana@tidewater.example")
        terminal.type(b"q")
        assert terminal.wait() == 0


def test_no_colour_means_none(gateway: DemoGateway, tmp_path: Path) -> None:
    own = environment(tmp_path, gateway) | {"NO_COLOR": "1"}
    with Terminal(HOOPSCOPE, size=(80, 24), environment=own) as terminal:
        terminal.wait_for("ana@tidewater.example")
        written = bytes(terminal.written)
        assert b"38;2;" not in written
        assert b"48;2;" not in written
        # The cursor's row is reversed, whatever else is said in the same breath.
        assert re.search(rb"\x1b\[(\d*;)*7(;\d*)*m", written)


def test_a_mistake_of_our_own_ends_in_a_sentence_without_secrets(
    gateway: DemoGateway, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import hoopscope.tui.standing as standing\n"
        "def broken(*args, **kwargs):\n"
        "    raise RuntimeError('planted')\n"
        "standing.title_line = broken\n"
    )
    own = environment(tmp_path, gateway) | {"PYTHONPATH": str(tmp_path)}
    with Terminal(HOOPSCOPE, environment=own) as terminal:
        assert terminal.wait(20) == 70
        assert b"Traceback" not in terminal.written
        assert b"HOOPSCOPE_DEBUG" in terminal.written
        assert gateway.token.encode() not in terminal.written
