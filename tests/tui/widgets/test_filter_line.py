from __future__ import annotations

from textual.app import App, ComposeResult

from hoopscope.sessions.filters import Filters
from hoopscope.tui.widgets.filter_line import FilterLine
from hoopscope.untrusted import harmless
from tests.tui.widgets.filter_app import HOSTILE


class LineApp(App[None]):
    def compose(self) -> ComposeResult:
        yield FilterLine()


async def test_the_filters_in_force_are_on_one_line() -> None:
    app = LineApp()
    async with app.run_test(size=(60, 3)) as pilot:
        line = app.query_one(FilterLine)
        assert not line.display
        line.show_filters(Filters(user="bruno", connection="prod", review="PENDING"))
        await pilot.pause()
        assert line.display
        assert line.text.strip() == "user=bruno conn~prod review=PENDING"
        line.show_filters(Filters())
        await pilot.pause()
        assert not line.display


async def test_a_note_stands_at_the_right_also_without_filters() -> None:
    app = LineApp()
    async with app.run_test(size=(60, 3)) as pilot:
        line = app.query_one(FilterLine)
        line.show_filters(Filters(), "37 found in 12,400 looked through")
        await pilot.pause()
        assert line.render_line(0).text.endswith("   37 found in 12,400 looked through")


async def test_hostile_texts_are_harmless_there() -> None:
    app = LineApp()
    async with app.run_test(size=(60, 3)):
        line = app.query_one(FilterLine)
        line.show_filters(Filters(connection=HOSTILE, text=HOSTILE))
        assert harmless(line.text) == line.text
        assert r"conn~ev\x1b[31mil[/b]\u202e\u200b" in line.text
