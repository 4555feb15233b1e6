"""Draws the screenshots of the README anew: `python -m tests.screenshots`."""

from __future__ import annotations

import asyncio
from pathlib import Path

from hoopscope.demo.server import DemoGateway
from tests.tui.conftest import NOW, browser_on

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
SHOTS = {
    "wide": ((120, 40), "dark", ["down"] * 11),
    "console": ((80, 24), "16-colour", ["down"] * 7),
    "detail": ((80, 24), "dark", ["down"] * 7 + ["d"]),
    "filters": ((120, 40), "light", ["f", *"da"]),
}


async def draw(gateway: DemoGateway) -> None:
    """One file a screen."""
    for name, (size, theme, keys) in SHOTS.items():
        async with browser_on(gateway.url, gateway.token, size=size, theme=theme) as browser:
            await browser.press(*keys)
            await asyncio.sleep(1)
            await browser.pilot.pause()
            drawn = browser.app.export_screenshot(title="hoopscope")
            (FOLDER / f"{name}.svg").write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    with DemoGateway(sessions=20_000, now=NOW) as running:
        asyncio.run(draw(running))
