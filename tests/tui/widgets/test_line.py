from __future__ import annotations

from textual.app import App, ComposeResult

from hoopscope.tui.widgets.line import Line
from hoopscope.untrusted import cell_width


class Lines(App[None]):
    def compose(self) -> ComposeResult:
        yield Line([("left ", "strong"), ("田中さん " * 10, "")], [("right", "accent")])


async def test_what_does_not_fit_is_cut_at_the_left_and_says_so() -> None:
    async with Lines().run_test(size=(30, 3)) as pilot:
        text = pilot.app.query_one(Line).render_line(0).text
        assert cell_width(text) == 30
        assert text.endswith("right")
        assert "…" in text


async def test_the_same_again_repaints_nothing() -> None:
    async with Lines().run_test(size=(30, 3)) as pilot:
        line = pilot.app.query_one(Line)
        line.show([("a", "")])
        await pilot.pause()
        painted = 0
        before = line.refresh

        def refresh(*args: object, **kwargs: object) -> Line:
            nonlocal painted
            painted += 1
            return before()

        line.refresh = refresh  # type: ignore[method-assign]
        line.show([("a", "")])
        assert painted == 0
        line.show([("b", "")])
        assert painted == 1
        assert line.text == "b "


async def test_a_line_is_exactly_as_wide_as_its_widget() -> None:
    for left, right in (("", ""), ("x" * 99, "y"), ("", "y" * 99), ("田" * 40, "中" * 3)):
        for width in (2, 31, 80):

            class One(App[None]):
                def compose(self, left: str = left, right: str = right) -> ComposeResult:
                    yield Line([(left, "")], [(right, "muted")])

            async with One().run_test(size=(width, 2)) as pilot:
                assert pilot.app.query_one(Line).render_line(0).cell_length == width
