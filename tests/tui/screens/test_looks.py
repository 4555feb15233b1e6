"""What the browser looks like, on a demo gateway whose clock stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import dropwhile

import pytest
from textual.pilot import Pilot

from hoopscope.config.profiles import Profile
from hoopscope.config.settings import Settings
from hoopscope.demo.server import DemoGateway
from hoopscope.sessions.filters import Filters
from hoopscope.tui.gateway_switch import GatewaySwitch
from hoopscope.tui.launch import Beginning
from hoopscope.tui.widgets.detail_pane import DetailPane
from tests.tui.conftest import NOW, Browser, make_browser

Compare = Callable[..., bool]
PRODUCTION: dict[str, object] = {"profile": "acme-prod", "accent": "red", "read_only": True}
GATEWAYS = GatewaySwitch(
    Settings(
        url="https://hoop.acme.example",
        token="x",
        profile="acme-prod",
        profiles=(
            Profile("acme-prod", "https://hoop.acme.example", "red", True),
            Profile("acme-staging", "https://hoop.staging.acme.example:8443", "#ffb000"),
            Profile(
                "a name \u202e\x1b[2J that is hostile and long", "https://me:it@h.example", "green"
            ),
            Profile("全部的生产环境", "https://" + "long." * 20 + "example"),
        ),
    ),
    lambda *_: Beginning(Settings(), Filters()),
)
LOOKS: dict[str, tuple[tuple[int, int], dict[str, object], list[str]]] = {
    "narrow": ((80, 24), {}, ["down"] * 7),
    "narrow-detail": ((80, 24), {}, [*["down"] * 7, "d"]),
    "narrow-filters": ((80, 24), {}, ["f", *"da"]),
    "narrow-filtered": (
        (80, 24),
        {"filters": Filters(connection="prod", outcomes=("failed",))},
        [],
    ),
    "narrow-ascii": ((80, 24), {"ascii_only": True}, ["down"] * 7),
    "smallest": ((60, 20), {}, ["down"]),
    "too-small": ((59, 20), {}, []),
    "middle": ((104, 36), {}, ["down"] * 7),
    "wide": ((120, 40), {}, ["down"] * 11),
    "huge": ((200, 50), {}, ["down"] * 11),
    "help": ((80, 24), {}, ["question_mark"]),
    "date": ((80, 24), {}, ["g", *"yesterday"]),
    "themes": ((80, 24), {}, ["t"]),
    "views": ((80, 24), {}, ["v", "down"]),
    "columns": ((80, 24), {}, ["c", "down", "plus", "down", "space"]),
    "columns-ascii": ((60, 20), {"ascii_only": True}, ["c"]),
    "light": ((120, 40), {"theme": "light"}, ["down"] * 7),
    "high-contrast": ((120, 40), {"theme": "high-contrast"}, ["down"] * 7),
    "16-colour": ((120, 40), {"theme": "16-colour"}, ["down"] * 7),
    "accent": ((120, 40), PRODUCTION, ["down"] * 7),
    "accent-light": ((104, 36), {**PRODUCTION, "theme": "light"}, ["down"] * 7),
    "accent-16-colour": ((80, 24), {**PRODUCTION, "theme": "16-colour"}, ["down"] * 7),
    "accent-monochrome": ((80, 24), {**PRODUCTION, "theme": "monochrome"}, ["down"] * 7),
    "profiles": ((80, 24), {**PRODUCTION, "gateways": GATEWAYS}, ["P", "down"]),
    "profiles-ascii": (
        (60, 20),
        {"theme": "16-colour", "gateways": GATEWAYS, "ascii_only": True},
        ["P"],
    ),
    "monochrome": ((120, 40), {"theme": "monochrome"}, ["down"] * 7),
}


@pytest.fixture(scope="module")
def small() -> Iterator[DemoGateway]:
    """Fewer sessions than a page has: how many are loaded does not depend on speed."""
    with DemoGateway(sessions=90, now=NOW) as running:
        yield running


@pytest.mark.parametrize("name", LOOKS)
def test_it_looks_like_this(name: str, small: DemoGateway, snap_compare: Compare) -> None:
    size, how, keys = LOOKS[name]
    app, link = make_browser(small.url, small.token, **how)  # type: ignore[arg-type]

    async def use(pilot: Pilot[int]) -> None:
        browser = Browser(app, pilot, link)
        await browser.settled()
        # The way down needs no key of its own for each row.
        down = len(keys) - len(rest := list(dropwhile("down".__eq__, keys)))
        browser.table.move_cursor(down)
        await browser.press(*rest)
        for pane in browser.screen.query(DetailPane):
            if pane.display and pane.size.height:
                await browser.until(lambda: browser.table.cursor_key in pane.text)  # noqa: B023
                await browser.until(lambda: "not loaded" not in pane.text)  # noqa: B023
        await browser.until(lambda: link.state.phase in ("idle", "ended"))
        await pilot.pause()

    try:
        assert snap_compare(app, run_before=use, terminal_size=size)
    finally:
        link.close()
