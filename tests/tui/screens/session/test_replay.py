from __future__ import annotations

import os

from hoopscope.demo.server import DemoGateway
from hoopscope.recordings.parts import Part
from hoopscope.tui.widgets.replay_view import ReplayView
from hoopscope.tui.widgets.replay_wording import _thinned
from tests.tui.conftest import browser_on
from tests.tui.screens.session.conftest import open_session


def is_running(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_terminal_is_replayed_and_its_process_ends_with_its_session(
    gateway: DemoGateway,
) -> None:
    async with browser_on(gateway.url, gateway.token, size=(100, 30)) as browser:
        screen = await open_session(
            browser,
            lambda row: (
                row.verb == "connect"
                and row.type in ("command-line", "custom")
                and row.status == "done"
                and row.event_size > 500
            ),
        )
        await browser.press("4")
        assert screen.part is Part.REPLAY
        view = screen.query_one(ReplayView)
        await browser.until(lambda: view.replay is not None and view.is_settled)
        await browser.press("end")
        await browser.until(lambda: view.is_settled and view.screen_text.strip())
        process_id = view.process_id
        assert is_running(process_id)
        await browser.press("1", "4")
        assert view.process_id == process_id
        await browser.press("escape")
        await browser.until(lambda: len(browser.app.screen_stack) == 1)
        await browser.until(lambda: not is_running(process_id))


def test_what_is_out_of_sight_has_no_width_and_no_marks() -> None:
    assert list(_thinned(range(9), 0)) == [0]
