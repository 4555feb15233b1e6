from __future__ import annotations

from hoopscope.demo.server import DemoGateway
from hoopscope.recordings.parts import Part
from hoopscope.tui.widgets.text_view import TextView
from tests.tui.conftest import browser_on
from tests.tui.screens.session.conftest import open_session


async def test_a_failed_exec_opens_on_the_end_of_its_output(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token, size=(100, 24)) as browser:
        screen = await open_session(
            browser, lambda row: row.verb == "exec" and row.exit_code and row.exit_code < 200
        )
        assert screen.part is Part.OUTPUT
        view = screen.query_one("#part-output TextView", TextView)
        await browser.until(lambda: view.is_complete and view.source.size())
        last = view.source.read(0, view.source.size()).decode().split("\n")[-2]
        assert last.split()[0] in browser.text()
        assert view.has_focus


async def test_the_script_and_the_output_are_read_in_pagers(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token, size=(100, 24)) as browser:
        screen = await open_session(
            browser, lambda row: row.verb == "exec" and row.exit_code == 0 and row.event_size > 300
        )
        await browser.press("2")
        assert screen.opened.detail is not None
        script = screen.opened.detail.session.script_text
        assert script
        await browser.until(lambda: script.split("\n")[0][:30] in browser.text())
        await browser.press("3")
        await browser.until(lambda: screen.opened.loading and not screen.opened.loading.is_running)
        assert screen.opened.recording is not None
        recorded = [event.payload for event in screen.opened.recording.events()]
        view = screen.query_one("#part-output TextView", TextView)
        assert view.source.read(0, 10**6) == b"".join(recorded[1:])
        await browser.until(lambda: "lines 1" in browser.text())
        # What was loaded is shared, and still there after coming back.
        loading = screen.opened.loading
        await browser.press("1", "3", "right_square_bracket", "left_square_bracket", "3")
        assert screen.opened.loading is loading


async def test_a_large_output_is_read_as_text_alone(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token, stream_limit=100) as browser:
        screen = await open_session(
            browser, lambda row: row.verb == "exec" and row.exit_code == 0 and row.event_size > 300
        )
        await browser.press("3")
        await browser.until(
            lambda: screen.opened.text_loading and not screen.opened.text_loading.is_running
        )
        assert screen.opened.recording is None
        text = screen.opened.text
        assert text is not None
        first = text.read(0, 20).decode().split("\n")[0]
        await browser.until(lambda: first in browser.text())
