"""The embedded demo gateway as a process of its own, so that it takes no time from the browser."""

from __future__ import annotations

import atexit
import subprocess
from collections.abc import Sequence

from hoopscope.gateway.access import GatewayAccess
from hoopscope.own_processes import own_command, own_environment

START_SECONDS = 60.0


class DemoFailed(OSError):
    """The demo gateway did not start; the text says why."""


class DemoProcess:
    """Starts `hoopscope demo serve` and ends it together with this process."""

    def __init__(self, options: Sequence[str] = ()) -> None:
        self._process = subprocess.Popen(  # noqa: S603 (ourselves)
            own_command("hoopscope", "demo", "serve", "--until-stdin-closes", *options),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=own_environment(),
            start_new_session=True,
        )
        atexit.register(self.close)

    def access(self) -> GatewayAccess:
        """Wait until it accepts connections, then say where it is.

        Raises:
            DemoFailed: it ended instead.
        """
        values: dict[str, str] = {}
        assert self._process.stdout is not None
        for line in self._process.stdout:
            key, _, value = line.strip().partition("=")
            values[key] = value
            if "HOOP_APIURL" in values and "HOOP_TOKEN" in values:
                return GatewayAccess(url=values["HOOP_APIURL"], credential=values["HOOP_TOKEN"])
        raise DemoFailed(f"the demo gateway ended with exit code {self._process.wait()}")

    def close(self) -> None:
        """End it; more than once does no harm."""
        atexit.unregister(self.close)
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(2)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
