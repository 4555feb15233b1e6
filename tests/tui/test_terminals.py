"""Terminals of all kinds: what is sent to each is what it understands."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.terminal import Terminal

from hoopscope.demo.server import DemoGateway

pytestmark = pytest.mark.whole

SGR = re.compile(rb"\x1b\[([0-9;]*)m")
SIXTEEN = {*range(30, 38), 39, *range(40, 48), 49, *range(90, 98)}
STYLES = {0, 1, 2, 3, 4, 7, 9, 22, 23, 24, 27, 29}
ESCAPE = b"\x1b[27u"
"""As terminals send it that leave no doubt about it: nothing has to be waited for."""
SCREENS = [
    (b"\x1b[B", "row 2 of", ""),
    (b"f", "Approver", ""),
    (b"\t\t" + ESCAPE, "", "Approver"),
    (b"?", "Help", ""),
    (ESCAPE, "", "Help"),
    (b"t", "monochrome", ""),
    (ESCAPE, "", "monochrome"),
    (b":", "Search", ""),
    (ESCAPE, "row 2 of", "Search"),
    (b"\r", "Events", ""),
    (b"8", "org_id", ""),
]
"""Keys through the list, filters, help, themes, commands and a session; what then is seen, and
what is not any more."""


@pytest.fixture(scope="module")
def small() -> Iterator[DemoGateway]:
    with DemoGateway(sessions=300) as running:
        yield running


def sent_to(gateway: DemoGateway, home: Path, environment: dict[str, str], *flags: str) -> bytes:
    """All that one terminal gets while somebody looks around."""
    own = {
        "HOME": str(home),
        "HOOP_APIURL": gateway.url,
        "HOOP_TOKEN": gateway.token,
        "COLORTERM": "",
        **environment,
    }
    command = [sys.executable, "-m", "hoopscope", *flags]
    with Terminal(command, size=(80, 24), environment=own) as terminal:
        terminal.wait_for("row 1 of")
        for keys, seen, left in SCREENS:
            terminal.type(keys)
            terminal.wait_for(seen)
            while left and terminal.shows(left):
                assert terminal.pump(10), f"{left!r} stays on the screen"
        terminal.type(b"\x11")
        assert terminal.wait() == 0
        return bytes(terminal.written)


def codes(written: bytes) -> set[int]:
    """The numbers of all styles; what follows 38 and 48 belongs to them and is left out."""
    found: set[int] = set()
    for numbers in SGR.findall(written):
        plain = re.sub(rb"[34]8;(5;\d+|2;\d+;\d+;\d+)", lambda match: match[0][:2], numbers)
        found |= {int(number or b"0") for number in plain.split(b";")}
    return found


# Which of these a name or a variable asks for is told in test_terminal_colours.py.


def test_sixteen_colours_where_there_are_no_more_and_ascii_where_there_is_nothing_else(
    small: DemoGateway, tmp_path: Path
) -> None:
    written = sent_to(small, tmp_path, {"TERM": "linux", "LANG": "C"})
    used = codes(written)
    assert used <= SIXTEEN | STYLES
    assert used & SIXTEEN
    assert written.isascii()


def test_no_true_colour_where_nobody_announced_it_and_another_encoding_is_spoken(
    small: DemoGateway, tmp_path: Path
) -> None:
    # A variable for no colour that is empty asks for nothing.
    environment = {"TERM": "xterm-256color", "LC_ALL": "de_DE.ISO-8859-1", "NO_COLOR": ""}
    written = sent_to(small, tmp_path, environment, "--no-ascii")
    assert re.search(rb"[34]8;5;\d", written)
    assert not re.search(rb"[34]8;2;\d", written)
    assert b" \xb7 " in written, "a middle dot, as that encoding has it"
    assert not re.search("[\x80-\x9f]", written.decode("iso8859-1")), "as UTF-8 would be read"


@pytest.mark.parametrize(
    "environment",
    [{"TERM": "vt100", "LC_ALL": "POSIX"}, {"TERM": "xterm-256color", "NO_COLOR": "1"}],
    ids=["vt100", "NO_COLOR"],
)
def test_no_colour_where_there_is_none(
    small: DemoGateway, tmp_path: Path, environment: dict[str, str]
) -> None:
    written = sent_to(small, tmp_path, environment)
    assert codes(written) <= STYLES | {39, 49}
    assert written.isascii() == ("LC_ALL" in environment)


def test_the_theme_of_sixteen_colours_uses_no_others(small: DemoGateway, tmp_path: Path) -> None:
    used = codes(sent_to(small, tmp_path, {"COLORTERM": "truecolor"}, "--theme", "16-colour"))
    assert used <= SIXTEEN | STYLES
