"""What can be reached in a small terminal, and what another size leaves as it was."""

from __future__ import annotations

import pytest

from hoopscope.demo.server import DemoGateway
from hoopscope.tui.widgets.filter_sidebar import FilterSidebar
from tests.tui.conftest import browser_on


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_the_filters_open_above_the_table_where_the_sidebar_is_off(
    gateway: DemoGateway, size: tuple[int, int]
) -> None:
    async with browser_on(gateway.url, gateway.token, size=size, sidebar=False) as browser:
        width = browser.table.size.width
        await browser.press("f")
        await browser.until(lambda: browser.screen.query(FilterSidebar))
        await browser.until(lambda: "Approver" in browser.text())
        assert browser.table.size.width == width
        await browser.press("escape")
        await browser.until(lambda: "Approver" not in browser.text())
        assert browser.table.has_focus
