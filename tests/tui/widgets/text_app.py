"""A pager on its own, with what it asks of a screen noted and answered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from rich.cells import cell_len
from textual import on
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget

from hoopscope.config.locations import bundled_themes_folder
from hoopscope.recordings.byte_source import HeldBytes
from hoopscope.recordings.spool import Spool
from hoopscope.tui.theming import load_theme
from hoopscope.tui.widgets.requests import AnswerWanted, CopyWanted, SentenceWanted
from hoopscope.tui.widgets.text_view import TextView


class WatchedText(TextView):
    """Notes which rows it was asked to paint."""

    painted: list[int]

    def render_line(self, y: int) -> Strip:
        self.painted.append(y)
        strip = super().render_line(y)
        assert sum(cell_len(segment.text) for segment in strip) == self.size.width
        return strip


class TextApp(App[None]):
    """One widget, focused."""

    CSS = "Screen > * { height: 1fr; }"

    def __init__(self, widget: Widget, theme: str = "dark") -> None:
        super().__init__()
        loaded = load_theme(bundled_themes_folder() / f"{theme}.toml")
        self.register_theme(loaded)
        self.theme = loaded.name
        self.widget = widget
        self.said: list[str] = []
        self.notice = ""
        self.copied: list[tuple[str, str]] = []
        self.answer = ""
        self.questions: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.widget

    def on_mount(self) -> None:
        self.widget.focus()

    @on(SentenceWanted)
    def _said(self, event: SentenceWanted) -> None:
        if event.text:
            self.said.append(event.text)
        self.notice = event.text

    @on(CopyWanted)
    def _copied(self, event: CopyWanted) -> None:
        self.copied.append((event.text, event.what))

    @on(AnswerWanted)
    def _asked(self, event: AnswerWanted) -> None:
        self.questions.append(event.question)
        event.answer(self.answer)


class Reader:
    """A running pager, and what it shows."""

    def __init__(self, app: TextApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def view(self) -> WatchedText:
        assert isinstance(self.app.widget, WatchedText)
        return self.app.widget

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    def screen(self) -> list[str]:
        strips = self.app.screen._compositor.render_strips()
        return [strip.text.rstrip() for strip in strips]

    async def painted(self) -> list[int]:
        """The rows painted since this was last asked."""
        await self.pilot.pause()
        painted = sorted(set(self.view.painted))
        self.view.painted.clear()
        return painted

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until something is so; threads take the time they take."""
        for _ in range(500):
            await self.pilot.pause()
            if condition():
                return
            await asyncio.sleep(0.01)
        raise TimeoutError("it did not come to that:\n" + "\n".join(self.screen()))


@asynccontextmanager
async def reading(
    content: bytes | Spool, size: tuple[int, int] = (40, 10), theme: str = "dark", **how: Any
) -> AsyncIterator[Reader]:
    """A pager on a text, shown as `TextView.show` is told."""
    view = WatchedText()
    view.painted = []
    app = TextApp(view, theme)
    async with app.run_test(size=size) as pilot:
        reader = Reader(app, pilot)
        view.show(HeldBytes(content) if isinstance(content, bytes) else content, **how)
        await reader.painted()
        yield reader
