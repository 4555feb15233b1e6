"""Signing in from a real terminal, from a pipe, and with nobody there to answer."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hoopscope.config.credentials_store import CredentialsStore
from hoopscope.demo.access import PASSWORD
from hoopscope.demo.server import DemoGateway
from tests.cli.conftest import Answering, Command
from tests.cli.login_terminal import hoopscope
from tests.keyrings import MemoryKeyring, use_keyring

ANA = "ana@tidewater.example"
WRONG = "PLANTED-wrong-password"


@pytest.fixture(scope="module")
def gateway() -> Iterator[DemoGateway]:
    with DemoGateway(sessions=20) as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> CredentialsStore:
    """What a command in a terminal keeps."""
    return CredentialsStore(tmp_path / "state" / "hoopscope" / "credentials.json", "file")


@pytest.fixture
def piped(command: Command, monkeypatch: pytest.MonkeyPatch) -> Iterator[Command]:
    """Runs a command with its first argument as standard input."""
    from keyring.backends.fail import Keyring

    use_keyring(monkeypatch, Keyring())  # type: ignore[no-untyped-call]
    files = []

    def ran(given: str, *arguments: str) -> object:
        process_input = opened_with(given)
        files.append(process_input)
        monkeypatch.setattr("sys.stdin", process_input)
        return command(*arguments)

    yield ran  # type: ignore[misc]
    for file in files:
        file.close()


def opened_with(content: str) -> io.TextIOWrapper:
    """A pipe, or a file where a pipe cannot hold it; they are waited for differently."""
    if len(content) > 10_000:
        file = tempfile.TemporaryFile()  # noqa: SIM115 (closed by the fixture)
        file.write(content.encode())
        file.seek(0)
        return io.TextIOWrapper(file)
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as pipe:
        pipe.write(content)
    return io.TextIOWrapper(os.fdopen(reading, "rb"))


def test_a_password_is_typed_unseen_and_what_it_brings_is_kept(
    gateway: DemoGateway, tmp_path: Path, store: CredentialsStore
) -> None:
    with hoopscope(tmp_path, "login", "--url", gateway.url) as terminal:
        terminal.until("E-mail: ")
        assert terminal.echoes()
        terminal.type(ANA)
        terminal.until("Password")
        terminal.hide_first()
        terminal.type(WRONG)
        terminal.until("The password is not right.")
        terminal.until(f"E-mail [{ANA}]: ")
        terminal.type("")
        terminal.until("Password")
        terminal.hide_first()
        # It can be mended while it is typed.
        terminal.type(f"nonsense\x15{PASSWORD}é\x7f")
        terminal.until("Signed in to 127.0.0.1")
        assert terminal.ended() == 0
        assert terminal.echoes()
    assert f"as {ANA} (admin)" in terminal.shown
    assert "~/state/hoopscope/credentials.json" in terminal.shown
    found = store.find(gateway.url)
    assert found is not None
    assert found.value in gateway.tokens[ANA]
    for secret in (WRONG, PASSWORD, found.value):
        assert secret not in terminal.shown


def test_three_wrong_passwords_are_enough_and_nothing_is_kept(
    gateway: DemoGateway, tmp_path: Path, store: CredentialsStore
) -> None:
    with hoopscope(tmp_path, "login", "--url", gateway.url, "--email", ANA) as terminal:
        for number in range(3):
            terminal.until("Password")
            terminal.hide_first()
            terminal.type(WRONG)
            terminal.until("The password is not right.")
            if number < 2:
                terminal.until("E-mail")
                terminal.type("")
        assert terminal.ended() == 3
    assert WRONG not in terminal.shown
    assert not store.path.exists()


def test_ctrl_c_ends_it_and_the_terminal_shows_again_what_is_typed(
    gateway: DemoGateway, tmp_path: Path
) -> None:
    with hoopscope(tmp_path, "login", "--url", gateway.url, "--email", ANA) as terminal:
        terminal.until("Password")
        terminal.hide_first()
        terminal.interrupt()
        assert terminal.ended() == 130
        assert terminal.echoes()
    assert "Traceback" not in terminal.shown


def test_a_token_longer_than_a_terminals_line_can_be_pasted(tmp_path: Path) -> None:
    long = "hpk_" + "PLANTED" * 1_000
    with DemoGateway(sessions=0) as gateway:
        gateway._world.access._bearers[long] = next(iter(gateway._world.access._bearers.values()))
        with hoopscope(tmp_path, "login", "--api-key", "--url", gateway.url) as terminal:
            terminal.until("API key")
            terminal.hide_first()
            terminal.type(long)
            assert terminal.ended() == 0
    assert "PLANTED" not in terminal.shown


def test_it_goes_through_pipes_too(
    piped: Command, gateway: DemoGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = piped(f"{PASSWORD}\n", "login", "--url", gateway.url, "--email", ANA)
    assert (done.code, done.out) == (0, "")
    assert PASSWORD not in done.err
    listed = piped("", "list", "-n", "1", "-f", "jsonl", "--url", gateway.url)
    assert listed.code == 0
    assert json.loads(listed.out)["id"]
    done = piped(f"{ANA}\n{WRONG}\n{PASSWORD}\n", "login", "--url", gateway.url)
    assert done.code == 3, "nobody is there who could be asked again"
    assert WRONG not in done.err


def test_a_key_of_any_kind_is_kept_once_it_is_accepted(
    piped: Command, gateway: DemoGateway, tmp_path: Path
) -> None:
    for name in ("ci-deploy", "API_KEY", ANA):
        key = gateway.tokens[name]
        done = piped(key + "\n", "login", "--api-key", "--url", gateway.url)
        assert done.code == 0, done.err
        assert f"as {name}" in done.err
        assert key not in done.err + done.out
    file = tmp_path / "key"
    file.write_text(gateway.tokens["ci-deploy"])
    file.chmod(0o600)
    done = piped("", "login", "--token-file", str(file), "--url", gateway.url)
    assert (done.code, "as ci-deploy" in done.err) == (0, True)
    shown = piped("", "config", "--url", gateway.url).out
    assert "state/hoopscope/credentials.json" in next(
        line for line in shown.splitlines() if line.startswith("token ")
    )
    assert gateway.tokens["ci-deploy"] not in shown


@pytest.mark.parametrize("given", ["", "hpk_unknown", "two words", "\x00", "x" * 70_000])
def test_a_key_that_is_not_accepted_is_not_kept(
    piped: Command, gateway: DemoGateway, tmp_path: Path, given: str
) -> None:
    done = piped(given, "login", "--api-key", "--url", gateway.url)
    assert done.code in (2, 3)
    assert not (tmp_path / "state").exists()
    assert "hpk_unknown" not in done.err


def test_a_credential_is_no_argument(command: Command) -> None:
    for arguments in (["--api-key", "hpk_PLANTED-1"], ["hpk_PLANTED-1"], ["--password", "PLANTED"]):
        done = command("login", *arguments)
        assert done.code == 2
        assert "PLANTED" not in done.out + done.err
        assert "does not belong on a command line" in done.err


def test_a_keyring_is_taken_where_there_is_one(
    piped: Command, gateway: DemoGateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = MemoryKeyring()
    use_keyring(monkeypatch, backend)
    done = piped(f"{PASSWORD}\n", "login", "--url", gateway.url, "--email", ANA)
    assert "kept in keyring (Memory Keyring)" in done.err
    assert list(backend.kept) == [("hoopscope", gateway.url)]
    # The address is the last sign-in's.
    assert piped("", "list", "-n", "1", "-f", "jsonl").code == 0
    assert "keyring (Memory Keyring)" in piped("", "config").out
    assert piped("", "logout").code == 0
    assert not backend.kept
    assert piped("", "list").code == 2


def test_an_old_gateway_asks_for_a_token(piped: Command, answering: Answering) -> None:
    url = answering(b"404 page not found", 404)
    done = piped("hpk_x\n", "login", "--url", url)
    assert done.code == 1, "nothing there is a gateway's"
    assert "no hoop API" in done.err


def test_what_counts_before_it_is_named(
    piped: Command, gateway: DemoGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOOP_TOKEN", "hpk_of-the-environment")
    done = piped(f"{PASSWORD}\n", "login", "--url", gateway.url, "--email", ANA)
    assert done.code == 0
    assert "HOOP_TOKEN counts before it" in done.err


def test_leaving_removes_what_is_kept_and_names_what_is_left(
    piped: Command, gateway: DemoGateway, tmp_path: Path
) -> None:
    file = tmp_path / ".hoop" / "config.toml"
    file.parent.mkdir()
    file.write_text(f'api_url = "{gateway.url}"\ntoken = "hpk_of-the-cli"\n')
    file.chmod(0o600)
    content = file.read_bytes()
    piped(f"{PASSWORD}\n", "login", "--url", gateway.url, "--email", ANA)
    done = piped("", "logout")
    assert done.code == 0
    assert "is removed from" in done.err
    assert f"Still in use for {gateway.url}: the credential from {file}" in done.err
    assert not list((tmp_path / "state" / "hoopscope").iterdir())
    assert "No credential was kept" in piped("", "logout", "--all").err
    assert file.read_bytes() == content, "it is the hoop CLI's own"


def test_leaving_without_an_address_says_what_to_give(command: Command) -> None:
    done = command("logout")
    assert done.code == 2
    assert "--all" in done.err


def test_a_restricted_console_keeps_nothing(piped: Command, gateway: DemoGateway) -> None:
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "HOME": "/nowhere",
        "HOOPSCOPE_RESTRICTED": "1",
    }
    for name in ("login", "logout"):
        done = subprocess.run(
            [sys.executable, "-m", "hoopscope", name, "--url", gateway.url],
            input=b"",
            capture_output=True,
            env=environ,
            check=False,
        )
        assert done.returncode == 2
        assert b"restricted" in done.stderr


def test_a_token_that_the_gateway_renews_is_kept(
    piped: Command, answering: Answering, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    body = json.dumps({"data": [], "has_next_page": False}).encode()
    headers = {"Content-Type": "application/json", "X-New-Access-Token": "eyJ.renewed.x"}
    url = answering(body, 200, headers)
    monkeypatch.delenv("HOOP_TOKEN")
    store = CredentialsStore(tmp_path / "state" / "hoopscope" / "credentials.json", "file")
    store.keep(url, "eyJ.first.x")
    assert piped("", "list", "-f", "jsonl").code == 0
    for thread in threading.enumerate():
        if thread.name == "credential-keeper":
            thread.join(10)
    found = store.find(url)
    assert found is not None
    assert found.value == "eyJ.renewed.x"
