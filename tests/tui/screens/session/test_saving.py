from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from hoopscope.demo.server import DemoGateway
from hoopscope.gateway.row import SessionRow
from hoopscope.recordings.exports import FORMATS
from hoopscope.recordings.parts import parts_of
from hoopscope.tui.screens.session.format_picker import FormatPicker
from hoopscope.tui.screens.session.saving import default_name, destination, formats_of
from tests.tui.conftest import Browser, browser_on
from tests.tui.screens.session.conftest import open_session

NOW = 1_790_000_000_000_000
ID = "74efe044-b0a5-4451-93f1-bd7fa0f3a364"
ENDED: dict[str, Any] = {
    "status": "done",
    "exit_code": 0,
    "start": NOW,
    "end": NOW,
    "event_size": 900,
}


@pytest.mark.parametrize(
    ("row", "names"),
    [
        (
            SessionRow(ID, verb="exec", type="custom", script_size=9, **ENDED),
            "txt json jsonl script",
        ),
        (SessionRow(ID, verb="exec", type="database", **ENDED), "txt json jsonl csv script"),
        (SessionRow(ID, verb="connect", type="command-line", **ENDED), "txt cast json jsonl"),
        (
            SessionRow(ID, verb="connect", type="database", subtype="postgres", **ENDED),
            "json jsonl script",
        ),
        (
            SessionRow(ID, verb="connect", type="custom", status="open", review_status="PENDING"),
            "json",
        ),
    ],
)
def test_only_formats_that_would_hold_something_are_offered(row: SessionRow, names: str) -> None:
    offers = parts_of(row, None, NOW)
    assert [found.name for found in formats_of(row, offers)] == [
        name for name in names.split() if name in FORMATS
    ]


def test_a_hostile_name_stays_in_the_folder_that_one_is_in(tmp_path: Path) -> None:
    row = SessionRow(ID, connection="../../etc/\x1b[2J", start=NOW)
    name = default_name(row, ".txt")
    assert Path(name).name == name
    assert name.isascii()
    assert destination(str(tmp_path), name).path == tmp_path / name
    with pytest.raises(ValueError, match="nothing is saved"):
        destination("  ", name)


async def test_a_session_is_saved_and_no_file_is_replaced_without_a_word(
    gateway: DemoGateway, tmp_path: Path
) -> None:
    path = tmp_path / "saved.txt"
    async with browser_on(gateway.url, gateway.token) as browser:
        screen = await open_session(
            browser, lambda row: row.verb == "exec" and row.exit_code == 0 and row.event_size > 300
        )
        assert await asked_for_a_name(browser, path) == default_name(screen.row, ".txt")
        await browser.press("enter")
        await browser.until(lambda: "Saved " in browser.text())
        saved = path.read_bytes()
        assert saved
        path.write_bytes(b"mine")
        for answer, left in (("no", b"mine"), ("yes", saved)):
            await asked_for_a_name(browser, path)
            await browser.press("enter")
            await browser.until(lambda: "Replace it?" in browser.text())
            await browser.press(*answer, "enter")
            await browser.until(lambda: " saved" in browser.text() or "Saved" in browser.text())
            assert path.read_bytes() == left


async def asked_for_a_name(browser: Browser, path: Path) -> str:
    """Choose the first format and enter a path; gives the name that stood there before."""
    await browser.press("S")
    await browser.until(lambda: isinstance(browser.app.screen, FormatPicker))
    await browser.press("enter")
    await browser.until(lambda: not isinstance(browser.app.screen, FormatPicker))
    field = browser.app.screen.query_one(Input)
    await browser.until(lambda: field.has_focus)
    before, field.value = field.value, str(path)
    return before


async def test_the_gateways_switches_are_honoured_and_named() -> None:
    with DemoGateway(sessions=200, downloads=False, clipboard=False) as gateway:
        async with browser_on(gateway.url, gateway.token) as browser:
            await browser.until(lambda: not browser.screen._acquaintance.may_download)
            await open_session(browser, lambda row: row.exit_code == 0)
            await browser.press("S")
            assert "downloads switched off" in browser.text()
            await browser.press("y")
            assert "copying switched off" in browser.text()
