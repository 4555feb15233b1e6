"""RecordInspector: what it paints once it is in sight again."""

from __future__ import annotations

from hoopscope.tui.widgets.record_inspector import RecordInspector
from tests.tui.widgets.text_app import Reader, TextApp


async def test_what_changed_out_of_sight_is_painted_when_it_is_back() -> None:
    inspector = RecordInspector()
    app = TextApp(inspector)
    async with app.run_test(size=(30, 6)) as pilot:
        reader = Reader(app, pilot)
        for lines in (["one", "two"], ["three"], ["four"]):
            inspector.display = False
            await pilot.pause()
            inspector.show(lines[0], [((line, ""),) for line in lines])
            inspector.display = True
            await pilot.pause()
            expected = [f"── {lines[0]} " + "─" * (26 - len(lines[0])), *(f" {x}" for x in lines)]
            assert [row.rstrip() for row in reader.screen()] == expected + [""] * (
                6 - len(expected)
            )
