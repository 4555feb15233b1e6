from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hoopscope.sessions.column_choice import NARROWEST, ColumnChoice
from hoopscope.sessions.columns import BY_ID, COLUMNS

SHOWN = {"when": 11, "who": 18, "outcome": 12}


def test_it_begins_with_what_is_on_screen() -> None:
    choice = ColumnChoice((), {}, SHOWN)
    assert choice.is_automatic
    assert list(choice.columns) == []
    assert [line.id for line in choice.lines[:4]] == ["when", "who", "outcome", "connection"]
    assert [line.is_on for line in choice.lines[:4]] == [True, True, True, False]
    assert len(choice.lines) == len(COLUMNS)


def test_what_is_switched_or_moved_is_chosen() -> None:
    choice = ColumnChoice((), {}, SHOWN)
    choice.toggle("connection")
    assert list(choice.columns) == ["when", "who", "outcome", "connection"]
    choice.move("connection", -2)
    assert list(choice.columns) == ["when", "connection", "who", "outcome"]
    choice.toggle("who")
    assert list(choice.columns) == ["when", "connection", "outcome"]
    choice.move("when", -1)
    assert list(choice.columns) == ["when", "connection", "outcome"]
    choice.reset()
    assert choice.is_automatic
    assert list(choice.columns) == []


def test_the_last_column_stays() -> None:
    choice = ColumnChoice(("who",), {}, SHOWN)
    choice.toggle("who")
    assert choice.columns == ("who",)


def test_a_width_begins_with_the_one_on_screen() -> None:
    choice = ColumnChoice((), {}, SHOWN)
    choice.widen("who", 1)
    choice.widen("jira", -1)
    assert choice.is_automatic
    assert choice.widths == {"who": 19, "jira": BY_ID["jira"].width - 1}
    choice.free("who")
    assert "who" not in choice.widths
    choice.toggle("took")
    assert choice.widths == {}, "a column that is not there has no width"
    for _ in range(30):
        choice.widen("when", -1)
    assert choice.widths == {"when": NARROWEST}


steps = st.tuples(
    st.sampled_from(["toggle", "left", "right", "wider", "narrower", "free", "reset"]),
    st.sampled_from(sorted(BY_ID)),
)


@given(st.lists(steps, max_size=30))
def test_whatever_is_done_it_is_a_choice(done: list[tuple[str, str]]) -> None:
    choice = ColumnChoice((), {}, SHOWN)
    for step, column in done:
        match step:
            case "toggle":
                choice.toggle(column)
            case "left" | "right":
                choice.move(column, 1 if step == "right" else -1)
            case "wider" | "narrower":
                choice.widen(column, 1 if step == "wider" else -1)
            case "free":
                choice.free(column)
            case _:
                choice.reset()
        assert sorted(line.id for line in choice.lines) == sorted(BY_ID)
        on = [line.id for line in choice.lines if line.is_on]
        assert on
        assert choice.columns == (() if choice.is_automatic else tuple(on))
