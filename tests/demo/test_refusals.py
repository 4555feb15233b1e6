"""What the gateway refuses: the same statuses and the same sentences as were recorded."""

from __future__ import annotations

import pytest

from tests.demo.captured import captured
from tests.demo.conftest import Asking


@pytest.mark.parametrize(
    ("query", "status", "name"),
    [
        ("correlation_id=%00", 500, "list-bad-correlation-nul"),
        ("count=all", 422, "list-bad-count-bad"),
        ("count=EXACT", 422, "list-bad-count-case"),
        ("end_date=x", 422, "list-bad-end-bad"),
        ("limit=0", 422, "list-bad-limit-0"),
        ("limit=abc", 422, "list-bad-limit-abc"),
        ("limit=1.5", 422, "list-bad-limit-float"),
        ("limit=99999999999999999999", 422, "list-bad-limit-huge"),
        ("limit=-1", 422, "list-bad-limit-neg"),
        ("offset=10001", 422, "list-bad-offset-10001"),
        ("limit=2&offset=10001", 422, "list-big-bad-offset"),
        ("offset=abc", 422, "list-bad-offset-abc"),
        ("offset=-1", 422, "list-bad-offset-neg"),
        ("start_date=yesterday", 422, "list-bad-start-bad"),
        ("start_date=2026-11-23", 422, "list-bad-start-dateonly"),
        ("start_date=2026-11-23T10:00:00", 422, "list-bad-start-nozone"),
        ("user=%ff", 500, "list-bad-user-badutf8"),
        ("user=%00", 500, "list-bad-user-nul"),
        ("limit=2&connection=bash%5C", 500, "list-connection-trailing-backslash"),
        ("count=", 422, "list-empty-count"),
        ("end_date=", 422, "list-empty-end-date"),
        ("limit=", 422, "list-empty-limit"),
        ("offset=", 422, "list-empty-offset"),
        ("start_date=", 422, "list-empty-start-date"),
    ],
)
def test_a_bad_parameter(asking: Asking, query: str, status: int, name: str) -> None:
    assert asking.refusal(f"/api/sessions?{query}") == (status, captured(name))


@pytest.mark.parametrize("name", ["type", "review.status", "review.approver", "batch_id"])
def test_a_nul_in_any_filter_is_too_much_for_the_database(asking: Asking, name: str) -> None:
    assert asking.refusal(f"/api/sessions?{name}=a%00")[0] == 500


@pytest.mark.parametrize("name", ["user", "type", "review.status"])
def test_so_is_a_pattern_that_ends_in_an_escape(asking: Asking, name: str) -> None:
    assert asking.refusal(f"/api/sessions?{name}=a%5C")[0] == 500
    assert asking.rows(f"{name}=a%5C%5C") == []


@pytest.mark.parametrize(
    "moment",
    [
        "2026-02-30T00:00:00Z",
        "2026-11-23t10:00:00Z",
        "2026-11-23T10:00:00z",
        "2026-11-23T10:00:00 01:00",  # an offset whose plus was not escaped
        "2026-11-23T24:00:00Z",
        "２０２６-11-23T10:00:00Z",
    ],
)
def test_what_is_no_moment(asking: Asking, moment: str) -> None:
    expected = (422, captured("list-bad-start-bad"))
    assert asking.refusal(f"/api/sessions?start_date={moment}") == expected


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("page=0&page_size=5", "connections-page-0"),
        ("page=1&page_size=101", "connections-page-size-101"),
        ("page_size=0", "connections-page-size-101"),
    ],
)
def test_a_page_of_connections_out_of_range(asking: Asking, query: str, name: str) -> None:
    assert asking.refusal(f"/api/connections?{query}") == (422, captured(name))


def test_ids(asking: Asking) -> None:
    unknown = "00000000-0000-4000-8000-000000000000"
    sessions = "/api/sessions/"
    assert asking.refusal(sessions + "not-a-uuid") == (500, captured("detail-id-malformed"))
    assert asking.refusal(sessions + unknown) == (404, captured("detail-id-unknown"))
    assert asking.refusal("/api/reviews/not-a-uuid")[0] == 500
    assert asking.refusal("/api/reviews/" + unknown)[0] == 404


def test_an_unknown_form_of_the_stream(asking: Asking) -> None:
    session = asking.rows("limit=1")[0]["id"]
    expected = (422, captured("detail-ok-simple-event-stream-bogus"))
    query = "expand=event_stream&event_stream=hex"
    assert asking.refusal(f"/api/sessions/{session}?{query}") == expected
