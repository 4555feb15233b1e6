"""How a text is put so that it reaches a terminal's clipboard."""

from __future__ import annotations

import base64
import re

import pytest

from hoopscope.config.keys import CLIPBOARD_WAYS
from hoopscope.tui.clipboard.ways import Way, sequence, way_for

PLAIN = "\x1b]52;c;{}\a"


def encoded(text: str) -> str:
    """What stands in the sequence for a text."""
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("environ", "way"),
    [
        ({"TERM": "xterm-256color"}, Way.PLAIN),
        ({}, Way.PLAIN),
        ({"TERM": "tmux-256color"}, Way.TMUX),
        ({"TERM": "screen-256color", "TMUX": "/tmp/tmux-0/default,1,0"}, Way.TMUX),
        ({"TERM": "xterm-256color", "TMUX": "/tmp/tmux-0/default,1,0"}, Way.TMUX),
        ({"TERM": "screen", "STY": "1.pts"}, Way.SCREEN),
        ({"TERM": "screen.xterm-256color", "STY": "1.pts"}, Way.SCREEN),
        # Over ssh nothing else is handed on, and tmux may call itself screen.
        ({"TERM": "screen-256color"}, Way.TMUX_OR_SCREEN),
        # One in the other, and TERM does not tell which is the inner one.
        ({"TERM": "screen", "STY": "1.pts", "TMUX": "/tmp/x,1,0"}, Way.TMUX_OR_SCREEN),
        ({"TERM": "tmux-256color", "STY": "1.pts", "TMUX": "/tmp/x,1,0"}, Way.TMUX),
    ],
)
def test_the_environment_tells_what_is_around(environ: dict[str, str], way: Way) -> None:
    """No program is asked for it."""
    assert way_for("auto", environ) is way


@pytest.mark.parametrize("setting", CLIPBOARD_WAYS)
def test_every_setting_is_a_way(setting: str) -> None:
    """Whatever the environment says."""
    environ = {"TERM": "xterm", "TMUX": "/tmp/x,1,0", "STY": "1.pts"}
    if setting != "auto":
        assert way_for(setting, environ).value == setting


def test_plain() -> None:
    assert sequence("one ✓", Way.PLAIN) == PLAIN.format(encoded("one ✓"))


def test_off_writes_nothing() -> None:
    assert sequence("one", Way.OFF) == ""


def test_tmux_gets_it_plain_and_to_be_handed_on() -> None:
    plain = PLAIN.format(encoded("one"))
    assert sequence("one", Way.TMUX) == f"{plain}\x1bPtmux;\x1b{plain}\x1b\\"


@pytest.mark.parametrize("way", [Way.SCREEN, Way.TMUX_OR_SCREEN])
@pytest.mark.parametrize("length", [1, 375, 376, 5_000])
def test_screen_gets_it_in_pieces_that_are_put_together(way: Way, length: int) -> None:
    """None is longer than what screen takes, and none ends in the middle of an escape."""
    plain = PLAIN.format(encoded("x" * length))
    sent = sequence("x" * length, way)
    if way is Way.TMUX_OR_SCREEN:
        assert sent.startswith(plain)
        sent = sent.removeprefix(plain)
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", sent, re.DOTALL)
    assert "".join(f"\x1bP{piece}\x1b\\" for piece in pieces) == sent
    assert "".join(pieces) == plain
    assert max(len(piece) for piece in pieces) < 768
    assert not any(piece.endswith("\x1b") for piece in pieces)
