"""OpenSSH's sshd on loopback, run by whoever runs the tests, with keys of its own."""

from __future__ import annotations

import getpass
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.programs import needed
from tests.ssh.documented import blocks

_CONFIGURATION = """
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host_key
PidFile none
UsePAM no
StrictModes no
PermitRootLogin {root}
PasswordAuthentication no
KbdInteractiveAuthentication no
AuthorizedKeysFile {folder}/authorized_keys
Subsystem sftp internal-sftp
LogLevel VERBOSE
"""


@dataclass(frozen=True)
class Server:
    """A running server; `folder` has its keys, its configuration and its log."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    def client(self, *options: str, program: str = "ssh") -> list[str]:
        """A client's command line up to what is to be done there; options as `ssh` has them."""
        settings = {
            "BatchMode": "yes",
            "IdentityFile": f"{self.folder}/user_key",
            "IdentitiesOnly": "yes",
            "UserKnownHostsFile": f"{self.folder}/known_hosts",
            "StrictHostKeyChecking": "yes",
            "LogLevel": "ERROR",
            "Port": str(self.port),
            "User": getpass.getuser(),
            "ConnectTimeout": "20",
        }
        # The first that names an option counts, so that a test can say otherwise.
        given = [f"-o{name}={value}" for name, value in settings.items()]
        return [needed(program), "-F", "none", *options, *given]

    @property
    def log(self) -> str:
        """What it has logged so far."""
        return (self.folder / "log").read_text(errors="replace")


@contextmanager
def running(folder: Path, command: Path, *, by_key: bool, by_block: bool) -> Iterator[Server]:
    """A server that lets its owner in to a forced command, as the documentation has it.

    Args:
        command: the forced command.
        by_key, by_block: which of the two ways forces it; both may.
    """
    sshd, keygen = needed("sshd"), needed("ssh-keygen")
    for name in ("host_key", "user_key"):
        made = [keygen, "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(folder / name)]
        subprocess.run(made, check=True)
    documented = "/usr/local/bin/hoopscope-console"
    options, _, _ = blocks("authorized_keys")[0].partition(" ssh-ed25519 ")
    key = (folder / "user_key.pub").read_text()
    line = f"{options.replace(documented, str(command))} {key}" if by_key else key
    (folder / "authorized_keys").write_text(line)
    block, everybody = blocks("sshd_config")
    block = block.replace(documented, str(command))
    block = block.replace("Group hoopscope-operators", f"User {getpass.getuser()}")
    assert str(command) in line or not by_key
    assert str(command) in block
    assert getpass.getuser() in block
    if os.getuid() == 0:
        # The only folder that it insists on, and only where root runs it.
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    port = _free_port()
    settings = _CONFIGURATION.format(
        port=port, folder=folder, root="forced-commands-only" if by_key else "prohibit-password"
    )
    (folder / "sshd_config").write_text(settings + everybody + (block if by_block else ""))
    host_key = " ".join((folder / "host_key.pub").read_text().split()[:2])
    (folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {host_key}\n")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sshd, "-D", "-e", "-f", str(folder / "sshd_config")],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        server = Server(port, folder, process)
        _wait_until_it_listens(server)
        yield server
    finally:
        process.terminate()
        process.wait(10)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def _wait_until_it_listens(server: Server) -> None:
    for _ in range(200):
        if "Server listening on 127.0.0.1" in server.log:
            return
        if server.process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"sshd did not start:\n{server.log}")
