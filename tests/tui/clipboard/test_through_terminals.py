"""The browser in a real tmux and a real GNU screen: what is copied arrives outside.

They are programs of the machine and not of this project: where they are missing, or a service
runs the tests, this is skipped.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from hoopscope.demo.server import DemoGateway
from hoopscope.gateway.row import SessionRow
from hoopscope.recordings.kinds import kind_of
from tests.programs import all_are_needed
from tests.tui.clipboard.outer_terminal import OuterTerminal

pytestmark = pytest.mark.whole

LONG = "row of a long text ✓\n" * 300

_COPIES_A_LONG_TEXT = f"""
import signal

signal.alarm(60)

from textual.screen import Screen
from hoopscope.config.locations import bundled_themes_folder
from hoopscope.tui.app import HoopscopeApp
from hoopscope.tui.theming import load_theme

class Copying(Screen):
    def on_mount(self):
        self.app.copy({LONG!r}, "the text")

theme = load_theme(bundled_themes_folder() / "16-colour.toml")
raise SystemExit(HoopscopeApp(Copying, lambda *_: Copying(), theme=theme).run())
"""


def needs(program: str) -> pytest.MarkDecorator:
    """Skips where a program is missing, but never in CI: there the test fails."""
    missing = shutil.which(program) is None
    return pytest.mark.skipif(
        missing and not all_are_needed(), reason=f"{program} is not installed here"
    )


@pytest.fixture
def environ(tmp_path: Path, gateway: DemoGateway) -> dict[str, str]:
    """That of somebody at a terminal who has nothing else running."""
    (tmp_path / "sockets").mkdir(mode=0o700)
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "TMUX_TMPDIR": str(tmp_path / "sockets"),
        "SCREENDIR": str(tmp_path / "sockets"),
        "SHELL": "/bin/sh",
        "HOOP_APIURL": gateway.url,
        "HOOP_TOKEN": gateway.token,
    }


@contextmanager
def in_terminal(environ: Mapping[str, str], *command: str) -> Iterator[OuterTerminal]:
    """A terminal, hung up in the end."""
    terminal = OuterTerminal(command, environ)
    try:
        yield terminal
    finally:
        terminal.close()


@contextmanager
def in_tmux(
    environ: Mapping[str, str], tmp_path: Path, options: str, *command: str
) -> Iterator[OuterTerminal]:
    """A terminal with a tmux of its own in it, which ends with it."""
    configuration = tmp_path / "tmux.conf"
    configuration.write_text(options)
    try:
        with in_terminal(environ, "tmux", "-f", str(configuration), "new", *command) as terminal:
            yield terminal
    finally:
        subprocess.run(["tmux", "kill-server"], env=dict(environ), check=False, capture_output=True)


def copy_id(terminal: OuterTerminal) -> None:
    """Copy the first session's id once the browser shows it."""
    terminal.until(lambda: b"row 1" in terminal.received)
    terminal.type("y")
    terminal.until(lambda: b"Copied the session id" in terminal.received)


def buffer_of(environ: Mapping[str, str]) -> str:
    """tmux's own buffer; "" where there is none."""
    shown = subprocess.run(
        ["tmux", "show-buffer"], env=dict(environ), check=False, capture_output=True, text=True
    )
    return shown.stdout


def terminal_session(environ: Mapping[str, str]) -> str:
    """The id of a session that can be replayed."""
    asked = ["list", "-n", "100", "--verb", "connect", "--format", "jsonl"]
    printed = subprocess.run(
        [*BROWSER[:3], *asked], env=dict(environ), check=True, capture_output=True, text=True
    )
    rows = [SessionRow.from_json(json.loads(line)) for line in printed.stdout.splitlines()]
    return next(
        row.id
        for row in rows
        if row.end is not None and kind_of(row.type, row.subtype, row.verb).facts.can_replay
    )


def is_id(text: str) -> bool:
    """Whether a text is a session's id."""
    return len(text) == 36 and text.count("-") == 4


BROWSER = (sys.executable, "-m", "hoopscope", "--utc")


def test_it_arrives_at_a_terminal(environ: dict[str, str]) -> None:
    with in_terminal(environ, *BROWSER) as terminal:
        copy_id(terminal)
        assert len(terminal.clipboard) == 1
        assert is_id(terminal.clipboard[0])


