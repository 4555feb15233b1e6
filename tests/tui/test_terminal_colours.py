from __future__ import annotations

import os
import subprocess
import sys

import pytest

from hoopscope.tui.terminal_colours import terminal_colours


@pytest.mark.parametrize(
    ("environ", "colours"),
    [
        ({"TERM": "xterm"}, 16),
        ({"TERM": "screen"}, 16),
        ({"TERM": "xterm-256color"}, 256),
        ({"TERM": "screen-256color"}, 256),
        ({"TERM": "tmux-256color"}, 256),
        ({"TERM": "xterm-kitty"}, 256),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, 1 << 24),
        ({}, 16),
    ],
)
def test_the_name_tells(environ: dict[str, str], colours: int) -> None:
    assert terminal_colours(environ) == colours


@pytest.mark.parametrize(
    ("term", "colours"),
    [("vt100", 0), ("vt220", 0), ("linux", 16), ("a-terminal-that-nobody-knows", 16)],
)
def test_the_database_of_terminals_tells(term: str, colours: int) -> None:
    # It answers for one terminal a process.
    found = subprocess.run(
        [
            sys.executable,
            "-c",
            "from hoopscope.tui.terminal_colours import terminal_colours;print(terminal_colours())",
        ],
        env={key: value for key, value in os.environ.items() if key != "COLORTERM"}
        | {"TERM": term},
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(found.stdout) == colours
