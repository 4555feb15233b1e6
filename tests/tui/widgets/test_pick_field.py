from __future__ import annotations

from hoopscope.untrusted import harmless
from tests.tui.widgets.filter_app import HOSTILE, Somebody, Somewhere, sidebar_on_screen


async def test_part_of_a_name_and_enter_pick_the_best_person_until_the_text_changes() -> None:
    async with sidebar_on_screen() as (app, pilot):
        user = app.sidebar.fields.user
        await app.type(pilot, "diaz")
        assert app.sees("bruno@acme.example  Bruno Díaz")
        await pilot.press("enter")
        assert (user.value, user.meaning) == ("bruno@acme.example", "okta|bruno")
        assert [(asked.user, asked.user_id) for asked in app.asked] == [
            ("bruno@acme.example", "okta|bruno")
        ]
        assert not app.sees("Bruno Díaz")
        await app.type(pilot, "x")
        assert user.meaning == "bruno@acme.examplex"


async def test_the_arrow_keys_choose_in_the_list_and_escape_closes_it() -> None:
    async with sidebar_on_screen() as (app, pilot):
        await app.type(pilot, "acme")
        await pilot.press("down", "down", "enter")
        assert app.sidebar.fields.user.meaning == "okta|carla"
        await pilot.press("backspace")
        assert app.sees("Carla")
        await pilot.press("escape")
        assert not app.sees("Carla")
        assert app.left == 0
        await pilot.press("escape")
        assert app.left == 1


async def test_a_part_of_a_connections_name_can_be_entered_as_it_is() -> None:
    async with sidebar_on_screen() as (app, pilot):
        app.sidebar.fields.connection.focus()
        await app.type(pilot, "prod")
        await pilot.press("enter")
        assert (app.asked[-1].connection, app.asked[-1].connection_contains) == ("prod", True)
        assert not app.sees("pg-orders-prod")
        await pilot.press("backspace", "down", "enter")
        assert app.asked[-1].connection == "bash-prod"
        assert not app.asked[-1].connection_contains


async def test_enter_in_an_untouched_field_lists_everything() -> None:
    async with sidebar_on_screen() as (app, pilot):
        app.sidebar.set_connections([Somewhere(f"svc-{n:04}") for n in range(5000)])
        app.sidebar.fields.connection.focus()
        await pilot.press("enter")
        assert app.sees("svc-0007")
        assert app.sees("4,992 more: type on")


async def test_a_name_typed_in_full_is_as_good_as_picked_and_others_are_taken_as_typed() -> None:
    async with sidebar_on_screen() as (app, pilot):
        await app.type(pilot, "Carla@acme.example")
        await pilot.press("tab")
        assert app.asked[-1].user_id == "okta|carla"
        app.sidebar.set_people([])
        await pilot.press("shift+tab")
        await app.type(pilot, "okta|zoe")
        await pilot.press("enter")
        assert (app.asked[-1].user, app.asked[-1].user_id) == ("okta|zoe", "")


async def test_a_click_in_the_list_picks_and_keeps_the_focus() -> None:
    async with sidebar_on_screen() as (app, pilot):
        await app.type(pilot, "acme")
        row = next(y for y, line in enumerate(app.lines()) if "dana@" in line)
        await pilot.click(offset=(5, row))
        assert app.sidebar.fields.user.meaning == "okta|dana"
        assert app.sidebar.fields.user.has_focus


async def test_the_list_opens_above_a_field_at_the_bottom() -> None:
    async with sidebar_on_screen(height=10) as (app, pilot):
        app.sidebar.fields.approver.focus()
        await app.type(pilot, "acme")
        lines = app.lines()
        field = next(y for y, line in enumerate(lines) if line.strip() == "acme")
        people = [y for y, line in enumerate(lines) if "@acme.example" in line]
        assert len(people) == 4
        assert max(people) < field


async def test_hostile_names_are_shown_harmless_and_sent_as_they_are() -> None:
    async with sidebar_on_screen() as (app, pilot):
        app.sidebar.set_people([Somebody("okta|evil", HOSTILE, HOSTILE)])
        app.sidebar.set_connections([Somewhere(HOSTILE, HOSTILE, HOSTILE)])
        await app.type(pilot, "ev")
        assert app.sees(r"ev\x1b[31mil[/b]\u202e\u200b")
        assert all(harmless(line) == line for line in app.lines())
        await pilot.press("enter")
        assert app.asked[-1].user_id == "okta|evil"
        app.sidebar.fields.connection.focus()
        await app.type(pilot, "ev")
        await pilot.press("down", "enter")
        assert app.asked[-1].connection == HOSTILE
        assert all(harmless(line) == line for line in app.lines())
