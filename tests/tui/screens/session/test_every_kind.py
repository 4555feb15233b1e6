from __future__ import annotations

import pytest
from textual.widget import Widget

from hoopscope.demo.server import DemoGateway
from hoopscope.gateway.row import SessionRow
from hoopscope.recordings.kinds import kind_of
from hoopscope.recordings.parts import Part
from hoopscope.tui.screens.session.looks import PARTS
from hoopscope.tui.widgets.notice import Notice
from tests.tui.conftest import Browser, browser_on
from tests.tui.screens.session.conftest import open_session

pytestmark = pytest.mark.whole

OF_THE_STREAM = (Part.OUTPUT, Part.REPLAY, Part.EVENTS)
LARGEST = 500_000
"""Bytes; the rest of the kinds' sessions is for tests of what is large."""


def one_of_each_kind(rows: list[SessionRow]) -> dict[str, SessionRow]:
    found: dict[str, SessionRow] = {}
    for row in rows:
        if row.status == "done" and 0 < row.event_size < LARGEST:
            found.setdefault(kind_of(row.type, row.subtype, row.verb), row)
    return found


def shows(widget: Widget) -> bool:
    """Whether a part shows anything at all."""
    screen = widget.screen._compositor.render_strips()
    region = widget.region
    lines = screen[region.y : region.bottom]
    return any(segment.text.strip() for line in lines for segment in line)


async def look_at_all_parts(browser: Browser, kind: str, session_id: str) -> None:
    screen = await open_session(browser, lambda row: row.id == session_id)
    for number, part in enumerate(PARTS, 1):
        if part not in OF_THE_STREAM or not screen.offer(part).is_there:
            continue
        await browser.press(str(number))
        assert screen.part is part, (kind, part)
        await browser.until(
            lambda: (
                screen.opened.is_whole
                and not screen.pane.has_class("-waiting")
                and shows(screen.pane)
            )
        )
        assert "✗" not in screen.query_one(Notice).text, (kind, part)


async def test_every_part_of_every_kind_shows_something(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token, size=(100, 30)) as browser:
        kinds = one_of_each_kind(list(browser.link.store.rows(0, 200)))
        assert len(kinds) >= 6
        for kind, wanted in kinds.items():
            await look_at_all_parts(browser, kind, wanted.id)
            await browser.press("q")
            await browser.until(lambda: len(browser.app.screen_stack) == 1)
