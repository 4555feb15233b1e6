"""What is copied, and what is said of it."""

from __future__ import annotations

import base64
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.tui.clipboard.copied_text import amount, one_line, several_lines
from hoopscope.tui.clipboard.terminal_clipboard import (
    LONGEST,
    OFF_AT_GATEWAY,
    OFF_HERE,
    Copied,
    TerminalClipboard,
)
from hoopscope.tui.clipboard.ways import Way


class Terminal:
    """Keeps what is written to it."""

    def __init__(self, way: Way = Way.PLAIN) -> None:
        self.written: list[str] = []
        self.clipboard = TerminalClipboard(way, self.written.append)

    def copy(
        self, text: str, what: str = "the link", *, allowed: bool = True, is_line: bool = False
    ) -> Copied:
        return self.clipboard.copy(text, what, allowed=allowed, is_line=is_line)

    @property
    def content(self) -> str:
        """What stands in the last sequence."""
        encoded = self.written[-1].removeprefix("\x1b]52;c;").removesuffix("\a")
        return base64.b64decode(encoded).decode()


@pytest.mark.parametrize(
    ("way", "where"),
    [
        (Way.PLAIN, "to the terminal"),
        (Way.TMUX, "through tmux"),
        (Way.SCREEN, "through screen"),
        (Way.TMUX_OR_SCREEN, "through tmux or screen"),
    ],
)
def test_it_is_said_what_was_copied_how_much_and_where_to(way: Way, where: str) -> None:
    terminal = Terminal(way)
    copied = terminal.copy("one\ntwo\n", "the selection")
    assert copied == (f"Copied the selection, 2 lines, {where} (OSC 52).", "muted", "one\ntwo\n")
    assert len(terminal.written) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x", "1 character"),
        ("12345", "5 characters"),
        ("one\n", "3 characters"),
        ("one\ntwo", "2 lines"),
        ("\n" * 1_234, "1,234 lines"),
    ],
)
def test_amounts(text: str, words: str) -> None:
    assert amount(text) == words


def test_nothing_is_written_where_copying_is_off() -> None:
    """At the gateway, in the settings; both say so."""
    terminal = Terminal()
    assert terminal.copy("x", allowed=False).said == OFF_AT_GATEWAY
    off = Terminal(Way.OFF)
    assert off.copy("x").said == OFF_HERE
    assert off.copy("", allowed=False).said == OFF_AT_GATEWAY
    assert terminal.written == off.written == []


def test_what_is_too_long_is_refused_whole() -> None:
    """Bytes count, not characters: a terminal would drop all of it, silently."""
    terminal = Terminal()
    assert terminal.copy("x" * LONGEST).said.startswith("Copied the link, 74,994 characters")
    refused = terminal.copy("ü" * (LONGEST // 2 + 1), "the text")
    reason = "74,996 bytes, and terminals take 74,994"
    assert refused == (f"The text is too long for a clipboard: {reason}.", "waiting", "")
    # Every control becomes four characters.
    assert terminal.copy("\x1b" * 20_000).text == ""
    assert len(terminal.written) == 1


def test_nothing_to_copy() -> None:
    assert Terminal().copy("").said == "There is nothing to copy: the link is empty."


def test_a_line_cannot_enter_itself_in_a_shell() -> None:
    terminal = Terminal()
    terminal.copy("rm -rf x\n\x1b[201~reboot\r\n", is_line=True)
    assert terminal.content == "rm -rf x\\n\\x1b[201~reboot\\r\\n"


def test_lines_stay_lines_and_nothing_else_is_obeyed() -> None:
    terminal = Terminal()
    terminal.copy("if x:\r\n\ty\x1b[A\x07\u202e\n\udcff")
    assert terminal.content == "if x:\n\ty\\x1b[A\\x07\\u202e\n\\udcff"


@given(st.text())
def test_whatever_is_copied_is_harmless(text: str) -> None:
    """The bracketed paste of a terminal cannot be ended from within either."""
    obeyed = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert not obeyed & {unicodedata.category(sign) for sign in one_line(text)}
    kept = several_lines(text).replace("\t", "").replace("\n", "")
    assert not obeyed & {unicodedata.category(sign) for sign in kept}
    assert several_lines(several_lines(text)) == several_lines(text)
