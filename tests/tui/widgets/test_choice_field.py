from __future__ import annotations

from hoopscope.sessions.filters import Filters
from hoopscope.untrusted import harmless
from tests.tui.widgets.filter_app import FilterApp, sidebar_on_screen


async def test_arrows_go_through_the_choices_and_enter_lists_them() -> None:
    async with sidebar_on_screen() as (app, pilot):
        app.sidebar.fields.review.focus()
        await pilot.press("right", "left", "left")
        assert app.sees(" Review   without one ‹›")
        assert [asked.review for asked in app.asked] == ["PENDING", "", "none"]
        await pilot.press("right", "enter")
        assert app.sees("processing")
        await pilot.press("down", "down", "enter")
        assert app.asked[-1].review == "APPROVED"
        assert not app.sees("processing")


async def test_several_outcomes_are_ticked_in_the_list() -> None:
    async with sidebar_on_screen() as (app, pilot):
        app.sidebar.fields.outcomes.focus()
        await pilot.press("enter", "down", "enter", "up", "space")
        assert set(app.asked[-1].outcomes) == {"succeeded", "failed"}
        assert app.sees("▌ ✓ failed")
        await pilot.press("enter", "escape")
        assert set(app.asked[-1].outcomes) == {"failed"}
        assert app.sees(" Outcome  failed ‹›")
        assert app.left == 0


async def test_a_list_that_is_higher_than_the_screen_scrolls() -> None:
    async with sidebar_on_screen(height=16) as (app, pilot):
        app.sidebar.fields.outcomes.focus()
        await pilot.pause()
        await pilot.press("enter")
        assert app.sees("▌›  succeeded")
        assert not app.sees("unreadable")
        await pilot.press("up", "enter")
        assert set(app.asked[-1].outcomes) == {"unreadable"}
        assert app.sees("▌›✓ unreadable")
        row = next(y for y, line in enumerate(app.lines()) if "no-end" in line)
        await pilot.click(offset=(4, row))
        assert set(app.asked[-1].outcomes) == {"unreadable", "no-end"}


async def test_a_value_of_a_later_gateway_is_kept_and_shown_harmless() -> None:
    async with sidebar_on_screen() as (app, pilot):
        app.sidebar.set_filters(app.sidebar.filters.replace(review="NEW\x1b[1m"))
        await pilot.pause()
        assert app.sees(r" Review   NEW\x1b[1m ▾")
        assert app.sidebar.filters.review == "NEW\x1b[1m"
        assert all(harmless(line) == line for line in app.lines())


async def test_a_click_opens_the_list_and_one_in_it_chooses() -> None:
    async with sidebar_on_screen() as (app, pilot):
        await pilot.click(app.sidebar.fields.identities)
        row = next(y for y, line in enumerate(app.lines()) if "machines" in line)
        await pilot.click(offset=(4, row))
        assert set(app.asked[-1].identities) == {"machine"}


async def test_a_terminal_without_more_than_ascii_gets_nothing_else() -> None:
    async with sidebar_on_screen(app=FilterApp(ascii_only=True)) as (app, pilot):
        app.sidebar.set_filters(Filters(outcomes=("failed", "blocked", "running")))
        app.sidebar.fields.outcomes.focus()
        await pilot.press("enter")
        assert app.sees(" Outcome  failed, bloc~ <>")
        assert app.sees("| * blocked")
        assert all(line.isascii() for line in app.lines())
