from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.app import App
from textual.pilot import Pilot
from textual.strip import Strip

from hoopscope.sessions.filters import WITHOUT_REVIEW, Filters
from hoopscope.tui.widgets.choice_field import ChoiceField
from hoopscope.tui.widgets.field_input import FieldInput
from hoopscope.tui.widgets.filter_options import OUTCOMES
from hoopscope.tui.widgets.filter_sidebar import FilterSidebar
from hoopscope.untrusted import harmless
from tests.tui.widgets.filter_app import HOSTILE, FilterApp, dates_read, sidebar_on_screen, until

EVERYTHING = Filters(
    user="bruno@acme.example",
    user_id="okta|bruno",
    connection="prod",
    type="database",
    type_contains=False,
    review=WITHOUT_REVIEW,
    approver="ana@acme.example",
    correlation_id="deploy-77",
    batch_id="batch-1",
    jira="OPS-1, OPS-2",
    start="yesterday",
    end="2026-11-23 14:00",
    outcomes=("failed", "blocked"),
    guardrail_hits=True,
    identities=("machine",),
    verbs=("exec",),
    subtypes=("postgres", "mysql"),
    took="> 5m",
    text="drop table",
)


async def test_nothing_is_said_at_each_key_but_once_when_it_is_entered_or_left() -> None:
    async with sidebar_on_screen() as (app, pilot):
        app.sidebar.fields.jira.focus()
        await app.type(pilot, "OPS-1")
        assert app.asked == []
        await pilot.press("enter", "enter", "tab")
        await pilot.pause()
        assert app.asked == [Filters(jira="OPS-1")]
        app.sidebar.fields.batch_id.focus()
        await app.type(pilot, "b")
        await pilot.press("tab")
        await pilot.pause()
        assert app.asked[1:] == [Filters(jira="OPS-1", batch_id="b")]


async def test_filters_are_shown_without_a_word_and_read_back() -> None:
    async with sidebar_on_screen() as (app, pilot):
        app.sidebar.set_filters(EVERYTHING)
        await dates_read(app, pilot)
        assert app.sidebar.filters == EVERYTHING
        assert app.sees("= 2026-11-22 00:00")
        assert app.sees(" From     yesterday")
        assert app.sees("= 2026-11-23 14:00")
        assert app.sees(" Hits     guardrails ▾")
        app.sidebar.focus_first()
        await pilot.press("tab", "tab")
        assert app.asked == []


async def test_what_it_said_itself_does_not_undo_what_is_typed_meanwhile() -> None:
    async with sidebar_on_screen() as (app, pilot):
        app.sidebar.fields.batch_id.focus()
        await app.type(pilot, "b")
        await pilot.press("tab")
        await app.type(pilot, "OPS")
        app.sidebar.set_filters(app.asked[-1])
        assert app.sidebar.fields.jira.value == "OPS"


