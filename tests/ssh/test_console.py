"""A restricted console over a real SSH: everything is tried that a keyboard can, nothing comes out.

The browser runs as the forced command of an sshd, and strace tells what it, and all that came of
it, asked of the kernel.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from benchmarks.terminal import Terminal

from hoopscope.confinement.wording import REFUSAL
from hoopscope.demo.server import DemoGateway
from hoopscope.own_processes import REPLAY_PROGRAM
from tests.ssh.console import Console, Descendants, console
from tests.ssh.keys import ESCAPE, bindings, sent_for

pytestmark = pytest.mark.whole

NOW = datetime(2026, 11, 23, 14, 3, 25, tzinfo=UTC)
QUITTING = {"q", "ctrl+q"}
BOX = re.compile(r"▔▔|╭|╰|▁▁▁▁|\+--")
"""Of something above the table."""
HOSTILE = [
    b"\x1b]52;c;aG9vcA==\x07",
    b"\x1b]0;title\x07",
    b'\x1bP$q"p\x1b\\',
    b"\x1b[6n\x1b[c\x1b[>c",
    b"\x1b[200~$(touch pasted)`touch pasted`\n;touch pasted\n!sh\n\x1b[201~",
    b"\x1b[?1049l\x1b[2J",
    b"[@click=app.screenshot()]x[/] [link=file:///etc/passwd]y[/]",
    b"../../../../etc/passwd",
    b"\x9b31m\x90\x9d\xff\xfe\x00",
]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    with (
        DemoGateway(sessions=500, now=NOW) as gateway,
        console(tmp_path_factory.mktemp("console"), gateway) as started,
    ):
        yield started


def files_in(folder: Path) -> dict[str, tuple[int, int]]:
    """All that there is: files with their size and when they were changed, in nanoseconds."""
    found = {}
    for path in folder.rglob("*"):
        status = path.lstat()
        # A folder knows of files as well that had their names taken away at once.
        of_file = (status.st_size, status.st_mtime_ns) if path.is_file() else (0, 0)
        found[str(path)] = of_file
    return found


def browsing(terminal: Terminal) -> None:
    """Wait for the browser."""
    terminal.wait_for("row 1 of", 30)
    terminal.wait_for("ana@tidewater.example")


def row_with_a_replay(gateway: DemoGateway) -> int:
    """Where in the list the newest terminal session is that has ended."""
    with httpx.Client(headers={"Authorization": f"Bearer {gateway.token}"}) as client:
        rows = client.get(f"{gateway.url}/api/sessions?limit=60").json()["data"]
    return next(
        index
        for index, row in enumerate(rows)
        if (row["type"], row["verb"], row["status"]) == ("command-line", "connect", "done")
        and row["event_size"]
    )


def say_and_wait(terminal: Terminal, keys: bytes, text: str) -> None:
    """Type, and wait for what that shows."""
    terminal.type(keys)
    terminal.wait_for(text)


def back_to_the_table(terminal: Terminal) -> None:
    """Leave whatever is open."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        terminal.settle(0.08)
        terminal.type(ESCAPE)
        terminal.settle(0.08)
        *above, keys = terminal.screen()
        if " q quit" in keys and not BOX.search("".join(above)):
            if any(" row " in line for line in above[-3:]):
                return
            # What was typed into a filter has left no session.
            terminal.type(b"x")
    raise TimeoutError("\n".join(["this is not the table:", *terminal.screen()]))


@pytest.fixture
def proved(served: Console) -> Iterator[Descendants]:
    """Afterwards no other program was started, no file was written, and nobody else was asked."""
    before = files_in(served.home)
    with Descendants(served.server.process.pid) as descendants:
        yield descendants
        wait_until_alone(descendants)
    assert files_in(served.home) == before
    assert descendants.seen
    for line in descendants.seen.values():
        assert re.search(rf"^sshd|hoopscope --restricted$|/console$|{REPLAY_PROGRAM}", line), line
    if served.trace is None:
        return
    programs = served.programs()
    browsers = [line for line in programs if '"-m", "hoopscope", "--restricted"' in line]
    replays = [line for line in programs if REPLAY_PROGRAM in line]
    assert browsers
    assert sorted(programs) == sorted(browsers + replays)
    assert served.writes() == []
    port = f"htons({served.gateway.url.rpartition(':')[2]})"
    assert [line for line in served.addresses() if port not in line] == []


