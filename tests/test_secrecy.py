"""A credential is planted, everything is done with it, and then it is looked for everywhere."""

from __future__ import annotations

import base64
import os
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from benchmarks.terminal import Terminal

from hoopscope.demo.server import DemoGateway
from tests.tui.conftest import browser_on
from tests.tui.screens.session.conftest import open_session

pytestmark = pytest.mark.whole

HOOPSCOPE = [sys.executable, "-P", "-m", "hoopscope"]
REFUSED = "hpk_PLANTED0and0refused0by0everybody0c0ffee"
FORMATS = ("txt", "cast", "json", "jsonl", "csv", "script")
CRASH = """
import hoopscope.tui.standing as standing
def broken(*args, **kwargs):
    credential = kwargs
    raise RuntimeError('planted')
standing.title_line = broken
"""


@pytest.fixture(scope="module")
def gateway() -> Iterator[DemoGateway]:
    """Some hundred sessions that nobody changes."""
    with DemoGateway(sessions=300, live=False) as running:
        yield running


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home of its own, with all that one has."""
    for name in ("config", "state", "cache", "tmp", "here"):
        (tmp_path / name).mkdir()
    return tmp_path


def environment(home: Path, gateway: DemoGateway, **more: str) -> dict[str, str]:
    """Nothing but what is needed, and every word that there is about what happens."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "TMPDIR": str(home / "tmp"),
        "LANG": "C.UTF-8",
        "HOOP_APIURL": gateway.url,
        "HOOPSCOPE_DEBUG": "1",
        **more,
    }


def given(source: str, home: Path, token: str) -> dict[str, str]:
    """The variables that give a credential in one of the ways."""
    if source == "variable":
        return {"HOOP_TOKEN": token}
    file = home / "token"
    file.write_text(token)
    file.chmod(0o600)
    return {"HOOPSCOPE_TOKEN_FILE": str(file)}


