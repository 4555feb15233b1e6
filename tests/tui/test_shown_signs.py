from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import AbstractAsyncContextManager

import pytest
from rich.segment import Segment
from textual.color import Color
from textual.strip import Strip

from hoopscope.demo.server import DemoGateway
from hoopscope.tui.shown_signs import ShownSigns
from tests.tui.conftest import Browser, browser_on
from tests.tui.screens.every_screen import IN_A_SESSION, SESSIONS, in_a_session, in_the_browser

pytestmark = pytest.mark.whole


@pytest.mark.parametrize(
    ("encoding", "ascii_only", "text", "shown"),
    [
        ("utf-8", True, "╭─ Zoë ▌ 田中 ✓ …", "+- Zoë | 田中 + ~"),
        ("ascii", True, "╭─ Zoë ▌ 田中 ✓ …", "+- Zo? | ???? + ~"),
        ("iso8859-1", True, "│ Zoë · 田中", "| Zoë - ????"),
        ("iso8859-1", False, "│ Zoë · 田中", "? Zoë · ????"),
        ("euc_jp", True, "▊ Zoë 田中 🔎", "| Zoë 田中 ??"),
        ("ascii", True, "e\u0301 nothing above", "e nothing above"),
    ],
)
def test_what_cannot_be_shown_is_replaced_cell_by_cell(
    encoding: str, ascii_only: bool, text: str, shown: str
) -> None:
    before = Strip([Segment(text)])
    after = before.apply_filter(ShownSigns(encoding, ascii_only=ascii_only), Color(0, 0, 0))
    assert after.text == shown
    assert Strip([Segment(after.text)]).cell_length == before.cell_length


def _on_ascii(gateway: DemoGateway) -> AbstractAsyncContextManager[Browser]:
    return browser_on(gateway.url, gateway.token, size=(80, 24), ascii_only=True, encoding="ascii")


async def _refused(browser: Browser, places: AsyncIterator[str], encoding: str) -> list[str]:
    """The lines of every place that such a terminal cannot show."""
    found = []
    async for place in places:
        await browser.shown()
        for line in browser.text().splitlines():
            try:
                line.encode(encoding)
            except UnicodeEncodeError:
                found.append(f"{place}: {line}")
    return found


async def test_the_browser_is_all_ascii_where_the_terminal_has_nothing_else(
    gateway: DemoGateway,
) -> None:
    async with _on_ascii(gateway) as browser:
        assert await _refused(browser, in_the_browser(browser), "ascii") == []


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("terminal", ["part 1", "part 4", "part 5", "a record", "JSON, folded", "save as"]),
        ("http", ["part 3", "a record"]),
        ("waiting", ["part 2", "part 6"]),
        *(pytest.param(name, IN_A_SESSION, marks=pytest.mark.slow) for name in SESSIONS),
    ],
)
async def test_a_session_is_all_ascii_where_the_terminal_has_nothing_else(
    gateway: DemoGateway, name: str, parts: Iterable[str]
) -> None:
    async with _on_ascii(gateway) as browser:
        assert await _refused(browser, in_a_session(browser, SESSIONS[name], parts), "ascii") == []
