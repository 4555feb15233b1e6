"""What a session looks like from inside, on a demo gateway whose clock stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from textual.pilot import Pilot

from hoopscope.demo.server import DemoGateway
from hoopscope.gateway.row import SessionRow
from tests.tui.conftest import NOW, Browser, make_browser
from tests.tui.screens.session.conftest import open_session

Compare = Callable[..., bool]


def waits(row: SessionRow) -> bool:
    return row.status == "open" and row.review_status == "PENDING" and row.script_size > 0


def has_a_table(row: SessionRow) -> bool:
    return row.user.startswith("gustavo@") and row.verb == "exec" and row.exit_code == 0


def speaks_http(row: SessionRow) -> bool:
    return row.type == "httpproxy" and row.status == "done" and row.event_size > 0


LOOKS: dict[str, tuple[tuple[int, int], Callable[[SessionRow], bool], dict[str, object], str]] = {
    "waiting": ((120, 40), waits, {}, ""),
    "table": ((80, 24), has_a_table, {"theme": "16-colour"}, "3"),
    "events": ((80, 24), speaks_http, {"ascii_only": True}, "5"),
}


@pytest.fixture(scope="module")
def small() -> Iterator[DemoGateway]:
    """Fewer sessions than a page has: how many are loaded does not depend on speed."""
    with DemoGateway(sessions=90, now=NOW) as running:
        yield running


@pytest.mark.parametrize("name", LOOKS)
def test_it_looks_like_this(name: str, small: DemoGateway, snap_compare: Compare) -> None:
    size, wanted, how, key = LOOKS[name]
    app, link = make_browser(small.url, small.token, **how)  # type: ignore[arg-type]

    async def use(pilot: Pilot[int]) -> None:
        browser = Browser(app, pilot, link)
        await browser.settled()
        screen = await open_session(browser, wanted)
        if key:
            await browser.press(key)
        await browser.until(lambda: not screen.pane.has_class("-waiting"))
        await browser.until(lambda: all(not load.is_running for load in screen.opened.loads()))
        await browser.until(lambda: "more to come" not in browser.text())
        await browser.until(lambda: link.state.phase in ("idle", "ended"))
        await pilot.pause(0.3)

    try:
        assert snap_compare(app, run_before=use, terminal_size=size)
    finally:
        link.close()
