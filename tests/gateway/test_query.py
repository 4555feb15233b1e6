"""SessionQuery: what goes on the wire, and what is refused before it does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.query import MAX_TEXT, REVIEW_STATUSES, InvalidQuery, SessionQuery

NOON = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)


def test_nothing_set_sends_nothing() -> None:
    assert SessionQuery().parameters() == []


def test_everything_set_goes_out_under_the_reference_s_names() -> None:
    query = SessionQuery(
        user="ana@acme.example",
        connection="pgdemo",
        type="database",
        approver="bruno@acme.example",
        review_status="PENDING",
        correlation_id="CI-77",
        batch_id="batch-1",
        jira_issue_keys=("OPS-1", "OPS-2"),
        start=NOON,
        end=NOON + timedelta(hours=1),
        limit=100,
        offset=0,
        count="none",
    )
    assert query.parameters() == [
        ("user", "ana@acme.example"),
        ("connection", "pgdemo"),
        ("type", "database"),
        ("review.approver", "bruno@acme.example"),
        ("review.status", "PENDING"),
        ("correlation_id", "CI-77"),
        ("batch_id", "batch-1"),
        ("jira_issue_key", "OPS-1,OPS-2"),
        ("start_date", "2026-11-23T12:00:00Z"),
        ("end_date", "2026-11-23T13:00:00Z"),
        ("limit", "100"),
        ("offset", "0"),
        ("count", "none"),
    ]


@pytest.mark.parametrize(
    ("fields", "sent"),
    [
        ({"user": r"a_b%c\d"}, ("user", r"a\_b\%c\\d")),
        ({"connection": "bash_staging"}, ("connection", r"bash\_staging")),
        ({"connection": "prod", "connection_contains": True}, ("connection", "%prod%")),
        ({"connection": "50%_", "connection_contains": True}, ("connection", r"%50\%\_%")),
        ({"connection": "ends in \\"}, ("connection", "ends in \\\\")),
        ({"type": "data", "type_contains": True}, ("type", "%data%")),
        ({"type": "command_line"}, ("type", r"command\_line")),
        ({"review_status": "NEW_ONE"}, ("review.status", r"NEW\_ONE")),
        ({"without_review": True}, ("review.status", "")),
        # These three are compared as they are.
        ({"approver": "a_b@acme.example"}, ("review.approver", "a_b@acme.example")),
        ({"correlation_id": "50%_\\"}, ("correlation_id", "50%_\\")),
        ({"batch_id": "a_b"}, ("batch_id", "a_b")),
        ({"jira_issue_keys": ("A_1",)}, ("jira_issue_key", "A_1")),
    ],
)
def test_only_what_the_gateway_compares_by_pattern_is_escaped(
    fields: dict[str, Any], sent: tuple[str, str]
) -> None:
    query = SessionQuery(**fields)
    assert query.parameters() == [sent]


def test_a_contains_without_a_text_sends_nothing() -> None:
    assert SessionQuery(connection_contains=True, type_contains=True).parameters() == []


def test_an_end_alone_gets_a_floor_since_the_gateway_ignores_it_otherwise() -> None:
    assert SessionQuery(end=NOON).parameters() == [
        ("start_date", "1970-01-01T00:00:00Z"),
        ("end_date", "2026-11-23T12:00:00Z"),
    ]


def test_a_start_alone_stays_alone() -> None:
    assert SessionQuery(start=NOON).parameters() == [("start_date", "2026-11-23T12:00:00Z")]


def test_moments_are_sent_in_whole_utc_seconds_that_lose_nothing() -> None:
    east = timezone(timedelta(hours=5, minutes=30))
    query = SessionQuery(
        start=datetime(2026, 11, 23, 17, 30, 5, 999_999, tzinfo=east),
        end=datetime(2026, 11, 23, 17, 30, 59, 1, tzinfo=east),
    )
    assert query.parameters() == [
        ("start_date", "2026-11-23T12:00:05Z"),
        ("end_date", "2026-11-23T12:01:00Z"),
    ]


def test_years_keep_four_digits() -> None:
    query = SessionQuery(start=datetime(33, 4, 3, tzinfo=UTC))
    assert query.parameters() == [("start_date", "0033-04-03T00:00:00Z")]


def test_start_and_end_may_be_the_same_moment() -> None:
    assert len(SessionQuery(start=NOON, end=NOON).parameters()) == 2


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        *[
            ({name: value}, name, reason)
            for name in ("user", "connection", "type", "approver", "correlation_id", "batch_id")
            for value, reason in [
                ("", "empty"),
                ("a\0b", "NUL"),
                ("a\ud800b", "Unicode"),
                ("x" * (MAX_TEXT + 1), "longer"),
                (7, "text"),
            ]
        ],
        ({"review_status": ""}, "review_status", "empty"),
        ({"review_status": "pending"}, "review_status", "PENDING"),
        ({"review_status": "Approved"}, "review_status", "APPROVED"),
        ({"review_status": "PENDING", "without_review": True}, "review_status", "no review"),
        ({"jira_issue_keys": ("OPS-1,OPS-2",)}, "jira_issue_keys", "comma"),
        ({"jira_issue_keys": ("OPS-1", "")}, "jira_issue_keys", "empty"),
        ({"jira_issue_keys": (" OPS-1",)}, "jira_issue_keys", "spaces"),
        ({"jira_issue_keys": ("O\0",)}, "jira_issue_keys", "NUL"),
        ({"jira_issue_keys": "OPS-1"}, "jira_issue_keys", "list"),
        ({"start": datetime(2026, 1, 1)}, "start", "time zone"),
        ({"end": datetime(2026, 1, 1)}, "end", "time zone"),
        ({"end": "2026-01-01T00:00:00Z"}, "end", "time zone"),
        ({"start": NOON, "end": NOON - timedelta(microseconds=1)}, "start", "after the end"),
        ({"end": datetime.max.replace(tzinfo=UTC)}, "end", "9999"),
        (
            {"start": datetime.min.replace(tzinfo=timezone(timedelta(hours=1)))},
            "start",
            "9999",
        ),
        ({"limit": 0}, "limit", "1 to 100"),
        ({"limit": 101}, "limit", "1 to 100"),
        ({"limit": "10"}, "limit", "whole number"),
        ({"limit": True}, "limit", "whole number"),
        ({"offset": -1}, "offset", "0 to 10000"),
        ({"offset": 10_001}, "offset", "0 to 10000"),
        ({"offset": 1.5}, "offset", "whole number"),
        ({"count": "EXACT"}, "count", "capped"),
    ],
)
def test_what_cannot_be_right_is_refused_by_field(
    fields: dict[str, Any], field: str, reason: str
) -> None:
    with pytest.raises(InvalidQuery) as caught:
        SessionQuery(**fields)
    assert caught.value.field == field
    assert reason in caught.value.reason
    assert str(caught.value) == f"{field} {caught.value.reason}"


def test_the_limits_themselves_are_allowed() -> None:
    assert SessionQuery(limit=1, offset=10_000).parameters() == [
        ("limit", "1"),
        ("offset", "10000"),
    ]


@pytest.mark.parametrize("status", REVIEW_STATUSES)
def test_known_review_states_pass(status: str) -> None:
    assert SessionQuery(review_status=status).parameters() == [("review.status", status)]


def test_replace_changes_some_fields_and_checks_them() -> None:
    query = SessionQuery(user="ana", limit=20)
    assert query.replace(limit=50) == SessionQuery(user="ana", limit=50)
    with pytest.raises(InvalidQuery, match="limit"):
        query.replace(limit=500)


def _like(pattern: str, value: str) -> bool:
    """SQL's LIKE with its default escape, as the gateway's database evaluates it."""
    if not pattern:
        return not value
    first, rest = pattern[0], pattern[1:]
    if first == "%":
        return any(_like(rest, value[i:]) for i in range(len(value) + 1))
    if first == "\\":
        assert rest, "a pattern that ends in its escape is a 500"
        first, rest = rest[0], rest[1:]
    elif first == "_":
        return bool(value) and _like(rest, value[1:])
    return value[:1] == first and _like(rest, value[1:])


names = st.text(st.sampled_from("ab%_\\"), min_size=1, max_size=6)


@given(names, names)
def test_is_and_contains_mean_what_they_say(wanted: str, name: str) -> None:
    [(_, exact)] = SessionQuery(connection=wanted).parameters()
    [(_, within)] = SessionQuery(connection=wanted, connection_contains=True).parameters()
    assert _like(exact, name) == (wanted == name)
    assert _like(within, name) == (wanted in name)


@given(
    st.datetimes(
        min_value=datetime(1, 1, 3),
        max_value=datetime(9999, 12, 29),
        timezones=st.timezones(),
    ),
)
def test_any_moment_is_cut_for_a_start_and_rounded_up_for_an_end(moment: datetime) -> None:
    sent = dict(SessionQuery(start=moment, end=moment).parameters())
    start = datetime.fromisoformat(sent["start_date"])
    end = datetime.fromisoformat(sent["end_date"])
    assert start <= moment.astimezone(UTC) <= end
    assert end - start <= timedelta(seconds=1)
    assert sent["start_date"].endswith("Z")
    assert len(sent["end_date"]) == 20


@given(st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=20))
def test_any_text_that_is_valid_survives_the_wire(text: str) -> None:
    query = SessionQuery(correlation_id=text)
    assert parse_qsl(urlencode(query.parameters()), keep_blank_values=True) == [
        ("correlation_id", text)
    ]