ASKS_FOR_MOUSE = re.compile(rb"\x1b\[\?(?:1000|1002|1003|1006|1015|1016)h")


@pytest.mark.parametrize("play", [False, True])
@pytest.mark.parametrize("setting", ["--mouse", "--no-mouse", "HOOPSCOPE_MOUSE"])
def test_without_the_mouse_the_terminal_keeps_it(
    environ: dict[str, str], setting: str, play: bool
) -> None:
    """Its own selection works then, in the browser as in a replay."""
    given = [setting] if setting.startswith("--") else []
    command = [*BROWSER, *given]
    if play:
        command = [*BROWSER[:3], "play", *given, terminal_session(environ)]
    if not given:
        environ = environ | {setting: "no"}
    with in_terminal(environ, *command) as terminal:
        terminal.until(lambda: b"help" in terminal.received)
        assert bool(ASKS_FOR_MOUSE.search(terminal.received)) is (setting == "--mouse")


@needs("tmux")
def test_tmux_takes_it_where_it_is_told_to(environ: dict[str, str], tmp_path: Path) -> None:
    """Its buffer has it, and the terminal outside gets it from tmux."""
    with in_tmux(environ, tmp_path, "set -g set-clipboard on\n", *BROWSER) as terminal:
        copy_id(terminal)
        terminal.until(lambda: terminal.clipboard)
        assert is_id(buffer_of(environ))
        assert terminal.clipboard == [buffer_of(environ)]


@needs("tmux")
def test_tmux_hands_it_on_where_that_is_allowed(environ: dict[str, str], tmp_path: Path) -> None:
    """tmux keeps nothing of it; before tmux 3.3 this was always so."""
    options = "set -g set-clipboard external\nset -gq allow-passthrough on\n"
    with in_tmux(environ, tmp_path, options, *BROWSER) as terminal:
        copy_id(terminal)
        terminal.until(lambda: terminal.clipboard)
        assert is_id(terminal.clipboard[0])
        assert buffer_of(environ) == ""


@needs("tmux")
def test_nothing_is_left_on_the_screen_where_tmux_takes_nothing(
    environ: dict[str, str], tmp_path: Path
) -> None:
    """It cannot be known that nothing arrives, but nothing else happens either."""
    with in_tmux(environ, tmp_path, "set -g set-clipboard off\n", *BROWSER) as terminal:
        copy_id(terminal)
        shown = subprocess.run(
            ["tmux", "capture-pane", "-p"], env=environ, check=True, capture_output=True, text=True
        ).stdout
        assert "Copied the session id, 36 characters, through tmux (OSC 52)." in shown
        assert "52;c" not in shown
        assert terminal.clipboard == []


@needs("tmux")
def test_a_long_text_goes_through_tmux(environ: dict[str, str], tmp_path: Path) -> None:
    program = tmp_path / "copies.py"
    program.write_text(_COPIES_A_LONG_TEXT)
    options = "set -g set-clipboard on\n"
    with in_tmux(environ, tmp_path, options, sys.executable, str(program)) as terminal:
        terminal.until(lambda: terminal.clipboard)
        assert terminal.clipboard == [LONG]
        assert buffer_of(environ) == LONG


@needs("screen")
@pytest.mark.parametrize("term", ["", "screen-256color"])
def test_a_long_text_goes_through_screen(
    environ: dict[str, str], tmp_path: Path, term: str
) -> None:
    """Piece by piece; also where only TERM tells of it, as over ssh, and tells little."""
    program = tmp_path / "copies.py"
    program.write_text(_COPIES_A_LONG_TEXT)
    inside = ["env", "-u", "STY", f"TERM={term}"] if term else []
    with in_terminal(
        environ, "screen", "-c", "/dev/null", "-S", "copies", *inside, sys.executable, str(program)
    ) as terminal:
        try:
            terminal.until(lambda: terminal.clipboard)
            assert terminal.clipboard == [LONG]
        finally:
            subprocess.run(
                ["screen", "-S", "copies", "-X", "quit"],
                env=environ,
                check=False,
                capture_output=True,
            )
