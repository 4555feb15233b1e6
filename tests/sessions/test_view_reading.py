from __future__ import annotations

import tomllib
from typing import Any

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.query import REVIEW_STATUSES
from hoopscope.sessions.columns import BY_ID
from hoopscope.sessions.filters import WITHOUT_REVIEW, Filters
from hoopscope.sessions.identity import Identity
from hoopscope.sessions.outcome import Outcome
from hoopscope.sessions.view_keys import FILTER_KEYS, KEY_NAMES, WIDTHS
from hoopscope.sessions.view_reading import InvalidView, read_view, read_views
from hoopscope.sessions.view_writing import view_table
from hoopscope.sessions.views import BUILT_IN, NUMBERS, View

texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20).filter(
    lambda text: text == "" or text.strip() != ""
)
words = st.from_regex(r"[A-Z]{1,5}-[0-9]{1,4}", fullmatch=True)
ids = st.sampled_from(sorted(BY_ID))


def some(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values, max_size=3, unique=True).map(tuple)


all_filters = st.builds(
    Filters,
    user=texts,
    user_id=texts,
    connection=texts.filter(lambda text: text == text.strip()),
    connection_contains=st.booleans(),
    type=texts.filter(lambda text: text == text.strip()),
    type_contains=st.booleans(),
    review=st.sampled_from(["", WITHOUT_REVIEW, *REVIEW_STATUSES, "SOMETHING_NEW"]),
    approver=texts,
    correlation_id=texts,
    batch_id=texts,
    jira=st.lists(words, max_size=3).map(",".join),
    start=texts,
    end=texts,
    outcomes=some(st.sampled_from([outcome.value for outcome in Outcome])),
    guardrail_hits=st.booleans(),
    identities=some(st.sampled_from([identity.value for identity in Identity])),
    verbs=some(st.sampled_from(["exec", "connect"])),
    subtypes=some(texts.filter(bool)),
    took=st.sampled_from(["", "30s", "< 2m", "5m-1h"]),
    text=texts,
).map(lambda filters: filters.essence)
all_views = st.builds(
    View,
    name=st.text(min_size=1, max_size=60).filter(lambda name: name.strip() == name),
    filters=all_filters,
    columns=some(ids),
    widths=st.dictionaries(ids, st.sampled_from(WIDTHS), max_size=4),
    number=st.sampled_from([0, *NUMBERS]),
)


@given(all_views)
def test_what_is_written_is_read_as_the_same_view(view: View) -> None:
    assert read_view(view.name, view_table(view)) == view


@given(all_views)
def test_also_by_way_of_a_file(view: View) -> None:
    text = tomlkit.dumps({"views": {"name": view_table(view)}})
    assert read_view("name", tomllib.loads(text)["views"]["name"]) == view._replace(name="name")


@pytest.mark.parametrize("view", BUILT_IN, ids=lambda view: view.name)
def test_built_in_ones_can_be_written(view: View) -> None:
    assert read_view(view.name, view_table(view)) == view


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
)


@given(st.dictionaries(st.sampled_from(KEY_NAMES) | st.text(max_size=5), anything) | anything)
def test_anything_is_a_view_or_says_why_not(table: Any) -> None:
    views, problems = read_views({"name": table})
    for problem in problems:
        assert problem.reason
        assert problem.key == "" or problem.key in table
    for view in views:
        assert read_view("name", view_table(view)) == view._replace(filters=view.filters.essence)
    assert len(views) + len(problems) == 1


WRONG: list[tuple[Any, str]] = [
    ({"outcom": "failed"}, "outcom is nothing that a view has; did you mean outcome?"),
    ({"review": "PENDING"}, "review is nothing that a view has; did you mean review_status?"),
    ({"workflow": "x"}, "did you mean correlation_id?"),
    ({"zzzz": 1}, "zzzz is nothing that a view has"),
    ({"outcome": ["faild"]}, "outcome has to be some of those that there are; did you mean f"),
    ({"outcome": ["qqq"]}, "; there are succeeded, failed,"),
    ({"outcome": []}, "outcome is empty; leave it out"),
    ({"outcome": 3}, "outcome has to be an array of texts"),
    ({"identity": "robot"}, "identity has to be some of those that there are; there are pers"),
    ({"review_status": "pending"}, "has to be written in capitals: PENDING"),
    ({"review_status": "PENDNG"}, "is no review status; did you mean PENDING?"),
    ({"user": ""}, "user is empty; leave it out"),
    ({"user": ["a", "b"]}, "user has to be text"),
    ({"guardrail_hits": "yes"}, "guardrail_hits has to be true or false"),
    ({"took": "long"}, "took not understood: try 30s"),
    ({"connection": "a", "connection_contains": "b"}, "stands beside connection; give one"),
    ({"columns": ["when", "wo"]}, "columns has a column that there is not; did you mean who?"),
    ({"columns": ["who", "who"]}, "columns has who twice"),
    ({"columns": []}, "columns is empty"),
    ({"widths": {"who": 0}}, "widths of who has to be a number from 1 to 200"),
    ({"widths": {"who": True}}, "widths of who has to be a number"),
    ({"widths": {"whom": 3}}, "widths has a column that there is not; did you mean who?"),
    ({"widths": 3}, "widths has to be a table"),
    ({"key": 10}, "key has to be a number from 1 to 9"),
    ({"key": 0}, "key has to be a number"),
    ({"key": True}, "key has to be a number"),
    ("failed", "has to be a table"),
]


@pytest.mark.parametrize(("table", "told"), WRONG)
def test_what_is_wrong_is_said(table: Any, told: str) -> None:
    with pytest.raises(InvalidView) as caught:
        read_view("name", table)
    assert told in str(caught.value)


@pytest.mark.parametrize("name", ["", " x", "x" * 61])
def test_a_name_is_short(name: str) -> None:
    with pytest.raises(InvalidView, match="has to be a name"):
        read_view(name, {})


def test_several_words_may_be_one_text() -> None:
    view = read_view("name", {"outcome": "failed, blocked", "jira": "A-1,B-2", "columns": "who"})
    assert view.filters.outcomes == ("failed", "blocked")
    assert view.filters.jira == "A-1,B-2"
    assert view.columns == ("who",)
    assert read_view("name", {"key": "3"}).number == 3


def test_a_broken_view_keeps_no_other_from_being_used() -> None:
    views, problems = read_views(
        {"one": {"key": 3}, "two": {"outcome": "x"}, "three": {"key": 3}, "four": 4}
    )
    assert [(view.name, view.number) for view in views] == [("one", 3), ("three", 0)]
    assert [(each.view, each.key, each.is_left_out) for each in problems] == [
        ("two", "outcome", True),
        ("three", "key", False),
        ("four", "", True),
    ]
    assert problems[1].reason == "is the one of one already"


def test_every_filter_has_a_key() -> None:
    reached = {key.field for key in FILTER_KEYS}
    assert reached == set(Filters._fields) - {"connection_contains", "type_contains"}
