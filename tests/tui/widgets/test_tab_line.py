from __future__ import annotations

from textual.app import App, ComposeResult

from hoopscope.tui.widgets.tab_line import Tab, TabLine

NAMES = ["Summary", "Script", "Output", "Replay", "Events", "Review", "Analysis", "JSON"]
TABS = [Tab(str(number), name, number != 4) for number, name in enumerate(NAMES, 1)]


class Tabs(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[int] = []

    def compose(self) -> ComposeResult:
        yield TabLine()

    def on_tab_line_chosen(self, event: TabLine.Chosen) -> None:
        self.chosen.append(event.index)


async def test_every_name_has_room_on_a_console_and_what_is_missing_has_no_key() -> None:
    async with Tabs().run_test(size=(80, 3)) as pilot:
        line = pilot.app.query_one(TabLine)
        line.show_tabs(TABS, 7)
        await pilot.pause()
        text = line.render_line(0).text
        assert text.startswith(" 1 Summary  2 Script  3 Output  – Replay  5 Events ")
        assert text.endswith("8 JSON")
        assert len(text) == 80


async def test_where_there_is_no_room_the_missing_go_first_then_other_names() -> None:
    async with Tabs().run_test(size=(70, 3)) as pilot:
        line = pilot.app.query_one(TabLine)
        line.show_tabs(TABS, 2)
        await pilot.pause()
        assert "Replay" not in line.text
        assert "8 JSON" in line.text
        line.show_tabs([Tab(tab.key, tab.name) for tab in TABS], 2)
        await pilot.resize_terminal(60, 3)
        await pilot.pause()
        assert line.render_line(0).text.split() == [
            "1",
            "2",
            "3",
            "Output",
            "4",
            "5",
            "6",
            "7",
            "8",
        ]


async def test_a_click_chooses_a_tab() -> None:
    app = Tabs()
    async with app.run_test(size=(80, 3)) as pilot:
        app.query_one(TabLine).show_tabs(TABS, 0)
        await pilot.click(TabLine, offset=(14, 0))
        assert app.chosen == [1]
