"""Draws the screenshots of the README anew: `python -m tests.screenshots`."""

from __future__ import annotations

import asyncio
from pathlib import Path

from hoopscope.demo.server import DemoGateway
from hoopscope.gateway.row import SessionRow
from hoopscope.recordings.kinds import RecordingKind, kind_of
from tests.tui.conftest import NOW, browser_on
from tests.tui.screens.session.conftest import open_session

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"


def _has_a_table(row: SessionRow) -> bool:
    return (
        row.connection == "edge-prod"
        and row.verb == "exec"
        and row.exit_code == 0
        and row.event_size > 900
    )


def _is_a_terminal(row: SessionRow) -> bool:
    kind = kind_of(row.type, row.subtype, row.verb)
    return kind is RecordingKind.TERMINAL and row.status == "done" and row.event_size > 20_000


def _speaks_http(row: SessionRow) -> bool:
    return row.type == "httpproxy" and row.status == "done" and row.event_size > 0


SHOTS = {
    "wide": ((120, 40), "dark", ["down"] * 11),
    "console": ((80, 24), "16-colour", ["down"] * 7),
    "filters": ((120, 40), "light", ["f", *"da"]),
}
INSIDE = {
    "output": ((80, 24), "dark", _has_a_table, ["3"], 1.5),
    "replay": ((100, 30), "dark", _is_a_terminal, ["4", "g", *"55%", "enter"], 3.0),
    "events": ((100, 30), "light", _speaks_http, ["5"], 1.5),
}
"""Sessions from inside: which, and the keys and seconds it takes to get there."""


async def draw(gateway: DemoGateway) -> None:
    """One file a screen."""
    for name, (size, theme, keys) in SHOTS.items():
        async with browser_on(gateway.url, gateway.token, size=size, theme=theme) as browser:
            await browser.press(*keys)
            await asyncio.sleep(1)
            await browser.pilot.pause()
            drawn = browser.app.export_screenshot(title="hoopscope")
            (FOLDER / f"{name}.svg").write_text(drawn, encoding="utf-8")
    for name, (size, theme, wanted, keys, seconds) in INSIDE.items():
        async with browser_on(gateway.url, gateway.token, size=size, theme=theme) as browser:
            await open_session(browser, wanted)
            await browser.press(*keys)
            await asyncio.sleep(seconds)
            await browser.pilot.pause()
            drawn = browser.app.export_screenshot(title="hoopscope")
            (FOLDER / f"{name}.svg").write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    with DemoGateway(sessions=20_000, now=NOW) as running:
        asyncio.run(draw(running))