def test_people_work_in_it_and_meet_no_way_out(served: Console, proved: Descendants) -> None:
    smuggled = ("-o", "SetEnv=HOOPSCOPE_RESTRICTED=0 TEXTUAL_DRIVER=x:y PYTHONINSPECT=1")
    with served.open(*smuggled) as terminal:
        while not any("-m hoopscope" in line for line in proved.seen.values()):
            terminal.pump(0.05)
        # What the terminal itself makes signals of, while there is no browser yet.
        terminal.type(b"\x1a\x1c\x03")
        browsing(terminal)
        # What the account's shell may start before the command is not the command's.
        proved.seen.clear()
        work_in_it(terminal, row_with_a_replay(served.gateway))
        terminal.type(b"q")
        assert terminal.wait(20) == 0
        assert served.gateway.token.encode() not in terminal.written
        assert str(served.home.parent).encode() not in terminal.written
    if served.trace is not None:
        wait_until_alone(proved)
        assert any(REPLAY_PROGRAM in line for line in served.programs())


@pytest.mark.parametrize(
    ("places", "fields"),
    [
        pytest.param((b"", b"\r5"), (b"/", b"\r3/"), id="some"),
        pytest.param(
            (b"", b"f", b"\r", b"\r3", b"\r5"),
            (b"/", b"f", b"\r3/", b":"),
            id="all",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_whatever_is_typed_nothing_comes_of_it(
    served: Console, proved: Descendants, places: tuple[bytes, ...], fields: tuple[bytes, ...]
) -> None:
    keys = {key: sent_for(key) for key in sorted({each.key for each in bindings()} - QUITTING)}
    unsendable = {key for key, sent in keys.items() if sent is None}
    assert all(key.startswith("super+") or key.endswith("backspace") for key in unsendable)
    typed = [sent for sent in keys.values() if sent is not None]
    back = [ESCAPE] * 8
    pieces: list[bytes] = []
    for open_it in places:
        pieces += [open_it, *typed, *back]
    for open_it in fields:
        for hostile in HOSTILE:
            pieces += [open_it, hostile, b"\r", *back[:4]]
    written = b""
    while pieces:
        # Typed this fast it may also end; then a person would come again.
        with served.open() as terminal:
            browsing(terminal)
            proved.seen.clear()
            while pieces and not terminal.ended():
                terminal.type(pieces.pop(0))
                terminal.pump(0.004)
            terminal.settle(0.3)
            with suppress(OSError):
                terminal.type(b"\x11")
            terminal.settle(1)
            written += terminal.written
    assert served.gateway.token.encode() not in written
    assert str(served.home.parent).encode() not in written
    assert b"Traceback" not in written


def work_in_it(terminal: Terminal, with_replay: int) -> None:
    """What people come for: the list, a search, a session, its replay; and what is not theirs."""
    say_and_wait(terminal, b"f", "Connection")
    back_to_the_table(terminal)
    say_and_wait(terminal, b"/", "Find")
    terminal.type(b"prod\r")
    back_to_the_table(terminal)
    say_and_wait(terminal, b"?", "Help")
    assert "Suspend" not in "\n".join(terminal.screen())
    back_to_the_table(terminal)
    for name in (b"suspend", b"screenshot"):
        say_and_wait(terminal, b":", "Search for commands")
        say_and_wait(terminal, name, "No match")
        terminal.type(b"\r")
        back_to_the_table(terminal)
    terminal.type(b"\x1b[H" + b"\x1b[B" * with_replay)
    say_and_wait(terminal, b"", f"row {with_replay + 1} of")
    say_and_wait(terminal, b"\r", "Summary")
    say_and_wait(terminal, b"4", "event ")
    say_and_wait(terminal, b"S", REFUSAL)
    back_to_the_table(terminal)


def wait_until_alone(descendants: Descendants) -> None:
    """Wait until nothing is left of a session."""
    for _ in range(200):
        if not descendants.look():
            return
        time.sleep(0.05)
    raise TimeoutError(f"still there: {descendants.seen}")


def test_clients_that_are_gone_leave_nothing_behind(served: Console) -> None:
    descendants = Descendants(served.server.process.pid)
    with served.open() as killed, served.open() as hung_up:
        browsing(killed)
        browsing(hung_up)
        both = descendants.look()
        killed.kill()
        os.close(hung_up._file)
        hung_up._file = os.open(os.devnull, os.O_RDWR)
        wait_until_alone(descendants)
    assert both


def test_without_a_terminal_it_says_so(served: Console) -> None:
    import subprocess

    became = subprocess.run(
        [*served.server.client(), "127.0.0.1", "id"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert became.returncode == 2
    assert became.stdout == ""
    assert became.stderr.startswith("hoopscope: The browser needs a terminal.")
