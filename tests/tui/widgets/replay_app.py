"""A ReplayView on a screen of its own, with a recording of what a shell might print."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any

from textual.app import App, ComposeResult
from textual.pilot import Pilot

from hoopscope.gateway.event import Event
from hoopscope.recordings.recording import Recording
from hoopscope.tui.widgets.replay_view import ReplayView
from hoopscope.tui.widgets.requests import AnswerWanted, CopyWanted, SentenceWanted

SESSION = (
    Event(0.0, "o", b"\x1b]0;hostile title\x07$ "),
    Event(1.0, "i", b"l"),
    Event(1.1, "o", b"l"),
    Event(1.2, "i", b"s\r"),
    Event(1.3, "o", b"s\r\nREADME.md  src\r\n$ "),
    Event(60.0, "i", b"drop\r"),
    Event(60.1, "o", b"drop table\r\n"),
    Event(60.2, "o", b"ERROR: no such table\r\n$ "),
    Event(61.0, "o", b"\x1b[2J\x1b[Hcleared\r\n$ "),
)


class ReplayApp(App[None]):
    """Keeps what the view asks for."""

    def __init__(self, events: Iterable[Event], *, ascii_only: bool = False, **shown: Any) -> None:
        super().__init__()
        self.recording = Recording()
        self.recording.append(events)
        self.recording.is_complete = not shown.get("live", False)
        self.view = ReplayView(ascii_only=ascii_only)
        self.said: list[str] = []
        self.copied: list[str] = []
        self.answers: dict[str, str] = {}
        self._shown = shown

    def compose(self) -> ComposeResult:
        """The view alone."""
        yield self.view

    def on_mount(self) -> None:
        """Begin."""
        self.view.show(self.recording, **self._shown)
        self.view.focus()

    def on_answer_wanted(self, message: AnswerWanted) -> None:
        """Answer what the test said beforehand."""
        for question, answer in self.answers.items():
            if message.question.startswith(question):
                message.answer(answer)

    def on_sentence_wanted(self, message: SentenceWanted) -> None:
        """Keep it."""
        if message.text:
            self.said.append(message.text)

    def on_copy_wanted(self, message: CopyWanted) -> None:
        """Keep it."""
        self.copied.append(message.text)

    @property
    def terminal(self) -> str:
        """What the recorded terminal shows."""
        return self.view.screen_text

    @property
    def lines(self) -> list[str]:
        """What is painted, line by line."""
        return [
            "".join(each.text for each in strip)
            for strip in self.screen._compositor.render_strips()
        ]


async def until(holds: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait until something holds."""
    for _ in range(int(seconds / 0.01)):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not come to that")


@asynccontextmanager
async def replayed(
    events: Iterable[Event] = SESSION,
    window: tuple[int, int] = (80, 27),
    **shown: Any,
) -> AsyncIterator[tuple[ReplayApp, Pilot[None]]]:
    """The app with its first screen drawn and all indexed."""
    app = ReplayApp(events, **shown)
    try:
        async with app.run_test(size=window) as pilot:
            await until(lambda: app.view.is_settled)
            yield app, pilot
    finally:
        app.recording.close()
