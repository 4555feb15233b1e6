"""SessionRow: every recorded row, and whatever else a gateway might send."""

from __future__ import annotations

import json
import sqlite3
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.row import NO_START, SessionRow
from tests.gateway import captures

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["2026-11-23T11:58:04.640033Z", "0001-01-01T00:00:00Z", "APPROVED", "high"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
FIELDS = (
    *("id", "start_date", "end_date", "user", "connection", "status", "exit_code", "script"),
    *("review", "guardrails_info", "metrics", "metadata", "integrations_metadata", "event_size"),
    *("ai_analysis", "labels", "correlation_id", "session_batch_id"),
)


def row_of(**fields: Any) -> SessionRow:
    return SessionRow.from_json({"id": "a", "start_date": "2026-11-23T11:58:04Z", **fields})


def test_no_recorded_row_is_malformed() -> None:
    for name in captures.lists():
        for raw in captures.value(name)["data"]:
            row = SessionRow.from_json(raw)
            assert (name, row.malformed) == (name, "")
            assert (row.id, row.status, row.verb) == (raw["id"], raw["status"], raw["verb"])


def test_a_whole_session_makes_a_row_too() -> None:
    for name in captures.details():
        raw = captures.value(name)
        row = SessionRow.from_json(raw)
        assert (name, row.malformed) == (name, "")
        assert row.ai_risk == (raw["ai_analysis"] or {}).get("risk_level", "")
        assert row.ai_outcome == (raw["ai_analysis"] or {}).get("action", "")


def test_an_exec_has_all_its_fields() -> None:
    row = SessionRow.from_json(captures.value("list-limit-100")["data"][0])
    assert row == SessionRow(
        id="32bb7307-4ef1-4ce0-9762-2b65c94c8450",
        start=1_795_435_084_640_033,
        end=1_795_435_084_705_285,
        user="erik@acme.example",
        user_id="erik@acme.example",
        user_name="Erik [bold]Ångström[/bold]",
        identity_type="user",
        connection="bash_staging",
        type="custom",
        resource="bash_staging",
        verb="exec",
        status="done",
        exit_code=0,
        has_metrics=True,
        event_size=95,
        script_size=21,
    )


def test_a_reviewed_one_knows_how_far_its_review_is() -> None:
    [raw] = captures.value("list-limit-1")["data"]
    row = SessionRow.from_json(raw)
    assert (row.review_type, row.review_status) == ("jit", "APPROVED")
    assert (row.review_approved, row.review_needed) == (1, 3)
    assert row.review_revoke_at == 1_795_442_093_287_000
    assert row.end is None
    assert not row.has_metrics


def test_a_minimum_of_approvals_caps_what_is_needed() -> None:
    groups = [{"status": "APPROVED"}, {"status": "PENDING"}, {"status": "PENDING"}]
    for minimum, needed in ((None, 3), (0, 3), (2, 2), (9, 3)):
        row = row_of(review={"review_groups_data": groups, "min_approvals": minimum})
        assert (row.review_approved, row.review_needed) == (1, needed)


def test_guardrails_masking_credentials_and_jira_are_taken_out() -> None:
    row = row_of(
        guardrails_info=[{"rule_name": "no-drop"}, {"rule_name": "pii"}],
        metrics={"data_masking": {"total_redact_count": 12}, "truncated": True},
        metadata={
            "credential_session": "b",
            "credentials_expire_at": "9999-12-31T00:00:00Z",
            "credentials_revoked_at": "2026-11-23T00:00:00Z",
        },
        integrations_metadata={"jira_issue_key": "OPS-10"},
        session_batch_id="batch",
        correlation_id="CI-1",
        machine_identity_id="m",
    )
    assert (row.guardrail_hits, row.guardrail_rule) == (2, "no-drop")
    assert (row.masked, row.truncated) == (12, True)
    assert (row.credential_session, row.has_credential, row.credential_revoked) == ("b", True, True)
    assert (row.jira_key, row.batch_id, row.correlation_id) == ("OPS-10", "batch", "CI-1")
    assert row.machine_identity_id == "m"
    assert row.malformed == ""


@pytest.mark.parametrize(
    ("analysis", "worst", "risk"),
    [
        (None, None, ""),
        ("low", None, "low"),
        (None, "high", "high"),
        ("low", "medium", "medium"),
        ("high", "low", "high"),
        ("astronomic", None, "astronomic"),
        ("astronomic", "low", "low"),
        ("", "astronomic", "astronomic"),
    ],
)
def test_the_worst_known_risk_wins(analysis: str | None, worst: str | None, risk: str) -> None:
    row = row_of(
        ai_analysis=analysis and {"risk_level": analysis, "action": "a"},
        metrics={"ai_analyzer": {"worst": worst and {"risk_level": worst, "outcome": "w"}}},
    )
    assert row.ai_risk == risk


@pytest.mark.parametrize(
    ("text", "micros"),
    [
        ("2026-11-23T11:58:04Z", 1_795_435_084_000_000),
        ("2026-11-23T11:58:04.6Z", 1_795_435_084_600_000),
        ("2026-11-23T11:58:04.64003Z", 1_795_435_084_640_030),
        ("2026-11-23T11:58:04.640033Z", 1_795_435_084_640_033),
        ("2026-11-23T11:58:04.640033999Z", 1_795_435_084_640_033),
        ("2026-11-23T12:58:04.640033+01:00", 1_795_435_084_640_033),
        ("1969-12-31T23:59:59.999999Z", -1),
        ("9999-12-31T23:59:59.999999999Z", 253_402_300_799_999_999),
    ],
)
def test_times_with_any_number_of_digits(text: str, micros: int) -> None:
    assert row_of(start_date=text).start == micros


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01T00:00:00Z", 5, [], True])
def test_a_time_that_is_none_is_told(text: object) -> None:
    row = row_of(end_date=text)
    assert row.end is None
    assert row.malformed == "end_date is not a time"


@pytest.mark.parametrize("missing", [None, "0001-01-01T00:00:00Z"])
def test_a_missing_start_is_not_malformed_and_sorts_first(missing: str | None) -> None:
    lost = row_of(start_date=missing)
    newest = row_of(start_date="9999-12-31T23:59:59Z")
    assert lost.start == NO_START < newest.start
    assert lost.malformed == ""
    assert lost.sort_key > newest.sort_key


def test_descending_by_sort_key_is_the_recorded_order() -> None:
    for name in captures.lists():
        keys = [SessionRow.from_json(raw).sort_key for raw in captures.value(name)["data"]]
        assert keys == sorted(keys, reverse=True)


def test_what_is_wrong_is_named_and_the_rest_holds() -> None:
    row = row_of(user=7, exit_code="3", review=[], event_size=2**70, connection="pgdemo")
    assert row.connection == "pgdemo"
    assert row.malformed == (
        "review is not an object, user is not text, exit_code is not a whole number and 1 more"
    )


def test_free_form_metadata_is_never_malformed() -> None:
    row = row_of(metadata={"credential_session": 7}, integrations_metadata={"jira_issue_key": {}})
    assert (row.credential_session, row.jira_key, row.malformed) == ("", "", "")


@pytest.mark.parametrize("value", [None, 7, "text", [], True, {}, {"id": ""}, {"id": None}])
def test_what_has_no_id_gets_one_that_stays(value: object) -> None:
    row = SessionRow.from_json(value)
    assert row.malformed
    assert row.id.startswith("unreadable-")
    assert row == SessionRow.from_json(value)


@given(json_values | st.dictionaries(st.sampled_from(FIELDS), json_values))
def test_no_json_value_makes_it_fail(value: object) -> None:
    row = SessionRow.from_json(value)
    assert row.id
    # What a row holds has to fit into a database and into a file.
    with sqlite3.connect(":memory:") as database:
        database.execute("SELECT ?, ?, ?, ?", (row.id, row.user, row.start, row.event_size))
    database.close()
    json.dumps(row.malformed, ensure_ascii=False).encode()


@given(st.sampled_from(captures.lists()), st.sampled_from(FIELDS), json_values, st.data())
def test_a_real_row_with_one_field_spoiled(
    name: str, field: str, spoiled: object, data: st.DataObject
) -> None:
    rows = captures.value(name)["data"]
    if not rows:
        return
    raw = rows[data.draw(st.integers(0, len(rows) - 1))]
    healthy = SessionRow.from_json(raw)
    row = SessionRow.from_json({**raw, field: spoiled})
    if field != "user":
        assert row.user == healthy.user


def test_a_value_nested_without_end_is_survived() -> None:
    value: Any = []
    for _ in range(100_000):
        value = [value]
    assert SessionRow.from_json(value).malformed
    assert SessionRow.from_json({"id": "a", "review": value}).malformed


def test_a_hundred_rows_decode_within_five_milliseconds() -> None:
    data = captures.value("list-limit-100")["data"]
    assert len(data) == 100
    best = 1.0
    for _ in range(20):
        begun = time.perf_counter()
        for raw in data:
            SessionRow.from_json(raw)
        best = min(best, time.perf_counter() - begun)
    assert best < 0.005
