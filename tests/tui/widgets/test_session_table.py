from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.events import MouseScrollDown
from textual.pilot import Pilot
from textual.strip import Strip

from hoopscope.config.locations import bundled_themes_folder
from hoopscope.tui.theming import load_theme
from hoopscope.tui.widgets.row_source import Columns, RowSource, TableColumn
from hoopscope.tui.widgets.session_table import VirtualTable
from tests.tui.widgets.table_rows import COLUMNS, ComputedRows

WIDTH, HEIGHT = 40, 12
ROWS = HEIGHT - 1


class WatchedTable(VirtualTable):
    """Notes which lines it was asked to paint."""

    def __init__(self, source: RowSource | None, columns: Columns) -> None:
        super().__init__(source, columns)
        self.painted: list[int] = []

    def render_line(self, y: int) -> Strip:
        self.painted.append(y)
        return super().render_line(y)


class TableApp(App[None]):
    CSS = "WatchedTable { height: 1fr; }"

    def __init__(self, source: RowSource | None, columns: Columns, theme: Path | None) -> None:
        super().__init__()
        if theme:
            loaded = load_theme(theme)
            self.register_theme(loaded)
            self.theme = loaded.name
        self.table = WatchedTable(source, columns)
        self.said: list[object] = []

    def compose(self) -> ComposeResult:
        yield self.table

    def on_mount(self) -> None:
        self.table.focus()

    @on(VirtualTable.RowHighlighted)
    def _highlighted(self, event: VirtualTable.RowHighlighted) -> None:
        self.said.append(("highlighted", event.row, event.key))

    @on(VirtualTable.RowSelected)
    def _selected(self, event: VirtualTable.RowSelected) -> None:
        self.said.append(("selected", event.row, event.key))

    @on(VirtualTable.ViewportChanged)
    def _viewport(self, event: VirtualTable.ViewportChanged) -> None:
        self.said.append(("viewport", event.first, event.count))


