"""A session that somebody works in while it is looked at."""

from __future__ import annotations

from datetime import UTC, datetime

from hoopscope.demo.server import DemoGateway
from hoopscope.recordings.parts import Part
from hoopscope.tui.live_load import LiveLoad
from hoopscope.tui.widgets.events_view import EventsView
from hoopscope.tui.widgets.output_view import OutputView
from hoopscope.tui.widgets.replay_view import ReplayView
from tests.tui.conftest import browser_on
from tests.tui.screens.session.conftest import open_session


async def test_what_runs_is_watched_as_it_happens_and_read_to_its_end() -> None:
    with DemoGateway(sessions=20) as gateway:
        running = gateway.open()
        async with browser_on(gateway.url, gateway.token, size=(100, 30)) as browser:
            screen = await open_session(browser, lambda row: row.id == running)
            assert screen.part is Part.REPLAY
            assert "Nothing so far" in browser.text()
            await browser.until(lambda: "● live" in browser.text())
            gateway.emit(running, "o", b"$ make\r\nfirst\r\n")
            view = screen.query_one(ReplayView)
            await browser.until(lambda: "first" in view.screen_text, 20)
            assert view.is_following
            assert view.has_focus
            await browser.press("3")
            lines = b"".join(b"line %d\r\n" % number for number in range(40))
            gateway.emit(running, "o", lines)
            output = screen.query_one(OutputView).text
            await browser.until(lambda: "line 39" in browser.text())
            assert output.follows
            await browser.press("home")
            gateway.emit(running, "o", b"and more\r\n")
            await browser.until(lambda: b"and more" in output.source.read(0, 9_999))
            assert "first" in browser.text()
            await browser.press("5")
            events = screen.query_one(EventsView)
            await browser.until(lambda: events.table.row_count)
            gateway.emit(running, "i", b"exit\r")
            gateway.emit(running, "o", b"goodbye\r\n")
            loading = screen.opened.loading
            assert isinstance(loading, LiveLoad)
            gateway.change(running, status="done", exit_code=0, end_date=datetime.now(UTC))
            await browser.until(lambda: not loading.is_running, 20)
            recording = screen.opened.recording
            assert recording is not None
            assert recording.is_complete
            # The list hears of it, and the title tells.
            await browser.until(lambda: screen.row.status == "done")
            await browser.until(lambda: "ok" in browser.text().splitlines()[0])
            assert "goodbye" in "".join(event.payload.decode() for event in recording.events())
            await browser.press("4", "end")
            await browser.until(lambda: "⏸ end" in browser.text())
            assert not view.is_following
            await browser.press("q")
            await browser.until(lambda: len(browser.app.screen_stack) == 1)
