"""EventsView: records in a table, one of them at length; secrets, finding, filtering, copying."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual import on
from textual.pilot import Pilot

from hoopscope.gateway.event import Event
from hoopscope.recordings.kinds import RecordingKind
from hoopscope.recordings.record_log import RecordLog
from hoopscope.recordings.recording import Recording
from hoopscope.tui.widgets.events_view import EventsView
from hoopscope.tui.widgets.requests import ReadingWanted
from tests.recordings.streams import captured
from tests.tui.widgets.text_app import TextApp

START = 1_764_000_000_000_000


class EventsApp(TextApp):
    """A view on its own; notes what was to be opened."""

    def __init__(self, view: EventsView) -> None:
        super().__init__(view)
        self.opened: list[ReadingWanted] = []

    @on(ReadingWanted)
    def _opened(self, event: ReadingWanted) -> None:
        self.opened.append(event)


class Shown:
    """A running view, its recording, and what it shows."""

    def __init__(self, app: EventsApp, view: EventsView, pilot: Pilot[None]) -> None:
        self.app, self.view, self.pilot = app, view, pilot

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settled()

    async def settled(self) -> None:
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    def lines(self) -> list[str]:
        """The lines of the table that are in sight."""
        table = self.view.table
        return [
            "".join(segment.text for segment in table.render_line(y)).rstrip()
            for y in range(table.size.height)
        ]

    @property
    def text(self) -> str:
        return self.view.inspector.text


@asynccontextmanager
async def shown(
    name: str | list[Event],
    kind: RecordingKind = RecordingKind.EXEC,
    *,
    start: int | None = START,
    ascii_only: bool = False,
    size: tuple[int, int] = (80, 20),
) -> AsyncIterator[Shown]:
    if isinstance(name, str):
        kind, events = captured(f"detail-{name}-expand.json")
    else:
        events = name
    recording = Recording()
    recording.append(events)
    recording.is_complete = True
    log = RecordLog(recording, kind)
    view = EventsView(ascii_only=ascii_only)
    app = EventsApp(view)
    async with app.run_test(size=size) as pilot:
        view.show(log, start=start)
        await asyncio.to_thread(log.wait, 10)
        await pilot.pause()
        try:
            yield Shown(app, view, pilot)
        finally:
            log.close()
            recording.close()


async def test_shows_records_and_the_one_under_the_cursor() -> None:
    async with shown("pg-wire") as view:
        lines = view.lines()
        assert lines[0].split() == ["TIME", "KIND", "WHAT"]
        assert lines[1].startswith("▌  0:38.797  →  connect        noop on sampledb with psql")
        assert lines[3].endswith("┌ begin;")
        assert "application_name  psql" in view.text
        assert "from the client · 2025-11-24 16:00:38 · event 2" in view.view.inspector.heading
        await view.press("down", "down", "down")
        assert "transaction  1, statement 1" in view.text
        await view.press("end")
        assert "Only what the client sent to PostgreSQL is recorded" in view.lines()[-1]
        assert view.view.place == "record 28 of 28"


async def test_masks_secrets_until_a_key_shows_them() -> None:
    async with shown("terminal") as view:
        view.view.go_to_record(29)
        await view.settled()
        masked = next(line for line in view.lines() if line.startswith("▌"))
        assert masked.startswith("▌*")
        assert masked.endswith("********")
        assert "hunter2" not in view.text
        assert view.view.inspector.heading.endswith("v shows 1 secret")
        await view.press("y", "x")
        assert "hunter2" not in view.app.copied[0][0]
        assert view.text.strip().startswith("These bytes hold a secret.")
        await view.press("v")
        assert "hunter2" in view.text
        await view.press("x", "y", "enter")
        assert any(line.endswith("hunter2") for line in view.lines())
        assert "hunter2" in view.app.copied[1][0]
        assert b"hunter2" in view.app.opened[0].source.read(0, 99)
        assert view.app.said[-1] == "Secrets are shown. v masks them."
        await view.press("v")
        assert "hunter2" not in view.text


async def test_finds_filters_and_goes() -> None:
    async with shown("terminal") as view:
        view.app.answer = "notes.txt"
        await view.press("slash")
        assert "vim -u NONE notes.txt" in view.text
        before = view.view.table.cursor_row
        await view.press("n")
        assert view.view.table.cursor_row > before
        await view.press("N")
        assert view.view.table.cursor_row == before
        await view.press("N")
        assert view.app.said[-1] == "No notes.txt above."
        view.app.answer = "hunter2"
        await view.press("home", "slash")
        assert view.app.said[-1] == "No hunter2 below."
        view.app.answer = "keys"
        await view.press("f")
        assert {line.split()[2] for line in view.lines()[2:10]} == {"keys"}
        assert view.view.place.endswith(", only keys")
        view.app.answer = "nonsense"
        await view.press("f")
        assert view.app.said[-1] == "There is no nonsense here."
        view.app.answer = ""
        await view.press("f")
        view.app.answer = "0:19.4"
        await view.press("g")
        assert view.view.place == "record 30 of 38"
        view.app.answer = "2"
        await view.press("g")
        assert view.view.place == "record 2 of 38"


async def test_times_by_the_clock() -> None:
    async with shown("ok-simple") as view:
        assert " 0:00.011" in view.lines()[1]
        await view.press("T")
        assert "16:00:00.01" in view.lines()[1]
    async with shown("ok-simple", start=None) as view:
        await view.press("T")
        assert view.app.said == ["When the recording began is not known."]


@pytest.mark.parametrize("name", ["hostile-output-controls", "hostile-markup", "hostile-bidi"])
async def test_shows_hostile_text_as_text(name: str) -> None:
    async with shown(name, ascii_only=True) as view:
        for key in ("home", "down", "v", "x"):
            await view.press(key)
            painted = "".join(view.lines()) + view.text.replace("\n", "")
            assert painted.isprintable()
            assert "\u202e" not in painted


async def test_a_low_view_has_the_table_only() -> None:
    async with shown("pg-wire", size=(60, 10)) as view:
        assert not view.view.inspector.display
        assert len(view.lines()) == 10


async def test_nothing_recorded() -> None:
    async with shown([], RecordingKind.NONE) as view:
        assert view.view.place == "no events"
        assert "The gateway records nothing of this kind of session." in view.lines()[1]
        await view.press("y", "enter", "v", "x", "n", "T")
        assert not view.app.copied
        assert not view.app.opened
