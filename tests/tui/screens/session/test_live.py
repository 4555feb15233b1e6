from __future__ import annotations

from hoopscope.demo.server import DemoGateway
from hoopscope.recordings.parts import Part
from hoopscope.tui.live_load import LiveLoad
from hoopscope.tui.widgets.events_view import EventsView
from hoopscope.tui.widgets.replay_view import ReplayView
from tests.tui.conftest import browser_on
from tests.tui.screens.session.conftest import open_session


async def test_what_runs_is_watched_as_it_happens_until_it_is_left() -> None:
    with DemoGateway(sessions=200, live=True, flush=2.0) as gateway:
        async with browser_on(gateway.url, gateway.token, size=(100, 30)) as browser:
            screen = await open_session(
                browser,
                lambda row: (
                    row.status == "open"
                    and not row.review_status
                    and row.verb == "connect"
                    and row.type == "custom"
                    and not row.subtype
                    and row.end is None
                    and not row.has_credential
                ),
            )
            assert screen.part is Part.REPLAY
            view = screen.query_one(ReplayView)
            await browser.until(lambda: view.is_following and view.screen_text.strip(), 20)
            assert "● live" in browser.text()
            assert view.has_focus
            loading = screen.opened.loading
            assert isinstance(loading, LiveLoad)
            await browser.press("5")
            events = screen.query_one(EventsView)
            await browser.until(lambda: events.table.row_count > 1)
            count = events.table.row_count
            await browser.until(lambda: events.table.row_count > count, 20)
            await browser.until(lambda: events.table.cursor_row == events.table.row_count - 1)
            recording = screen.opened.recording
            assert recording is not None
            await browser.press("escape")
            await browser.until(lambda: not loading.is_running)
            await browser.until(lambda: len(browser.app.screen_stack) == 1)
            await browser.until(lambda: not recording.payloads.size())
