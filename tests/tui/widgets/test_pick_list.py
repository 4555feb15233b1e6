from __future__ import annotations

import pytest
from rich.style import Style
from textual.app import App, ComposeResult

from hoopscope.config.locations import bundled_themes_folder
from hoopscope.tui.theming import find_theme
from hoopscope.tui.widgets.pick_list import PickList


class ListApp(App[None]):
    def __init__(self, theme: str) -> None:
        super().__init__()
        self.register_theme(find_theme(theme, [bundled_themes_folder()]))
        self.theme = theme

    def compose(self) -> ComposeResult:
        yield PickList("one", "two", markup=False)


@pytest.mark.parametrize("theme", ["monochrome", "dark", "16-colour"])
async def test_the_cursor_is_seen_in_every_theme(theme: str) -> None:
    app = ListApp(theme)
    async with app.run_test(size=(20, 6)) as pilot:
        options = app.query_one(PickList)
        await pilot.press("down")
        await pilot.pause()

        def styles(line: int) -> set[tuple[object, object, object]]:
            segments = [segment for segment in options.render_line(line) if segment.text.strip()]
            found = [segment.style or Style() for segment in segments]
            return {(style.color, style.bgcolor, bool(style.reverse)) for style in found}

        assert options.highlighted is not None
        at = options.highlighted
        assert styles(at).isdisjoint(styles(1 - at))
