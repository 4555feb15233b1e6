"""Nothing of a recording reaches the real terminal except as text; proven on the bytes written."""

from __future__ import annotations

import re
import sys

from benchmarks.terminal import Terminal

from tests.tui.widgets.hostile_replay import SECRET

PROGRAM = [sys.executable, "-m", "tests.tui.widgets.hostile_replay"]

# What Textual itself writes: addressing, looks, and its modes at the begin and the end.
EXPECTED = re.compile(
    rb"\x1b\[[0-9;]*[HmKJ]"
    rb"|\x1b\[\?(?:1049|1000|1002|1003|1004|1006|1015|1016|2004|2026|2048|25|7)[hl]"
    rb"|\x1b\[\?(?:2026|2048)\$p|\x1b\[[><=]?[0-9;]*u|\x1b\[6n|\x1b\[\?u"
    rb"|\x1b\]22;default\x07|\r|\n"
)


def test_only_text_and_looks_reach_the_terminal() -> None:
    with Terminal([*PROGRAM, "play"], size=(80, 27)) as terminal:
        terminal.wait_for("all was fed")
        terminal.wait_for("end 0:01")
        terminal.type(b"\x1b[H")
        for _ in range(20):
            terminal.press(b".", quiet=0.02)
        written = bytes(terminal.written)
    rest = EXPECTED.sub(b"", written).decode()
    assert not [sign for sign in rest if ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0]
    assert not re.search("[\u200b-\u200f\u2028-\u202e\u2066-\u2069]", rest)
    assert written.count(b"\x1b[?1049h") == 1
    assert b"\x1b[?1000h\x1b[?1006h" not in written
    # A link's text and what has no meaning to a terminal may show, and no more.
    assert b"link" in written
    assert b"http" not in written
    assert SECRET not in written
    assert b"[bold red]markup[/]" in written


def test_a_paused_replay_writes_nothing() -> None:
    with Terminal([*PROGRAM, "pause"], size=(80, 27)) as terminal:
        terminal.wait_for("assumed")
        while any("reading" in line for line in terminal.screen()):
            assert terminal.pump(10.0)
        terminal.settle(1.0)
        before = len(terminal.written)
        terminal.settle(1.5, limit=2.0)
        assert len(terminal.written) == before
