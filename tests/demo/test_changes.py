"""What tests can do to a running gateway."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import Any

import pytest

from tests.demo.conftest import Asking
from tests.demo.moments import NOW


def test_an_inserted_session_is_there(changing: Asking) -> None:
    session = changing.demo.insert(
        NOW + timedelta(seconds=5),
        user="ci-deploy",
        connection="billing-prod",
        correlation_id="INC-1",
        batch_id="batch-1",
        jira_issue_key="ops-7",
        fields={"metadata": {"a": [1]}},
    )
    assert changing.demo.count() == 151
    row = changing.rows("limit=1")[0]
    assert row["id"] == session
    assert row["start_date"] == "2026-11-24T14:30:17.345678Z"
    assert (row["user"], row["connection"]) == ("ci-deploy", "billing-prod")
    assert (row["correlation_id"], row["session_batch_id"]) == ("INC-1", "batch-1")
    assert row["metadata"] == {"a": [1]}
    assert changing.rows("jira_issue_key=OPS-7&correlation_id=INC-1&batch_id=batch-1") == [row]


def test_an_id_of_ones_own(changing: Asking) -> None:
    own = "11111111-1111-4111-8111-111111111111"
    assert changing.demo.insert(NOW, session_id=own) == own
    with pytest.raises(sqlite3.IntegrityError):
        changing.demo.insert(NOW, session_id=own)
    assert changing.demo.count() == 151
    assert changing.json(f"/api/sessions/{own}")["id"] == own


def test_open_to_done(changing: Asking) -> None:
    session = changing.demo.insert(NOW, scenario="running", connection="shop-api-prod")
    before = changing.json(f"/api/sessions/{session}")
    assert (before["status"], before["end_date"], before["metrics"]) == ("open", None, None)
    changing.demo.change(session, status="done", exit_code=3, end_date=NOW + timedelta(minutes=1))
    after = changing.json(f"/api/sessions/{session}")
    assert (after["status"], after["exit_code"]) == ("done", 3)
    assert after["event_size"] == after["metrics"]["event_size"] > 0


def test_pending_to_approved(changing: Asking) -> None:
    session = changing.demo.insert(NOW, scenario="review pending")
    changing.demo.change(session, review_status="APPROVED", status="ready")
    review: Any = changing.json(f"/api/sessions/{session}")["review"]
    assert review["status"] == "APPROVED"
    assert {group["status"] for group in review["review_groups_data"]} == {"APPROVED"}
    assert review["revoke_at"] == "2026-11-24T14:30:12.345Z"
    assert changing.rows("review.status=APPROVED")[0]["id"] == session


@pytest.mark.parametrize(
    "wrong",
    [
        {"user": "nobody"},
        {"connection": "nowhere"},
        {"scenario": "nothing"},
        {"status": "closed"},
        {"colour": "red"},
    ],
)
def test_what_there_is_not(changing: Asking, wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        changing.demo.insert(NOW, **wrong)
    assert changing.demo.count() == 150


def test_no_such_session_to_change(changing: Asking) -> None:
    with pytest.raises(ValueError, match="no session"):
        changing.demo.change("00000000-0000-4000-8000-000000000000", status="done")


def test_a_session_without_a_start_comes_first(changing: Asking) -> None:
    session = changing.demo.insert(without_start=True)
    row = changing.rows("limit=1")[0]
    assert (row["id"], row["start_date"]) == (session, "0001-01-01T00:00:00Z")
    dated = changing.rows("start_date=0001-01-01T00:00:00Z&end_date=9999-12-31T00:00:00Z&limit=1")
    assert dated[0]["id"] != session
