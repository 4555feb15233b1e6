"""What all models have in common: unknown things are kept, spoiled ones cost themselves only."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from hoopscope.gateway.models.connection import Connection
from hoopscope.gateway.models.people import UserInfo
from hoopscope.gateway.models.session import Session
from tests.gateway import captures

WHOLE = "detail-ai-agentic-high-block"
texts = st.text(st.characters(exclude_categories=["Cs"]))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


def test_unknown_fields_are_kept_at_every_depth() -> None:
    raw = captures.value(WHOLE)
    raw["brand_new"] = {"a": [1, None]}
    raw["ai_analysis"]["confidence"] = 0.5
    raw["ai_analysis"]["steps"][0]["tokens"] = 7
    session = Session.model_validate(raw)
    assert session.unknown == {"brand_new": {"a": [1, None]}}
    assert session.ai_analysis is not None
    assert session.ai_analysis.unknown == {"confidence": 0.5}
    assert session.ai_analysis.steps is not None
    assert session.ai_analysis.steps[0].unknown == {"tokens": 7}


def test_names_that_are_no_valid_text_are_kept_written_out() -> None:
    session = Session.model_validate({"\ud800": 1, "review": {"\udfff": 2}})
    assert session.unknown == {"\\ud800": 1}
    assert session.review is not None
    assert session.review.unknown == {"\\udfff": 2}


def test_unknown_values_are_shown_as_they_came() -> None:
    session = Session.model_validate(
        {"status": "hibernating", "review": {"status": "FROZEN", "type": "quorum"}}
    )
    assert session.status == "hibernating"
    assert session.review is not None
    assert (session.review.status, session.review.type) == ("FROZEN", "quorum")


def test_absent_and_null_are_alike() -> None:
    assert Session.model_validate({}).review is None
    nothing = Session.model_validate(dict.fromkeys(Session.model_fields))
    assert nothing.unreadable == ()
    assert nothing.script_text is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-23T11:58:04Z", datetime(2026, 11, 23, 11, 58, 4, tzinfo=UTC)),
        ("2026-11-23T11:58:04.5Z", datetime(2026, 11, 23, 11, 58, 4, 500_000, tzinfo=UTC)),
        ("2026-11-23T11:58:04.123456789Z", datetime(2026, 11, 23, 11, 58, 4, 123_456, tzinfo=UTC)),
        ("9999-12-31T23:59:59Z", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", None),
        (None, None),
    ],
)
def test_times(text: str | None, moment: datetime | None) -> None:
    session = Session.model_validate({"start_date": text})
    assert session.start_date == moment
    assert session.unreadable == ()


def test_a_spoiled_field_costs_itself_and_is_named() -> None:
    raw = captures.value(WHOLE)
    raw["exit_code"] = "boom"
    raw["start_date"] = "yesterday"
    raw["ai_analysis"]["steps"] = "none"
    session = Session.model_validate(raw)
    assert session.unreadable == ("exit_code", "start_date")
    assert session.exit_code is None
    assert session.connection == raw["connection"]
    assert session.ai_analysis is not None
    assert session.ai_analysis.unreadable == ("steps",)
    assert session.ai_analysis.title == raw["ai_analysis"]["title"]


def test_lone_surrogates_are_written_out() -> None:
    session = Session.model_validate({"user": "a\ud800", "metadata": {"k\udfff": 1}})
    assert session.user == "a\\ud800"
    assert session.metadata == {"k\\udfff": 1}


def test_what_is_no_object_is_refused_and_left_out_of_lists() -> None:
    with pytest.raises(ValidationError):
        Session.model_validate([])
    assert [found.id for found in Session.list_from([None, {"id": "a"}, "x"])] == ["a"]


def test_secrets_are_never_held() -> None:
    connection = Connection.model_validate({"name": "pg", "secret": {"envvar:PASS": "hunter2"}})
    assert connection.secret == {}
    assert "hunter2" not in repr(connection) + str(connection.model_dump())
    digest = UserInfo.model_validate({"intercom_hmac_digest": "deadbeef"})
    assert "deadbeef" not in repr(digest)


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [path, *(found for key, item in items for found in _paths(item, (*path, key)))]


PATHS = [path for path in _paths(captures.value(WHOLE)) if path]


@given(st.sampled_from(PATHS), json_values)
def test_any_value_anywhere_in_a_session_costs_no_more_than_its_place(
    path: tuple[Any, ...], spoiled: object
) -> None:
    raw = copy.deepcopy(captures.value(WHOLE))
    place = raw
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = spoiled
    session = Session.model_validate(raw)
    if path[0] != "connection":
        assert session.connection == raw["connection"]
    if path[0] != "script":
        assert session.script_text == raw["script"]["data"]


@given(st.dictionaries(st.sampled_from(sorted(Session.model_fields)) | texts, json_values))
def test_any_object_makes_a_session(raw: dict[str, Any]) -> None:
    assert isinstance(Session.model_validate(raw), Session)