class Driver:
    """A running table, and what it shows."""

    def __init__(self, app: TableApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.table = app.table

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    def screen(self) -> list[str]:
        strips = self.app.screen._compositor.render_strips()
        return [strip.text.rstrip() for strip in strips]

    async def painted(self) -> list[int]:
        """The lines painted since this was last asked."""
        await self.pilot.pause()
        painted = sorted(set(self.table.painted))
        self.table.painted.clear()
        return painted

    def said(self) -> list[object]:
        said = self.app.said[:]
        self.app.said.clear()
        return said


@asynccontextmanager
async def running(
    source: RowSource | None, columns: Columns = COLUMNS, theme: str = ""
) -> AsyncIterator[Driver]:
    app = TableApp(source, columns, bundled_themes_folder() / f"{theme}.toml" if theme else None)
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        driver = Driver(app, pilot)
        await driver.painted()
        yield driver


async def test_it_shows_header_rows_and_cursor() -> None:
    async with running(ComputedRows(5)) as driver:
        assert driver.screen()[:7] == [
            "  NAME          STATE       SIZE",
            "▌ row 0         done           0",
            "  row 1         done           1",
            "  row 2         done           2",
            "  名前 3        done           3",
            "  row 4         done           4",
            "",
        ]
        assert driver.said() == [("highlighted", 0, "k0"), ("viewport", 0, ROWS)]


async def test_a_step_paints_two_lines() -> None:
    source = ComputedRows(100)
    async with running(source) as driver:
        source.asked.clear()
        await driver.press("down")
        assert await driver.painted() == [1, 2]
        assert source.asked == []
        assert driver.said()[-1] == ("highlighted", 1, "k1")
        await driver.press("j", "k", "up", "up")
        assert driver.table.cursor_row == 0


async def test_a_scroll_step_asks_for_one_row_and_leaves_the_header() -> None:
    source = ComputedRows(100)
    async with running(source) as driver:
        driver.table.move_cursor(ROWS - 1)
        await driver.painted()
        source.asked.clear()
        await driver.press("down")
        assert source.asked == [(ROWS, 1)]
        assert await driver.painted() == list(range(1, HEIGHT))
        assert driver.table.first_visible == 1
        assert driver.said()[-2:] == [("viewport", 1, ROWS), ("highlighted", ROWS, f"k{ROWS}")]


async def test_a_page_is_one_question() -> None:
    source = ComputedRows(1_000_000)
    async with running(source) as driver:
        source.asked.clear()
        await driver.press("pagedown")
        assert len(source.asked) == 1
        assert (driver.table.first_visible, driver.table.cursor_row) == (ROWS - 1, ROWS - 1)
        await driver.press("pageup", "pageup")
        assert (driver.table.first_visible, driver.table.cursor_row) == (0, 0)


async def test_a_million_rows_from_end_to_end() -> None:
    async with running(ComputedRows(1_000_000)) as driver:
        await driver.press("end")
        assert driver.table.cursor_key == "k999999"
        assert driver.screen()[-1].startswith("▌ row 999999")
        await driver.press("down", "pagedown")
        assert driver.table.cursor_row == 999_999
        await driver.press("home")
        assert driver.screen()[1].startswith("▌ row 0")


async def test_an_empty_table_bears_every_key() -> None:
    async with running(None) as driver:
        driver.said()
        await driver.press("down", "up", "pagedown", "pageup", "end", "home", "enter")
        assert (driver.table.cursor_row, driver.table.cursor_key) == (0, "")
        assert driver.said() == []


async def test_an_empty_table_says_why() -> None:
    async with running(ComputedRows(0)) as driver:
        driver.table.status_line = "loading …"
        assert await driver.painted() == [1]
        assert driver.screen()[:3] == ["  NAME          STATE       SIZE", "  loading …", ""]


async def test_one_row() -> None:
    async with running(ComputedRows(1)) as driver:
        await driver.press("down", "end", "pagedown", "enter")
        assert driver.said()[-1] == ("selected", 0, "k0")


async def test_the_status_is_seen_below_the_last_row() -> None:
    async with running(ComputedRows(50)) as driver:
        driver.table.status_line = "end of history"
        assert await driver.painted() == []
        await driver.press("end")
        assert driver.screen()[-2:] == ["▌ row 49        done          49", "  end of history"]
        driver.table.status_line = ""
        await driver.pilot.pause()
        assert driver.screen()[-1] == "▌ row 49        done          49"


async def test_rows_appended_out_of_sight_paint_nothing() -> None:
    source = ComputedRows(100)
    async with running(source) as driver:
        source.asked.clear()
        source.length = 200
        driver.table.rows_appended()
        assert await driver.painted() == []
        assert source.asked == []
        assert driver.table.row_count == 200


async def test_rows_appended_in_sight_paint_only_themselves() -> None:
    source = ComputedRows(3)
    async with running(source) as driver:
        source.length = 5
        driver.table.rows_appended()
        assert await driver.painted() == [4, 5]
        source.length = 6
        assert driver.screen()[6] == ""


async def test_rows_inserted_above_move_nothing() -> None:
    source = ComputedRows(100)
    async with running(source) as driver:
        await driver.press("down", "down")
        await driver.painted()
        before = driver.screen()
        driver.said()
        source.insert_above(12)
        driver.table.source_changed()
        assert await driver.painted() == []
        assert driver.screen() == before
        assert driver.table.cursor_key == "k2"
        assert driver.said() == [("viewport", 12, ROWS), ("highlighted", 14, "k2")]
        await driver.press("up")
        assert driver.table.cursor_key == "k1"


async def test_a_row_that_is_gone_leaves_the_cursor_in_its_place() -> None:
    source = ComputedRows(100)
    async with running(source) as driver:
        await driver.press("end")
        source.length = 30
        driver.table.source_changed()
        await driver.pilot.pause()
        assert driver.table.cursor_key == "k29"
        assert driver.screen()[-1].startswith("▌ row 29")
        source.length = 0
        driver.table.source_changed()
        await driver.pilot.pause()
        assert driver.said()[-1] == ("highlighted", 0, "")
        assert driver.screen()[1] == ""


async def test_a_changed_row_is_the_only_one_painted() -> None:
    source = ComputedRows(100)
    async with running(source) as driver:
        source.changed = {3: "failed", 50: "failed"}
        driver.table.rows_changed(0, 100)
        assert await driver.painted() == [4]
        assert "failed" in driver.screen()[4]
        driver.table.rows_changed(50, 1)
        assert await driver.painted() == []


async def test_another_source_begins_at_its_first_row() -> None:
    async with running(ComputedRows(100)) as driver:
        await driver.press("end")
        driver.table.set_source(ComputedRows(7))
        await driver.pilot.pause()
        assert (driver.table.cursor_row, driver.table.first_visible) == (0, 0)
        assert driver.screen()[7].startswith("  row 6")
        assert driver.screen()[8] == ""


async def test_another_source_can_keep_the_row() -> None:
    async with running(ComputedRows(100)) as driver:
        await driver.press("pagedown", "down")
        key = driver.table.cursor_key
        other = ComputedRows(100)
        other.insert_above(40)
        driver.table.set_source(other, keep_key=True)
        await driver.pilot.pause()
        assert driver.table.cursor_key == key
        assert driver.said()[-1] == ("highlighted", ROWS + 40, key)


async def test_it_goes_to_a_row_far_away() -> None:
    async with running(ComputedRows(1_000_000)) as driver:
        driver.table.move_cursor(500_000, centre=True)
        await driver.pilot.pause()
        assert driver.screen()[6].startswith("▌ row 500000")


async def test_clicks_and_wheel() -> None:
    async with running(ComputedRows(100)) as driver:
        await driver.pilot.click(WatchedTable, offset=(4, 5))
        assert driver.table.cursor_row == 4
        await driver.pilot.click(WatchedTable, offset=(4, 0))
        assert driver.table.cursor_row == 4
        await driver.pilot.click(WatchedTable, offset=(4, 3), times=2)
        await driver.pilot.pause()
        assert ("selected", 2, "k2") in driver.said()
        await driver.pilot._post_mouse_events([MouseScrollDown], WatchedTable, offset=(4, 4))
        await driver.pilot.pause()
        assert (driver.table.first_visible, driver.table.cursor_row) == (3, 2)
        await driver.press("down")
        assert (driver.table.first_visible, driver.table.cursor_row) == (3, 3)


async def test_a_click_below_the_rows_is_no_row() -> None:
    async with running(ComputedRows(3)) as driver:
        await driver.pilot.click(WatchedTable, offset=(4, 9))
        assert driver.table.cursor_row == 0


def _one_wide_column(room: int) -> Sequence[TableColumn]:
    return [TableColumn("NAME", room - 10), TableColumn("STATE", 8)]


@pytest.mark.parametrize("columns", [COLUMNS, _one_wide_column])
async def test_every_line_is_as_wide_as_the_terminal(columns: Columns) -> None:
    source = ComputedRows(100)
    source.changed = {2: "failed", 3: "failed"}
    async with running(source, columns) as driver:
        for width in (80, 33, 21, 16, 13, 12, 200):
            await driver.pilot.resize_terminal(width, HEIGHT)
            await driver.pilot.pause()
            strips = driver.app.screen._compositor.render_strips()
            assert [cell_len(strip.text) for strip in strips] == [width] * HEIGHT


async def test_a_lower_terminal_keeps_the_cursor_in_sight() -> None:
    async with running(ComputedRows(100)) as driver:
        driver.table.move_cursor(9)
        await driver.pilot.resize_terminal(WIDTH, 6)
        await driver.pilot.pause()
        assert driver.screen()[-1].startswith("▌ row 9")
        assert driver.said()[-1] == ("viewport", 5, 5)


@pytest.mark.parametrize("theme", ["dark", "light", "high-contrast", "16-colour", "monochrome"])
async def test_a_row_is_one_segment_and_an_accent_three(theme: str) -> None:
    source = ComputedRows(100)
    source.changed = {1: "failed"}
    async with running(source, theme=theme) as driver:
        cursor, accent, plain = [list(driver.table.render_line(y)) for y in (1, 2, 3)]
        assert (len(cursor), len(accent), len(plain)) == (1, 1 if theme == "monochrome" else 3, 1)
        assert cursor[0].style != plain[0].style
        if theme in ("16-colour", "monochrome"):
            assert not plain[0].style
        if len(accent) == 3:
            assert accent[1].text == "failed"
            assert accent[0].style == accent[2].style == plain[0].style


async def test_another_theme_paints_anew() -> None:
    async with running(ComputedRows(9), theme="dark") as driver:
        before = driver.table.render_line(3)._segments[0].style
        driver.app.register_theme(load_theme(bundled_themes_folder() / "light.toml"))
        driver.app.theme = "light"
        await driver.pilot.pause()
        assert driver.table.render_line(3)._segments[0].style != before


async def test_the_cursor_looks_weaker_without_the_focus() -> None:
    async with running(ComputedRows(9), theme="dark") as driver:
        focused = driver.table.render_line(1)._segments[0].style
        driver.app.set_focus(None)
        assert 1 in await driver.painted()
        assert driver.table.render_line(1)._segments[0].style != focused
        driver.table.move_cursor(1)
        assert await driver.painted() == [1, 2]


async def test_the_mouse_above_it_paints_nothing() -> None:
    async with running(ComputedRows(9)) as driver:
        await driver.pilot.hover(WatchedTable, offset=(5, 5))
        driver.table.notify_style_update()
        assert await driver.painted() == []
        driver.table.move_cursor(1)
        assert await driver.painted() == [1, 2]


async def test_other_columns_of_the_same_rows() -> None:
    async with running(ComputedRows(9)) as driver:
        driver.table.set_columns(COLUMNS[:1])
        await driver.pilot.pause()
        assert driver.screen()[:2] == ["  NAME", "▌ row 0"]


def test_bindings_have_ids_and_take_no_key_of_others() -> None:
    for binding in VirtualTable.BINDINGS:
        assert isinstance(binding, Binding)
        assert (binding.id or "").startswith("table.")
        keys = set(binding.key.split(","))
        assert not keys & {"ctrl+a", "ctrl+b", "ctrl+j", "ctrl+s", "g", "space"}
