from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.events import MouseScrollDown, MouseScrollUp
from textual.pilot import Pilot
from textual.strip import Strip

from hoopscope.config.locations import bundled_themes_folder
from hoopscope.gateway.errors import Forbidden, ServerFailed
from hoopscope.gateway.models.session import SessionDetail
from hoopscope.gateway.row import SessionRow
from hoopscope.tui.theming import load_theme
from hoopscope.tui.widgets.detail_pane import DetailPane
from hoopscope.untrusted import harmless
from tests.sessions.facts.sessions import NOW, detail, row

WIDTH, HEIGHT = 80, 16


class WatchedPane(DetailPane):
    """Notes which lines it was asked to paint."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.painted: list[int] = []

    def render_line(self, y: int) -> Strip:
        self.painted.append(y)
        return super().render_line(y)


class PaneApp(App[None]):
    def __init__(self, theme: str = "dark", **options: Any) -> None:
        super().__init__()
        loaded = load_theme(bundled_themes_folder() / f"{theme}.toml")
        self.register_theme(loaded)
        self.theme = loaded.name
        self.now = NOW
        self.pane = WatchedPane(clock=lambda: self.now, **options)

    def compose(self) -> ComposeResult:
        yield self.pane

    def lines(self) -> list[str]:
        """What can be seen."""
        return [self.pane.render_line(y).text.rstrip() for y in range(self.pane.size.height)]

    def show(self, name: str, **changes: Any) -> None:
        whole = detail(name, **changes)
        self.pane.show_detail(SessionRow.from_json(whole.raw), whole)


@asynccontextmanager
async def pane_on_screen(
    size: tuple[int, int] = (WIDTH, HEIGHT), **options: Any
) -> AsyncIterator[tuple[PaneApp, Pilot[None]]]:
    app = PaneApp(**options)
    async with app.run_test(size=size) as pilot:
        app.pane.focus()
        await pilot.pause()
        yield app, pilot


async def test_it_says_that_there_is_nothing() -> None:
    async with pane_on_screen() as (app, _):
        assert app.lines()[0] == " no session"
        app.show("fail-exit3")
        app.pane.show_nothing()
        assert app.lines()[0] == " no session"


async def test_a_row_is_there_at_once_and_its_detail_follows() -> None:
    async with pane_on_screen() as (app, _):
        app.pane.show_row(row("fail-exit3"))
        assert app.lines()[0].startswith(" ✗ exit 3 after 72.4 ms · exec on bash-prod")
        assert " Script  not loaded yet" in app.lines()
        app.show("fail-exit3")
        assert " Script  1 line, 37 bytes" in app.lines()
        assert "not loaded" not in app.pane.text


@pytest.mark.parametrize(
    ("error", "why", "word"),
    [
        (
            Forbidden("This credential may not see it.", "Ask an admin.", status=403),
            "✗ This credential may not see it. Ask an admin.",
            "not allowed to see",
        ),
        (
            ServerFailed("The gateway failed.", status=500),
            "✗ The gateway failed.",
            "could not be loaded",
        ),
        (RuntimeError("\x1b[31msecret"), "✗ RuntimeError", "could not be loaded"),
    ],
)
async def test_a_failure_leaves_the_row_and_says_why(error: Exception, why: str, word: str) -> None:
    async with pane_on_screen() as (app, _):
        app.pane.show_failure(row("fail-exit3"), error)
        lines = app.lines()
        assert lines[0].startswith(" ✗ exit 3")
        assert f" {why}" in lines
        assert f" Script  {word}" in lines


async def test_only_lines_that_changed_are_painted() -> None:
    async with pane_on_screen() as (app, pilot):
        app.show("ok-simple")
        await pilot.pause()
        app.pane.painted.clear()
        app.show("ok-simple")
        await pilot.pause()
        assert app.pane.painted == []
        app.show("ok-simple", script={"data": "echo something else"})
        await pilot.pause()
        title = app.lines().index(" Script  1 line, 19 bytes")
        app.pane.painted.clear()
        app.show("ok-simple", script={"data": "echo something more"})
        await pilot.pause()
        assert app.pane.painted == [title + 1]


async def test_time_goes_by_when_it_is_told() -> None:
    async with pane_on_screen() as (app, pilot):
        app.show("jit-live-ready")
        assert "1 hour, 58 minutes and 13 seconds left" in " ".join(app.pane.text.split())
        app.now += 7200 * 1_000_000
        app.pane.update_facts()
        await pilot.pause()
        assert "expired" in app.lines()[0]


async def test_it_scrolls_by_keys_and_wheel_and_marks_what_is_below() -> None:
    async with pane_on_screen() as (app, pilot):
        app.show("ai-agentic-medium")
        whole = app.pane.text.split("\n")
        assert app.lines()[-1].endswith(f" ▾ {len(whole) - HEIGHT} more")
        await pilot.press("down", "j")
        assert app.lines()[0] == whole[2]
        await pilot.press("up", "k", "k")
        assert app.lines()[0] == whole[0]
        await pilot.press("pagedown")
        assert app.lines()[0] == whole[HEIGHT - 1]
        await pilot.press("end")
        assert app.lines()[-1].startswith(whole[-1])
        assert app.lines()[-1].endswith(" ▴ end")
        await pilot.press("pageup", "home")
        assert app.lines()[0] == whole[0]
        at = (app.pane, 1, 1, 0, 0, 0, False, False, False)
        app.pane.post_message(MouseScrollDown(*at))
        await pilot.pause()
        assert app.lines()[0] == whole[3]
        app.pane.post_message(MouseScrollUp(*at))
        await pilot.pause()
        assert app.lines()[0] == whole[0]


async def test_another_session_begins_at_its_top_the_same_one_stays() -> None:
    async with pane_on_screen() as (app, pilot):
        app.show("ai-agentic-medium")
        await pilot.press("pagedown")
        below = app.lines()[0]
        app.show("ai-agentic-medium")
        assert app.lines()[0] == below
        app.show("fail-exit3")
        assert app.lines()[0].startswith(" ✗ exit 3")


async def test_a_session_that_became_shorter_shows_no_emptiness() -> None:
    async with pane_on_screen() as (app, pilot):
        app.show("ai-agentic-medium")
        await pilot.press("end")
        app.show("ai-agentic-medium", ai_analysis=None)
        await pilot.pause()
        assert len(app.pane.text.split("\n")) > HEIGHT
        assert app.lines()[-1].startswith(app.pane.text.split("\n")[-1])


async def test_two_columns_come_with_the_room() -> None:
    async with pane_on_screen() as (app, pilot):
        app.show("review-two-groups-partial")
        assert " Script  1 line, 12 bytes" in app.pane.text.split("\n")
        await pilot.resize_terminal(120, HEIGHT)
        await pilot.pause()
        [title] = [line for line in app.lines() if line.startswith(" Review  … waiting: 1 of 2")]
        assert title.endswith("Script  1 line, 12 bytes")


async def test_times_change_with_the_zone_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    time.tzset()
    try:
        async with pane_on_screen() as (app, _):
            app.show("fail-exit3")
            assert "2026-11-23 11:46:36.162057 → 11:46:36.234474 UTC" in app.pane.text
            app.pane.utc = False
            assert "2026-11-23 17:16:36.162057 → 17:16:36.234474 +05:30" in app.pane.text
    finally:
        monkeypatch.undo()
        time.tzset()


async def test_signs_are_ascii_where_nothing_else_can_be_drawn() -> None:
    async with pane_on_screen(ascii_only=True) as (app, _):
        for name in ("review-two-groups-partial", "fail-exit3", "ai-agentic-high-block", "live"):
            app.show(name, user_name="Dana")
            assert "\n".join(app.lines()).isascii()


@pytest.mark.parametrize("theme", ["16-colour", "monochrome"])
async def test_the_terminals_own_colours_are_not_asked_for(theme: str) -> None:
    async with pane_on_screen(theme=theme) as (app, _):
        app.show("ok-simple")
        for y in range(HEIGHT):
            for segment in app.pane.render_line(y):
                style = segment.style
                assert style is not None
                assert not (style.color and style.color.is_default)
                assert not (style.bgcolor and style.bgcolor.is_default)


async def test_hostile_sessions_are_shown_harmless() -> None:
    hostile = "\x1b]0;x\x07\u202e[red]日本\r\n" * 3
    changes = {"script": {"data": hostile}, "user_name": hostile, "metadata": {hostile: hostile}}
    async with pane_on_screen() as (app, pilot):
        app.show("ai-agentic-medium", **changes)
        for _ in range(6):
            assert all(harmless(line) == line for line in app.lines())
            await pilot.press("pagedown")
        assert "[red]日本" in app.pane.text


async def test_a_pane_without_room_is_no_trouble() -> None:
    async with pane_on_screen(size=(1, 1)) as (app, pilot):
        app.show("ai-agentic-medium")
        await pilot.press("pagedown", "end", "up")
        await pilot.resize_terminal(WIDTH, HEIGHT)
        await pilot.pause()
        assert app.pane.text


async def test_an_ordinary_session_is_shown_in_no_time() -> None:
    async with pane_on_screen(size=(120, 40)) as (app, _):
        whole: SessionDetail = detail("ai-agentic-medium")
        listed = SessionRow.from_json(whole.raw)
        other = row("ok-simple")
        took = []
        for _ in range(10):
            app.pane.show_row(other)
            began = time.perf_counter()
            app.pane.show_detail(listed, whole)
            took.append(time.perf_counter() - began)
        assert min(took) < 0.01


@pytest.mark.parametrize(
    "name", ["review-two-groups-partial", "guardrail-input", "ai-agentic-high-block", "jit-revoked"]
)
@pytest.mark.parametrize("size", [(120, 22), (80, 24)], ids=["wide", "narrow"])
def test_it_looks_like_this(
    name: str, size: tuple[int, int], snap_compare: Callable[..., bool]
) -> None:
    app = PaneApp()

    async def show(pilot: Pilot[None]) -> None:
        app.show(name)
        await pilot.pause()

    run: Callable[[Pilot[None]], Awaitable[None]] = show
    assert snap_compare(app, run_before=run, terminal_size=size)
