from __future__ import annotations

from hoopscope.demo.server import DemoGateway
from hoopscope.sessions.filters import Filters
from hoopscope.tui.widgets.detail_pane import DetailPane
from hoopscope.tui.widgets.filter_line import FilterLine
from hoopscope.tui.widgets.filter_sidebar import FilterSidebar
from tests.tui.conftest import browser_on


async def test_the_first_rows_come_by_themselves(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        assert browser.line("title").split()[:2] == ["hoopscope", "demo"]
        assert "ana@tidewater.example · admin" in browser.line("title")
        assert "2,000 sessions" in browser.line("title")
        assert browser.line("place").startswith(" row 1 of ")
        newest = browser.link.store.rows(0, 1)[0]
        assert browser.table.cursor_key == newest.id


async def test_the_next_page_comes_before_the_reader_needs_it(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        for _ in range(10):
            await browser.press("pagedown")
            await browser.until(
                lambda: (
                    browser.table.cursor_row + browser.table.visible_count
                    < browser.link.state.loaded
                )
            )
        assert browser.table.cursor_row > 150
        rows = browser.link.store.rows(0, 2_000)
        assert [row.sort_key for row in rows] == sorted(
            {row.sort_key for row in rows}, reverse=True
        )


async def test_the_end_of_history_can_be_seen(gateway: DemoGateway) -> None:
    filters = Filters(connection="ledger", connection_contains=True)
    async with browser_on(gateway.url, gateway.token, filters=filters) as browser:
        for _ in range(20):
            await browser.press("pagedown")
        await browser.until(lambda: "end of history" in browser.text())
        assert "all read" in browser.line("place")


async def test_end_and_home_go_to_the_oldest_and_the_newest(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        newest = browser.table.cursor_key
        await browser.press("end")
        await browser.until(lambda: "end of history" in browser.text())
        assert browser.link.state.loaded < 400
        assert browser.table.cursor_row == browser.link.state.loaded - 1
        await browser.press("home")
        await browser.until(lambda: browser.table.cursor_key == newest)
        assert browser.table.cursor_row == 0


async def test_a_date_is_gone_to_and_back(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        newest = browser.table.cursor_key
        await browser.press("g", *"2026-10-01", "enter")
        await browser.until(lambda: "2026-10-01" in browser.line("place"))
        await browser.press("g", *"when pigs fly", "enter")
        await browser.until(lambda: "✗" in browser.notice)
        assert "2026-10-01" in browser.line("place")
        await browser.press("g", "enter")
        await browser.until(lambda: browser.table.cursor_key == newest)


async def test_text_is_found_in_the_loaded_rows(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        await browser.press("slash", *"BILLING", "enter")
        await browser.until(lambda: "loaded" in browser.notice)
        first = browser.table.cursor_row
        assert "billing" in browser.link.store.rows(first, 1)[0].connection
        await browser.press("n")
        await browser.until(lambda: browser.table.cursor_row != first)
        await browser.press("N")
        await browser.until(lambda: browser.table.cursor_row == first)
        await browser.press("slash", *"no such thing", "enter")
        await browser.until(lambda: "in none of the" in browser.notice)
        assert browser.table.cursor_row == first


async def test_what_the_gateway_cannot_filter_is_filtered_here(gateway: DemoGateway) -> None:
    filters = Filters(outcomes=("failed",))
    async with browser_on(gateway.url, gateway.token, ready=False) as browser:
        browser.screen._ask(filters)
        # What was asked for first may never have been begun.
        await browser.until(lambda: browser.link.state.looked_through > browser.link.state.loaded)
        await browser.until(lambda: browser.link.state.loaded > browser.table.visible_count)
        rows = browser.link.store.rows(0, 500)
        assert {row.status for row in rows} == {"done"}
        assert all(row.exit_code not in (0, None) for row in rows)
        line = browser.screen.query_one(FilterLine).text
        assert "outcome=failed" in line
        assert f"found in {browser.link.state.looked_through:,} looked through" in line


async def test_filters_select_what_they_say(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        await browser.press("f", *"dana", "enter")
        await browser.until(lambda: browser.link.state.generation == 2)
        rows = browser.link.store.rows(0, 100)
        assert rows
        assert {row.user for row in rows} == {"dana@tidewater.example"}
        assert browser.screen.query_one(FilterLine).text.startswith(" user=")
        await browser.press("escape", "x")
        await browser.until(lambda: browser.link.state.generation == 3)
        assert not browser.screen.query_one(FilterLine).display
        assert len({row.user for row in browser.link.store.rows(0, 100)}) > 5


async def test_a_wrong_value_is_marked_and_the_list_stays(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        sidebar = browser.screen.query_one(FilterSidebar)
        sidebar.fields.start.focus()
        await browser.press(*"the day after never", "enter")
        await browser.until(lambda: sidebar.fields.start.has_class("-problem"))
        assert browser.link.state.generation == 1
        assert browser.table.row_count >= 100
        assert "start:" in browser.notice


async def test_the_detail_follows_the_cursor_and_only_where_it_rests(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token) as browser:
        pane = browser.screen.query_one(DetailPane)
        await browser.press(*["down"] * 12)
        row = browser.link.store.rows(12, 1)[0]
        await browser.until(lambda: row.id in pane.text)
        await browser.until(lambda: "not loaded" not in pane.text)
        assert "Review" in pane.text


async def test_at_80_by_24_everything_is_one_key_away(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token, size=(80, 24)) as browser:
        assert browser.table.visible_count >= 17
        assert not browser.screen.query(FilterSidebar)
        await browser.press("f")
        await browser.until(lambda: browser.screen.query(FilterSidebar))
        assert "Connection" in browser.text()
        await browser.press("escape")
        assert browser.app.focused is browser.table
        assert "Approver" not in browser.text()
        await browser.press("down", "d")
        await browser.until(lambda: browser.screen.query(DetailPane))
        row = browser.link.store.rows(1, 1)[0]
        await browser.until(lambda: row.id in browser.text())
        await browser.press("right_square_bracket")
        older = browser.link.store.rows(2, 1)[0]
        await browser.until(lambda: older.id in browser.text())
        await browser.press("escape")
        assert browser.app.focused is browser.table
        assert browser.table.cursor_row == 2


async def test_a_terminal_that_is_too_small_says_so_and_comes_back(gateway: DemoGateway) -> None:
    async with browser_on(gateway.url, gateway.token, size=(80, 24)) as browser:
        await browser.press(*["down"] * 5)
        key = browser.table.cursor_key
        await browser.pilot.resize_terminal(50, 24)
        assert "60 columns and 20 rows" in browser.text()
        await browser.pilot.resize_terminal(80, 18)
        assert "60 columns and 20 rows" in browser.text()
        await browser.pilot.resize_terminal(80, 24)
        assert "60 columns and 20 rows" not in browser.text()
        assert browser.table.cursor_key == key
        assert "WHEN" in browser.text()