def tells(token: str, content: bytes) -> bool:
    """Whether a content has the credential in it, as it is or in another dress."""
    secret = token.rpartition(".")[2].encode()
    dressed = base64.b64encode(secret)[: len(secret) // 2]
    return any(look in content for look in (secret, secret[4:-4], dressed, secret.hex().encode()))


def files_that_tell(token: str, folder: Path, allowed: Iterable[Path] = ()) -> list[Path]:
    """The files in a folder that have the credential in them."""
    found = [path for path in folder.rglob("*") if path.is_file() and path not in set(allowed)]
    return [path for path in found if tells(token, path.read_bytes())]


def processes_that_tell(token: str, browser: int) -> list[str]:
    """Whose command line has the credential in it, or whose environment but the browser's own."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        for what in ("cmdline", "environ"):
            if what == "environ" and int(process.name) in (browser, os.getpid()):
                continue
            with suppress(OSError):
                if tells(token, (process / what).read_bytes()):
                    found.append(str(process / what))
    return found


def some_session(gateway: DemoGateway) -> tuple[int, str]:
    """Where the newest terminal session that has ended stands in the list, and its id."""
    with httpx.Client(headers={"Authorization": f"Bearer {gateway.token}"}) as client:
        rows = client.get(f"{gateway.url}/api/sessions?limit=100").json()["data"]
    return next(
        (index, row["id"])
        for index, row in enumerate(rows)
        if (row["type"], row["verb"], row["status"]) == ("command-line", "connect", "done")
        and row["event_size"]
    )


def test_what_looks_for_it_finds_it(tmp_path: Path) -> None:
    token = "eyJh.middle.0123456789abcdefghij"
    dressed = base64.b64encode(token[12:].encode()).decode()
    for number, look in enumerate((token, token[-16:], dressed)):
        (tmp_path / str(number)).write_text(f"before {look} after")
    (tmp_path / "clean").write_bytes(b"eyJh.middle.")
    (tmp_path / "part").write_text("0123456789ab")
    assert {path.name for path in files_that_tell(token, tmp_path)} == {"0", "1", "2"}
    child = subprocess.Popen(["sleep", "60"], env={"PLANTED": token}, stdin=subprocess.DEVNULL)
    try:
        assert processes_that_tell(token, 0) == [f"/proc/{child.pid}/environ"]
    finally:
        child.kill()
        child.wait()


@pytest.mark.parametrize("source", ["variable", "file"])
def test_the_browser_and_its_processes(gateway: DemoGateway, home: Path, source: str) -> None:
    own = environment(home, gateway, **given(source, home, gateway.token))
    row, _ = some_session(gateway)
    with Terminal(HOOPSCOPE, size=(80, 24), environment=own) as terminal:
        terminal.wait_for("row 1 of")
        terminal.type(b"\x1b[B" * row)
        terminal.wait_for(f"row {row + 1} of")
        terminal.type(b"\r")
        terminal.wait_for("Summary")
        for part in b"8", b"5", b"4":
            terminal.type(part)
            terminal.settle(0.2)
        terminal.wait_for("event ")
        assert Path(f"/proc/{terminal.pid}/task/{terminal.pid}/children").read_text().split()
        assert processes_that_tell(gateway.token, terminal.pid) == []
        terminal.type(b"q")
        terminal.wait_for("q quit")
        terminal.type(b"?")
        terminal.settle(0.2)
        terminal.type(b"\x11")
        assert terminal.wait() == 0
        assert not tells(gateway.token, bytes(terminal.written))
    allowed = {home / "token"}
    assert files_that_tell(gateway.token, home, allowed) == []


def test_a_crash_with_every_word_about_it(gateway: DemoGateway, home: Path) -> None:
    (home / "sitecustomize.py").write_text(CRASH)
    own = environment(home, gateway, HOOP_TOKEN=gateway.token)
    own["PYTHONPATH"] = os.pathsep.join([str(home), own["PYTHONPATH"]])
    with Terminal(HOOPSCOPE, size=(80, 24), environment=own) as terminal:
        assert terminal.wait(20) == 70
        assert b"Traceback" in terminal.written
        assert b"planted" in terminal.written
        assert not tells(gateway.token, bytes(terminal.written))
    assert files_that_tell(gateway.token, home) == []


def test_gateways_that_refuse_or_are_not_there(gateway: DemoGateway, home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        nobody = f"http://127.0.0.1:{probe.getsockname()[1]}"
    for url in (gateway.url, nobody, gateway.url.replace("http:", "https:")):
        own = environment(home, gateway, HOOP_TOKEN=REFUSED)
        own |= {"HOOP_APIURL": url, "HOOPSCOPE_DEADLINE_SECONDS": "1"}
        ran = run_hoopscope(["list"], own, home)
        assert ran.returncode in (1, 3)
        assert b"Traceback" in ran.stderr
        assert not tells(REFUSED, ran.stdout + ran.stderr)
    own = environment(home, gateway, HOOP_TOKEN=REFUSED)
    with Terminal(HOOPSCOPE, size=(80, 24), environment=own) as terminal:
        terminal.wait_for("credential")
        terminal.type(b"\x11")
        terminal.wait()
        assert not tells(REFUSED, bytes(terminal.written))
    assert files_that_tell(REFUSED, home) == []


def run_hoopscope(
    arguments: list[str], own: Mapping[str, str], home: Path, given_in: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """A command that was run in a folder of its own."""
    return subprocess.run(
        [*HOOPSCOPE, *arguments], env=own, cwd=home / "here", input=given_in, capture_output=True
    )


def test_commands_and_what_they_write(gateway: DemoGateway, home: Path) -> None:
    _, session_id = some_session(gateway)
    token = gateway.token
    commands = [
        ["config"],
        ["whoami"],
        ["whoami", "--format", "json"],
        ["list", "--format", "jsonl", "-n", "300"],
        ["list", "-o", "list.csv", "--format", "csv"],
        ["get", session_id],
        ["get", session_id, "--format", "json"],
        ["output", session_id],
        *(["export", session_id, "--format", each, "-o", f"x.{each}"] for each in FORMATS),
        ["export", "--limit", "5", "--format", "json", "-o", "folder/", "--with-secrets"],
    ]
    # All of them in one process, which is started once.
    program = "import sys; from hoopscope.cli.run import run\nfor each in sys.argv[1:]:"
    program += " sys.stdout.flush(); print('exit', run(each.split()), flush=True)"
    ran = subprocess.run(
        [sys.executable, "-P", "-c", program, *(" ".join(each) for each in commands)],
        env=environment(home, gateway, **given("file", home, token)),
        cwd=home / "here",
        capture_output=True,
        timeout=120,
    )
    ended = [line for line in ran.stdout.splitlines() if line.startswith(b"exit ")]
    assert ended.count(b"exit 0") >= len(commands) - 2, ran.stderr
    assert len(ended) == len(commands)
    assert not tells(token, ran.stdout + ran.stderr)
    assert len(list((home / "here").rglob("*"))) > 8
    assert files_that_tell(token, home, {home / "token"}) == []


def test_a_credential_that_is_piped_in(gateway: DemoGateway, home: Path) -> None:
    own = environment(home, gateway)
    ran = run_hoopscope(["--token-file", "-", "config"], own, home, gateway.token.encode())
    assert ran.returncode == 0
    assert b"standard input" in ran.stdout or b"--token-file" in ran.stdout
    assert not tells(gateway.token, ran.stdout + ran.stderr)
    assert files_that_tell(gateway.token, home) == []


async def test_pictures_of_the_screen(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        pictures = [browser.app.export_screenshot()]
        await open_session(browser, lambda row: row.exit_code == 0)
        for part in "1358":
            await browser.press(part)
            await browser.pilot.pause()
            pictures.append(browser.app.export_screenshot())
        assert not [picture for picture in pictures if tells(gateway.token, picture.encode())]
        assert all("<svg" in picture for picture in pictures)