async def test_a_date_says_after_a_pause_what_it_was_understood_as(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with sidebar_on_screen() as (app, pilot):
        app.sidebar.fields.end.focus()
        monkeypatch.setattr("hoopscope.tui.widgets.date_field.PAUSE", 60)
        await app.type(pilot, "yester")
        monkeypatch.undo()
        assert not app.sees("=")
        await app.type(pilot, "day")
        await until(pilot, lambda: app.sees("   = 2026-11-22 23:59:59"))
        await app.type(pilot, "x")
        await dates_read(app, pilot)
        assert app.sees(" To !     yesterdayx")
        assert app.sees("   not understood: try")
        app.sidebar.fields.end.value = ""
        await dates_read(app, pilot)
        assert " To" in app.lines()
        assert not app.sees("understood")


async def test_a_range_is_one_key_or_click_away() -> None:
    async with sidebar_on_screen() as (app, pilot):
        app.sidebar.set_filters(Filters(end="yesterday"))
        app.sidebar.fields.end.focus()
        await pilot.press("tab", "right", "enter")
        await dates_read(app, pilot)
        assert app.asked == [Filters(start="24h ago")]
        assert app.sees("= 2026-11-22 14:03:25")
        row = next(y for y, line in enumerate(app.lines()) if "30d" in line)
        await pilot.click(offset=(app.lines()[row].index("7d"), row))
        assert app.asked[1:] == [Filters(start="7d ago")]


async def test_a_wrong_value_is_marked_at_its_field_until_it_is_changed() -> None:
    async with sidebar_on_screen() as (app, pilot):
        app.sidebar.set_filters(Filters(user="acme", review="pending"))
        app.sidebar.show_problem("user", f"5 people fit {HOSTILE}")
        app.sidebar.show_problem("review", "must be written in capitals")
        app.sidebar.show_problem("limit", "is no field here")
        await pilot.pause()
        assert app.lines()[0] == " User !"
        assert app.lines()[1:4] == [" acme", "   5 people fit", r"   ev\x1b[31mil[/b]\u202e"]
        assert app.sees("   must be written in")
        assert not app.sees("no field")
        await pilot.press("end", "x")
        app.sidebar.fields.review.focus()
        await pilot.press("right")
        await pilot.pause()
        assert app.lines()[0] == " User"
        assert not app.sees("fit")
        assert not app.sees("capitals")
        assert app.asked


async def test_x_clears_everything_but_not_from_within_a_text() -> None:
    async with sidebar_on_screen() as (app, pilot):
        app.sidebar.set_filters(EVERYTHING)
        app.sidebar.fields.text.focus()
        await pilot.press("end", "x")
        assert app.sidebar.fields.text.value.endswith("x")
        await pilot.press("down", "x")
        await dates_read(app, pilot)
        assert app.asked[-1] == app.sidebar.filters == Filters()
        assert not app.sees("=")
        app.sidebar.set_filters(EVERYTHING)
        await pilot.press("enter")
        assert app.asked[-1] == app.sidebar.filters == Filters()


async def test_the_arrow_keys_move_between_fields_and_stop_at_the_ends_and_escape_leaves() -> None:
    async with sidebar_on_screen() as (app, pilot):
        fields = app.sidebar.fields
        await pilot.press("up")
        assert fields.user.has_focus
        await pilot.press("down", "down")
        assert fields.connection.has_focus
        await pilot.press("shift+tab")
        assert fields.connection_contains.has_focus
        await pilot.press("escape")
        assert app.left == 1


async def test_the_focus_can_be_asked_for_before_it_is_on_screen() -> None:
    sidebar = FilterSidebar()
    async with App[None]().run_test(size=(26, 24)) as pilot:
        pilot.app.mount(sidebar)
        sidebar.focus_first()
        await pilot.pause()
        assert sidebar.fields.user.has_focus


async def test_at_24_lines_it_scrolls_to_the_field_that_has_the_focus() -> None:
    async with sidebar_on_screen(height=20, width=26) as (app, pilot):
        assert not app.sees(" Text")
        app.sidebar.fields.text.focus()
        await pilot.pause()
        assert app.sees(" Text")
        app.sidebar.fields.user.focus()
        await pilot.pause()
        assert app.lines()[0] == " User"


async def test_a_key_in_a_field_repaints_that_field_only(monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[str] = []

    def noted(kind: type[FieldInput] | type[ChoiceField]) -> Callable[..., Strip]:
        render_line = kind.render_line

        def noting(self: FieldInput | ChoiceField, y: int) -> Strip:
            painted.append(self.label)
            return render_line(self, y)  # type: ignore[arg-type]

        return noting

    for kind in (FieldInput, ChoiceField):
        monkeypatch.setattr(kind, "render_line", noted(kind))
    async with sidebar_on_screen() as (app, pilot):
        app.sidebar.fields.jira.focus()
        await app.type(pilot, "O")
        painted.clear()
        await app.type(pilot, "P")
        assert painted == ["Jira"]


texts = st.one_of(st.just(""), st.text(st.characters(codec=None), max_size=10), st.just(HOSTILE))
filters = st.builds(
    Filters,
    user=texts,
    connection=texts,
    connection_contains=st.booleans(),
    type=texts,
    review=st.sampled_from(["", "PENDING", WITHOUT_REVIEW, HOSTILE]),
    approver=texts,
    correlation_id=texts,
    start=texts,
    subtypes=st.lists(texts, max_size=3).map(tuple),
    outcomes=st.sets(st.sampled_from([option.value for option in OUTCOMES])).map(
        lambda chosen: tuple(option.value for option in OUTCOMES if option.value in chosen)
    ),
    text=texts,
).map(lambda some: some if some.user else some.replace(user_id=""))


async def test_any_filters_are_shown_harmless_and_kept_as_they_are() -> None:
    shown: list[Filters] = []

    @settings(max_examples=15)
    @given(filters)
    def collect(example: Filters) -> None:
        shown.append(example)

    collect()
    async with sidebar_on_screen() as (app, pilot):
        for example in shown:
            app.sidebar.set_filters(example)
            assert app.sidebar.filters == example
            await pilot.pause()
            assert all(harmless(line) == line for line in app.lines())


@pytest.mark.parametrize("theme", ["dark", "monochrome"])
def test_it_looks_like_this(theme: str, snap_compare: Callable[..., bool]) -> None:
    app = FilterApp(theme)

    async def fill(pilot: Pilot[None]) -> None:
        app.sidebar.set_filters(EVERYTHING)
        app.sidebar.show_problem("jira", "must not have a comma inside a key")
        await dates_read(app, pilot)
        await until(pilot, lambda: app.sees("= 2026-11-23 14:00") and app.sees("inside a key"))

    assert snap_compare(app, run_before=fill, terminal_size=(26, 38))


def test_it_looks_like_this_at_24_lines_with_a_list(snap_compare: Callable[..., bool]) -> None:
    app = FilterApp()

    async def open_list(pilot: Pilot[None]) -> None:
        await app.type(pilot, "acme")
        await pilot.press("down")
        await until(pilot, lambda: app.sees("▌› bruno@acme.example"))

    assert snap_compare(app, run_before=open_list, terminal_size=(46, 24))
