"""Commands run in this process, against a gateway on loopback, with nobody's own settings."""

from __future__ import annotations

import gc
import http.server
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from hoopscope.cli.run import run
from hoopscope.demo.server import DemoGateway

SECRET = "hpk_PLANTED-secret-0123456789"


class Outcome(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


Command = Callable[..., Outcome]
Answering = Callable[..., str]


@pytest.fixture(scope="session")
def demo() -> Iterator[DemoGateway]:
    """A gateway with a history of 250 sessions that nothing changes."""
    with DemoGateway(sessions=250, seed=7) as gateway:
        yield gateway


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings at all: no variables, no files."""
    for name in ("HOOP_APIURL", "HOOP_TOKEN", "HOOP_TLSCA", "HOOP_TLS_SKIP_VERIFY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOOPSCOPE_DEBUG", "HOOPSCOPE_CONFIG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setattr("hoopscope.cli.messages._known_secrets", set())


@pytest.fixture
def settings_file(nobody: None, tmp_path: Path) -> Path:
    """Where the settings are looked for; its folder is there."""
    file = tmp_path / "xdg" / "hoopscope" / "config.toml"
    file.parent.mkdir(parents=True)
    return file


@pytest.fixture
def command(nobody: None, capsysbinary: pytest.CaptureFixture[bytes]) -> Command:
    """Runs a command line as `hoopscope` would."""

    def ran(*arguments: str) -> Outcome:
        capsysbinary.readouterr()
        code = run(arguments)
        gc.enable()
        captured = capsysbinary.readouterr()
        return Outcome(code, captured.out.decode(), captured.err.decode())

    return ran


@pytest.fixture
def on_demo(command: Command, demo: DemoGateway, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The same, on the demo gateway."""
    monkeypatch.setenv("HOOP_APIURL", demo.url)
    monkeypatch.setenv("HOOP_TOKEN", demo.token)
    return command


@pytest.fixture
def answering(nobody: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Answering]:
    """A server that answers everything alike, and is set as the gateway; gives its address."""
    servers: list[http.server.ThreadingHTTPServer] = []

    def started(body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> str:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(status)
                for name, value in (headers or {"Content-Type": "application/json"}).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        servers.append(server)
        url = f"http://127.0.0.1:{server.server_address[1]}"
        monkeypatch.setenv("HOOP_APIURL", url)
        monkeypatch.setenv("HOOP_TOKEN", SECRET)
        return url

    yield started
    for server in servers:
        server.shutdown()
        server.server_close()
