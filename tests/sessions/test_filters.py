from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.query import SessionQuery
from hoopscope.sessions.filters import (
    WITHOUT_REVIEW,
    Filters,
    InvalidFilter,
    active_filters,
    to_local_filter,
    to_query,
)
from hoopscope.untrusted import harmless

NOW = datetime(2026, 11, 23, 14, 3, 25, tzinfo=UTC)
CAPTURES = Path(__file__).parents[1] / "captures"


@dataclass
class Somebody:
    id: str | None
    name: str | None
    email: str | None


PEOPLE = [
    Somebody(user["id"], user["name"], user["email"])
    for user in json.loads((CAPTURES / "users.json").read_text())
]


def query(**texts: object) -> SessionQuery:
    return to_query(Filters().replace(**texts), now=NOW, utc=True, people=PEOPLE)


def problem(**texts: object) -> tuple[str, str]:
    with pytest.raises(InvalidFilter) as caught:
        query(**texts)
    return caught.value.field, caught.value.reason


def test_no_filters_ask_for_everything() -> None:
    assert query() == SessionQuery()
    assert query(user=" ", connection=" ", jira=" , ", start="  ") == SessionQuery()


def test_every_filter_reaches_the_query() -> None:
    asked = query(
        user="bruno",
        connection="prod",
        type="database",
        type_contains=False,
        review="PENDING",
        approver="Ana Ops",
        correlation_id=" deploy-77 ",
        batch_id="b-1",
        jira="OPS-1, ops-2 SEC-3",
        start="yesterday",
        end="yesterday",
    )
    assert asked == SessionQuery(
        user="bruno@acme.example",
        connection="prod",
        connection_contains=True,
        type="database",
        review_status="PENDING",
        approver="ana@acme.example",
        correlation_id="deploy-77",
        batch_id="b-1",
        jira_issue_keys=("OPS-1", "ops-2", "SEC-3"),
        start=datetime(2026, 11, 22, tzinfo=UTC),
        end=datetime(2026, 11, 22, 23, 59, 59, 999_999, tzinfo=UTC),
    )


def test_sessions_without_a_review_are_a_filter_of_their_own() -> None:
    asked = query(review=WITHOUT_REVIEW)
    assert asked.without_review
    assert asked.review_status is None


def test_whoever_was_picked_is_asked_for_by_subject() -> None:
    assert query(user="Bruno", user_id="okta|1").user == "okta|1"


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("dana@acme.example", "dana@acme.example"),
        ("DANA", "dana@acme.example"),
        ("carla weiß", "carla@acme.example"),
        ("Erik [bold]Ångström[/bold]", "erik@acme.example"),
        ("8f14e45f-ceea-467f-a9e6-1b2c3d4e5f60", "8f14e45f-ceea-467f-a9e6-1b2c3d4e5f60"),
    ],
)
def test_a_name_or_an_address_becomes_a_subject(text: str, subject: str) -> None:
    assert query(user=text).user == subject


def test_a_text_that_fits_several_people_is_refused() -> None:
    field, reason = problem(user="acme")
    assert field == "user"
    assert reason.startswith("5 people fit: erik@acme.example, ")
    assert problem(approver="acme")[0] == "approver"


def test_without_a_list_of_people_the_text_is_the_subject() -> None:
    asked = to_query(Filters(user="bruno", approver="b@x"), now=NOW, utc=True)
    assert (asked.user, asked.approver) == ("bruno", "b@x")


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({"start": "xyz"}, "start"),
        ({"end": "2026-02-30"}, "end"),
        ({"start": "today", "end": "yesterday"}, "start"),
        ({"review": "pending"}, "review"),
        ({"jira": "A\0"}, "jira"),
        ({"connection": "x" * 1001}, "connection"),
        ({"correlation_id": "\ud800"}, "correlation_id"),
    ],
)
def test_a_filter_that_cannot_be_right_is_named(texts: dict[str, str], field: str) -> None:
    assert problem(**texts)[0] == field


def test_what_the_gateway_cannot_filter_is_filtered_here() -> None:
    assert to_local_filter(Filters(user="bruno", text="  ")) is None
    local = to_local_filter(
        Filters(
            outcomes=("failed", "blocked"),
            guardrail_hits=True,
            identities=("machine",),
            verbs=("exec",),
            subtypes=("postgres", "mysql"),
            took="> 5m",
            text=" drop ",
        )
    )
    assert local is not None
    assert local.outcomes == {"failed", "blocked"}
    assert local.guardrail_hits
    assert local.identities == {"machine"}
    assert local.verbs == {"exec"}
    assert local.subtypes == {"postgres", "mysql"}
    assert (local.shortest, local.longest) == (300, None)
    assert local.text == "drop"
    with pytest.raises(InvalidFilter, match=r"outcomes: there is no outcome \\x1b"):
        to_local_filter(Filters(outcomes=("\x1b",)))
    with pytest.raises(InvalidFilter, match="took: not understood: try"):
        to_local_filter(Filters(took="long"))


def test_the_active_filters_fit_on_a_line() -> None:
    shown = active_filters(
        Filters(
            user="bruno",
            user_id="okta|1",
            connection="prod",
            type="custom",
            type_contains=False,
            review="PENDING",
            outcomes=("failed", "blocked"),
            guardrail_hits=True,
        )
    )
    assert " ".join(f"{label}{text}" for label, text in shown) == (
        "user=bruno conn~prod type=custom review=PENDING outcome=failed,blocked guardrails=hits"
    )
    assert active_filters(Filters()) == []


def test_how_a_name_is_compared_is_no_filter() -> None:
    assert not Filters(connection_contains=False, type_contains=False).is_active
    assert Filters(guardrail_hits=True).is_active


anything = st.text(st.characters(codec=None), max_size=12)
filters = st.builds(
    Filters,
    user=anything,
    user_id=st.sampled_from(["", "s"]),
    connection=anything,
    connection_contains=st.booleans(),
    type=anything,
    type_contains=st.booleans(),
    review=st.one_of(anything, st.sampled_from(["PENDING", WITHOUT_REVIEW])),
    approver=anything,
    correlation_id=anything,
    batch_id=anything,
    jira=anything,
    start=st.sampled_from(["", "yesterday", "x", "2026-11-01", "\ud800"]),
    end=st.sampled_from(["", "now", "1969", "9999-12-31"]),
    outcomes=st.sampled_from([(), ("failed",)]),
    text=anything,
)


@given(filters)
def test_any_texts_are_a_query_or_name_a_filter_and_show_harmless(texts: Filters) -> None:
    refused: InvalidFilter | None = None
    try:
        asked = to_query(texts, now=NOW, utc=True, people=PEOPLE)
    except InvalidFilter as error:
        refused = error
    if refused is None:
        assert all(value.encode() or name == "review.status" for name, value in asked.parameters())
    else:
        assert refused.field in Filters._fields
        assert harmless(refused.reason) == refused.reason
    for label, text in active_filters(texts):
        assert harmless(f"{label}{text}") == f"{label}{text}"
