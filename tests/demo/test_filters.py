"""Each parameter of the list does what it does on a real gateway, traps included."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from tests.demo.conftest import Asking


@pytest.fixture(scope="module")
def everything(asking: Asking) -> list[dict[str, Any]]:
    pages = [asking.rows(f"limit=100&offset={offset}") for offset in range(0, 1000, 100)]
    return [row for page in pages for row in page]


def ids(rows: list[dict[str, Any]]) -> list[str]:
    return [row["id"] for row in rows]


def found(asking: Asking, query: str) -> list[str]:
    """Ids of everything that a query finds; its total has to agree."""
    answer = asking.json(f"/api/sessions?limit=100&count=exact&{query}")
    rows = answer["data"]
    while answer["has_next_page"]:
        answer = asking.json(f"/api/sessions?limit=100&count=exact&offset={len(rows)}&{query}")
        rows += answer["data"]
    assert answer["total"] == len(rows)
    return ids(rows)


def test_everything_newest_first(everything: list[dict[str, Any]]) -> None:
    assert len({row["id"] for row in everything}) == 1000
    keys = [(row["start_date"].rstrip("Z").ljust(26, "0"), row["id"]) for row in everything]
    assert keys == sorted(keys, reverse=True)


def test_a_user_is_a_subject_and_not_an_e_mail(
    asking: Asking, everything: list[dict[str, Any]]
) -> None:
    subject = everything[0]["user_id"]
    expected = [row["id"] for row in everything if row["user_id"] == subject]
    assert found(asking, f"user={subject}") == expected
    assert found(asking, f"user={subject.upper()}") == []
    assert found(asking, f"user={everything[0]['user'] or 'ana'}") == []


def test_like_is_live_in_users_connections_and_types(
    asking: Asking, everything: list[dict[str, Any]]
) -> None:
    wanted = [row["id"] for row in everything if "prod" in row["connection"]]
    assert found(asking, "connection=%25prod%25") == wanted
    assert found(asking, "connection=%25PROD%25") == []
    literal = [row["id"] for row in everything if row["connection"] == "customer_pii_prod"]
    assert literal
    assert found(asking, "connection=customer%5C_pii%5C_prod") == literal
    assert found(asking, "connection=customer_pii_prod") == literal
    assert found(asking, "connection=customer-pii_prod") == []
    raw = [row["id"] for row in everything if row["connection"] == "orders-prod"]
    assert found(asking, "connection=orders_prod") == raw
    assert found(asking, "connection=orders%5C_prod") == []
    machines = [row["id"] for row in everything if row["user_id"].count("-") == 4]
    assert found(asking, "user=%25-%25-%25-%25-%25") == machines
    kinds = [row["id"] for row in everything if row["type"].startswith("c")]
    assert found(asking, "type=c%25") == kinds
    assert found(asking, "type=postgres") == []


def test_review_states(asking: Asking, everything: list[dict[str, Any]]) -> None:
    for state in ("PENDING", "APPROVED", "REJECTED", "REVOKED", "PROCESSING", "EXECUTED"):
        wanted = [
            row["id"] for row in everything if row["review"] and row["review"]["status"] == state
        ]
        assert wanted
        assert found(asking, f"review.status={state}") == wanted
        assert found(asking, f"review.status={state.lower()}") == []
    without = [row["id"] for row in everything if row["review"] is None]
    assert found(asking, "review.status=") == without
    assert len(found(asking, "review.status=_%25")) == 1000 - len(without)


def test_an_approver_is_who_could_review(asking: Asking, everything: list[dict[str, Any]]) -> None:
    groups = {
        row["id"]: {one["group"] for one in row["review"]["review_groups_data"]}
        for row in everything
        if row["review"]
    }
    users = {user["email"]: set(user["groups"]) for user in asking.json("/api/users")}
    for email in ("ivan@tidewater.example", "lea@tidewater.example", "ana@tidewater.example"):
        wanted = [session for session, asked in groups.items() if asked & users[email]]
        assert wanted
        assert found(asking, f"review.approver={quote(email)}") == wanted
    assert found(asking, "review.approver=Ivan%40tidewater.example") == []
    assert found(asking, "review.approver=%25ivan%25") == []
    assert found(asking, "review.approver=nobody%40tidewater.example") == []


def test_ids_that_belong_together(asking: Asking, everything: list[dict[str, Any]]) -> None:
    for parameter, field in (
        ("correlation_id", "correlation_id"),
        ("batch_id", "session_batch_id"),
    ):
        value = next(row[field] for row in everything if field in row)
        wanted = [row["id"] for row in everything if row.get(field) == value]
        assert len(wanted) > 1
        assert found(asking, f"{parameter}={quote(value)}") == wanted
        assert found(asking, f"{parameter}={quote(value.swapcase())}") == []
        assert found(asking, f"{parameter}=%25") == []


def test_jira_keys(asking: Asking, everything: list[dict[str, Any]]) -> None:
    keyed = [row for row in everything if row["integrations_metadata"]]
    keys = [row["integrations_metadata"]["jira_issue_key"] for row in keyed]
    first, last = keys[0], keys[-1]
    wanted = [
        row["id"]
        for row in keyed
        if row["integrations_metadata"]["jira_issue_key"] in (first, last)
    ]
    assert found(asking, f"jira_issue_key={first.lower()}%2C%20{last}") == wanted
    assert found(asking, "jira_issue_key=NOPE-1") == []


@pytest.mark.parametrize(
    "name", ["user", "connection", "type", "review.approver", "batch_id", "jira_issue_key"]
)
def test_an_empty_filter_finds_nothing(asking: Asking, name: str) -> None:
    assert found(asking, f"{name}=") == []


def test_an_empty_correlation_id_is_ignored(asking: Asking) -> None:
    assert len(found(asking, "correlation_id=")) == 1000


def test_dates(asking: Asking, everything: list[dict[str, Any]]) -> None:
    middle = everything[700]["start_date"][:19]
    later = [row["id"] for row in everything if row["start_date"][:19] >= middle]
    assert found(asking, f"start_date={middle}Z") == later
    assert found(asking, f"start_date={middle}.999Z") == later, "fractions are cut"
    assert len(found(asking, f"end_date={middle}Z")) == 1000, "an end alone is ignored"
    earlier = [row["id"] for row in everything if row["start_date"][:19] < middle]
    assert found(asking, f"start_date=1970-01-01T00:00:00Z&end_date={middle}Z") == earlier
    assert found(asking, f"start_date={middle}Z&end_date={middle}Z") == []
    assert found(asking, f"start_date={middle}Z&end_date=1971-01-01T00:00:00Z") == []


def test_a_zone_is_forgotten(asking: Asking, everything: list[dict[str, Any]]) -> None:
    middle = everything[700]["start_date"][:19]
    zoned = found(asking, f"start_date={middle}%2B01:00")
    assert zoned == found(asking, f"start_date={middle}Z")


def test_an_end_includes_its_second_only_at_its_beginning(changing: Asking) -> None:
    from datetime import UTC, datetime

    second = datetime(2025, 1, 1, 12, 0, 5, tzinfo=UTC)
    exact = changing.demo.insert(second)
    changing.demo.insert(second.replace(microsecond=1))
    query = "start_date=2025-01-01T00:00:00Z&end_date=2025-01-01T12:00:05Z"
    assert found(changing, query) == [exact]
    assert (
        len(found(changing, "start_date=2025-01-01T12:00:05Z&end_date=2025-01-01T12:00:06Z")) == 2
    )


def test_filters_add_up(asking: Asking, everything: list[dict[str, Any]]) -> None:
    wanted = [
        row["id"]
        for row in everything
        if row["type"] == "database" and row["review"] and row["review"]["status"] == "EXECUTED"
    ]
    assert wanted
    assert found(asking, "type=database&review.status=EXECUTED") == wanted


def test_what_is_unknown_or_broken_is_as_if_it_were_not_there(asking: Asking) -> None:
    first = ids(asking.rows("limit=1"))
    assert ids(asking.rows("limit=1&foo=bar&limit=2")) == first
    assert ids(asking.rows("user=%zz&limit=1")) == first
    assert ids(asking.rows("limit=1&connection=a;b")) == first
