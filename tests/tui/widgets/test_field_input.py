from __future__ import annotations

from textual.events import Paste

from hoopscope.tui.widgets.field_input import FieldInput
from hoopscope.untrusted import harmless
from tests.tui.widgets.filter_app import HOSTILE, sidebar_on_screen


async def test_what_is_pasted_is_shown_and_not_obeyed() -> None:
    async with sidebar_on_screen() as (app, pilot):
        app.sidebar.fields.jira.focus()
        await pilot.pause()
        app.post_message(Paste(f"OPS-1\x1b]52;c;x\x07{HOSTILE}\nsecond line"))
        await pilot.pause()
        assert app.sees(r"\x1b")
        assert all(harmless(line) == line for line in app.lines())


async def test_a_hostile_text_that_was_given_is_kept_until_it_is_edited() -> None:
    async with sidebar_on_screen() as (app, pilot):
        field = app.sidebar.fields.correlation_id
        field.set_text(HOSTILE)
        assert field.meaning == HOSTILE
        field.focus()
        await pilot.press("end", "x")
        assert field.meaning == f"{harmless(HOSTILE)}x"


async def test_the_label_stands_above_the_text_or_beside_it_where_clicks_fit() -> None:
    async with sidebar_on_screen() as (app, pilot):
        field = app.sidebar.fields.jira
        field.set_text("OPS-2041")
        app.sidebar.fields.user.set_text("okta|zoe")
        await pilot.pause()
        assert app.lines()[:2] == [" User", " okta|zoe"]
        assert app.sees(" Jira     OPS-2041")
        await pilot.click(field, offset=(13, 0))
        assert field.cursor_position == 3
        assert not any(field.cursor_blink for field in app.query(FieldInput))
