"""What the documented lines of sshd leave a client: the forced command, and nothing beside it."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.programs import needed
from tests.ssh.server import Server, running

pytestmark = pytest.mark.whole

_PROBE = """#!/bin/sh
echo forced
env
"""
HOST = "127.0.0.1"


@pytest.fixture(scope="module", params=["key", "block"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server whose forced command only tells its environment, forced in one of the two ways."""
    folder = tmp_path_factory.mktemp(request.param)
    command = folder / "probe"
    command.write_text(_PROBE)
    command.chmod(0o755)
    with running(
        folder, command, by_key=request.param == "key", by_block=request.param == "block"
    ) as started:
        yield started


def ran(command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    """A client that was run to its end."""
    return subprocess.run(
        command,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
    )


def until(condition: Callable[[], object]) -> None:
    """Wait until something is so."""
    for _ in range(500):
        if condition():
            return
        time.sleep(0.02)
    raise TimeoutError("it did not come to that")


def environment_of(ran: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """What the forced command told of its environment."""
    first, *lines = ran.stdout.splitlines()
    assert first == "forced"
    return dict(line.partition("=")[::2] for line in lines if "=" in line)


def test_another_command_is_not_run(server: Server) -> None:
    became = ran([*server.client(), HOST, "id; touch", str(server.folder / "touched")])
    assert "uid=" not in became.stdout
    assert environment_of(became)["SSH_ORIGINAL_COMMAND"].startswith("id; touch ")
    assert not (server.folder / "touched").exists()


def test_no_variable_is_taken_over_that_does_something(server: Server) -> None:
    names = ("PYTHONPATH", "LD_PRELOAD", "BASH_ENV", "TEXTUAL_DRIVER", "HOOPSCOPE_RESTRICTED")
    sent = "SetEnv=LC_MESSAGES=C " + " ".join(f"{name}=smuggled" for name in names)
    environment = environment_of(ran([*server.client("-o", sent), HOST]))
    assert environment["LC_MESSAGES"] == "C"
    assert "smuggled" not in environment.values()


def test_files_are_not_copied(server: Server, tmp_path: Path) -> None:
    file = tmp_path / "mine"
    file.write_text("mine")
    tried = [[*server.client("-b", "/dev/null", program="sftp"), HOST]]
    for options in ((), ("-O",)):
        copying = server.client(*options, program="scp")
        tried.append([*copying, str(file), f"{HOST}:{tmp_path}/copied"])
        tried.append([*copying, f"{HOST}:{file}", f"{tmp_path}/copied"])
    with ThreadPoolExecutor() as at_once:
        assert all(became.returncode != 0 for became in at_once.map(ran, tried))
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    "options",
    [
        ("-R", "0:127.0.0.1:{port}"),
        ("-R", "0"),
        ("-R", "{folder}/socket:127.0.0.1:{port}"),
        ("-W", "127.0.0.1:{port}"),
        ("-w", "any"),
    ],
    ids=["remote", "remote socks", "socket", "standard input", "tunnel"],
)
def test_nothing_is_passed_on(server: Server, options: tuple[str, ...]) -> None:
    given = [option.format(port=server.port, folder=server.folder) for option in options]
    kept = [] if options[0] == "-W" else ["-N"]
    became = ran([*server.client("-o", "ExitOnForwardFailure=yes", *kept, *given), HOST])
    assert became.returncode == 255
    assert "orward" in became.stderr or "unnel" in became.stderr
    assert not (server.folder / "socket").exists()


@pytest.mark.parametrize("kind", ["local", "socks"])
def test_no_port_leads_further(server: Server, kind: str, tmp_path: Path) -> None:
    # The client opens its own end; what matters is that nothing comes through.
    path = tmp_path / "socket"
    if kind == "local":
        with forwarding(server, path, "-L", f"{path}:127.0.0.1:{server.port}"):
            assert answer(path, b"") == b""
    else:
        with socket.create_server((HOST, 0)) as probe:
            port = probe.getsockname()[1]
        with forwarding(server, port, "-D", f"{HOST}:{port}"):
            asked = b"\x04\x01" + server.port.to_bytes(2, "big") + bytes([127, 0, 0, 1]) + b"\x00"
            assert b"SSH-" not in answer(port, asked)
    assert "refused local port forward" in server.log


@contextmanager
def forwarding(server: Server, end: Path | int, *options: str) -> Iterator[None]:
    """A client that does nothing but forward, once it listens at its end."""
    given = ["-o", "ExitOnForwardFailure=yes", "-N", *options]
    client = subprocess.Popen([*server.client(*given), HOST], stderr=subprocess.DEVNULL)
    try:
        until(lambda: client.poll() is not None or listens(end))
        yield
    finally:
        client.kill()
        client.wait(10)


def listens(end: Path | int) -> bool:
    """Whether a client's end is there."""
    try:
        connected(end).close()
    except OSError:
        return False
    return True


def connected(end: Path | int) -> socket.socket:
    """A connection to the client's end."""
    if isinstance(end, int):
        return socket.create_connection((HOST, end), timeout=10)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(10)
    try:
        connection.connect(str(end))
    except OSError:
        connection.close()
        raise
    return connection


def answer(end: Path | int, asked: bytes) -> bytes:
    """All that comes back until the other side closes."""
    with connected(end) as connection:
        received = b""
        # The other side may have closed before it was asked anything.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(asked)
            while piece := connection.recv(4096):
                received += piece
        return received


def test_no_agent_and_no_display_is_passed_on(server: Server) -> None:
    agent = needed("ssh-agent")
    # A socket's name may not be long.
    path = f"/tmp/hoopscope-agent-{os.getpid()}-{server.port}"
    running_agent = subprocess.Popen([agent, "-D", "-a", path], stdout=subprocess.DEVNULL)
    try:
        until(Path(path).exists)
        client = server.client("-A", "-X")
        became = ran([*client, HOST], SSH_AUTH_SOCK=path, DISPLAY="127.0.0.1:99")
        environment = environment_of(became)
        assert not {"SSH_AUTH_SOCK", "DISPLAY", "XAUTHORITY"} & environment.keys()
    finally:
        running_agent.terminate()
        running_agent.wait(10)


def test_without_a_session_nothing_is_run(server: Server) -> None:
    before = server.log.count("Starting session")
    accepted = server.log.count("Accepted publickey")
    client = subprocess.Popen([*server.client("-N"), HOST])
    try:
        until(lambda: server.log.count("Accepted publickey") > accepted)
    finally:
        client.kill()
        client.wait(10)
    assert server.log.count("Starting session") == before
