"""From a page that arrives to its rows on the screen, in a browser that is at rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from statistics import median

from benchmarks.relay import Relay
from benchmarks.results import Result, bounded
from benchmarks.setting import HOOPSCOPE, Options, gateway
from benchmarks.terminal import Terminal

HELD_BACK = 0.4
LONGEST = 25.0


def measure(options: Options) -> Iterator[Result]:
    """Jumps from day to day; the first page of each is what arrives."""
    with gateway(20_000) as environment, Relay(environment["HOOP_APIURL"], HELD_BACK) as relay:
        command = [HOOPSCOPE, "--utc"]
        with Terminal(command, environment={**environment, "HOOP_APIURL": relay.url}) as terminal:
            terminal.wait_for_bytes(b"WHEN")
            terminal.settle(2.0)
            took = [_jump(terminal, relay, days) for days in range(3, 5 + options.rounds)]
    yield bounded(
        "a page arrives → its rows are visible", median(took[2:]) * 1e3, "ms", most=LONGEST
    )


def _jump(terminal: Terminal, relay: Relay, days: int) -> float:
    """Go to a midnight so many days ago; seconds from the page's last byte to its rows."""
    moment = datetime.now(UTC) - timedelta(days=days)
    before = moment - timedelta(days=1)
    terminal.press(b"g", 0.3)
    relay.sent.clear()
    terminal.type(f"{moment:%Y-%m-%d}T00:00:00Z\r".encode())
    terminal.settle(2.5 * HELD_BACK)
    arrived = next(at for path, at in relay.sent if path.startswith("/api/sessions?"))
    return terminal.time_of(f" {before:%m-%d} 23:") + terminal.started - arrived
