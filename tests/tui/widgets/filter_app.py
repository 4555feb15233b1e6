"""An app around the filter sidebar, for its tests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.events import Key
from textual.pilot import Pilot

from hoopscope.config.locations import bundled_themes_folder
from hoopscope.sessions.filters import Filters
from hoopscope.tui.theming import load_theme
from hoopscope.tui.widgets.filter_sidebar import FiltersChanged, FilterSidebar

NOW = datetime(2026, 11, 23, 14, 3, 25, tzinfo=UTC)
HOSTILE = "ev\x1b[31mil[/b]\u202e\u200b"


@dataclass
class Somebody:
    id: str | None
    name: str | None
    email: str | None


@dataclass
class Somewhere:
    name: str | None
    type: str | None = "database"
    subtype: str | None = "postgres"


PEOPLE = [
    Somebody(f"okta|{name}", full, f"{name}@acme.example")
    for name, full in [
        ("ana", "Ana Ops"),
        ("bruno", "Bruno Díaz"),
        ("carla", "Carla Weiß"),
        ("dana", "Dana 田中"),
    ]
]
CONNECTIONS = [Somewhere(name) for name in ("pg-orders-prod", "pg-orders-staging", "bash-prod")]


class FilterApp(App[None]):
    CSS = "#slot { width: 26; height: 1fr; }"

    def __init__(self, theme: str = "dark", *, ascii_only: bool = False) -> None:
        super().__init__()
        loaded = load_theme(bundled_themes_folder() / f"{theme}.toml")
        self.register_theme(loaded)
        self.theme = loaded.name
        self.animation_level = "none"
        self.sidebar = FilterSidebar(clock=lambda: NOW, ascii_only=ascii_only)
        self.asked: list[Filters] = []
        self.left = 0

    def compose(self) -> ComposeResult:
        with Horizontal(id="slot"):
            yield self.sidebar

    def on_mount(self) -> None:
        self.sidebar.set_people(PEOPLE)
        self.sidebar.set_connections(CONNECTIONS)
        self.sidebar.focus_first()

    def on_filters_changed(self, event: FiltersChanged) -> None:
        self.asked.append(event.filters)

    def on_filter_sidebar_left(self) -> None:
        self.left += 1

    async def type(self, pilot: Pilot[None], text: str) -> None:
        """Type this; as `Pilot.press` does, but without its wait after every key."""
        await pilot.pause()
        for character in text:
            self.post_message(Key(character, character))
        await pilot.pause()

    def lines(self) -> list[str]:
        """What is on screen."""
        strips = self.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]

    def sees(self, text: str) -> bool:
        """Whether a line on screen holds this."""
        return any(text in line for line in self.lines())


@asynccontextmanager
async def sidebar_on_screen(
    height: int = 38, width: int = 60, app: FilterApp | None = None
) -> AsyncIterator[tuple[FilterApp, Pilot[None]]]:
    """The app, running on a screen of this size."""
    app = app or FilterApp()
    async with app.run_test(size=(width, height)) as pilot:
        await pilot.pause()
        yield app, pilot


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Wait until something is so, on a busy machine too."""
    for _ in range(250):
        await pilot.pause(0.02)
        if condition():
            return
    raise TimeoutError("it did not come to that")


async def dates_read(app: FilterApp, pilot: Pilot[None]) -> None:
    """Wait until what stands in the date fields was read and said."""
    for field in (app.sidebar.fields.start, app.sidebar.fields.end):
        field.read_again()
    await app.workers.wait_for_complete()
    await pilot.pause(0.05)
