"""Credentials and roles."""

from __future__ import annotations

import pytest

from tests.demo.captured import captured
from tests.demo.conftest import Asking

DENIED = captured("auth-401-none")
PATHS = ["/api/sessions", "/api/users", "/api/userinfo", "/api/connections", "/api/serverinfo"]


@pytest.mark.parametrize("path", PATHS)
def test_nothing_without_a_credential(asking: Asking, path: str) -> None:
    response = asking.response(path, Accept="*/*")
    assert (response.status_code, response.json()) == (401, DENIED)


def test_bad_credentials_all_get_the_same_answer(asking: Asking) -> None:
    token = asking.demo.token
    key = asking.demo.tokens["API_KEY"]
    for headers in (
        {"Authorization": f"bearer {token}"},
        {"Authorization": token},
        {"Authorization": f"Bearer  {token}"},
        {"Authorization": f"Bearer {token}x"},
        {"Authorization": f"Bearer {key}"},
        {"Authorization": "Bearer hpk_unknown"},
        {"Api-Key": token},
        {"Api-Key": "xapi-wrong"},
    ):
        response = asking.response("/api/sessions?limit=1", **headers)
        assert (response.status_code, response.json()) == (401, DENIED)


def test_the_servers_own_key_goes_in_a_header_of_its_own(asking: Asking) -> None:
    headers = {"Api-Key": asking.demo.tokens["API_KEY"]}
    assert asking.response("/api/userinfo", **headers).json()["email"] == "API_KEY"
    assert len(asking.response("/api/sessions?limit=7", **headers).json()["data"]) == 7


def test_some_answers_need_none(asking: Asking) -> None:
    for path in ("/api/publicserverinfo", "/api/healthz"):
        assert asking.response(path, Accept="*/*").status_code == 200


def test_roles(asking: Asking) -> None:
    def role(name: str) -> str:
        return str(asking.json("/api/userinfo", name)["role"])

    assert role("ana@tidewater.example") == "admin"
    assert role("carla@tidewater.example") == "auditor"
    assert role("dana@tidewater.example") == "standard"
    assert role("ci-deploy") == "standard"
    users = {user["email"]: user["role"] for user in asking.json("/api/users")}
    assert users["carla@tidewater.example"] == "standard", "an auditor's role, in the list"
    assert "ci-deploy" not in users


def test_an_auditor_sees_everything(asking: Asking) -> None:
    query = "/api/sessions?limit=1&count=exact"
    assert asking.json(query, "carla@tidewater.example")["total"] == 1000


def test_others_see_their_own_and_what_they_may_review(asking: Asking) -> None:
    email = "erik@tidewater.example"
    me = asking.json("/api/userinfo", email)
    rows = asking.rows("limit=100", email)
    own = [row for row in rows if row["user_id"] == me["id"]]
    reviewed = [row for row in rows if row not in own]
    assert own
    assert reviewed
    for row in reviewed:
        groups = {one["group"] for one in row["review"]["review_groups_data"]}
        assert groups & set(me["groups"])
    total = asking.json("/api/sessions?limit=1&count=exact", email)["total"]
    assert len(rows) <= total < 1000


def test_keys_see_their_own(asking: Asking) -> None:
    rows = asking.rows("limit=100", "backup-runner")
    assert {row["user"] for row in rows if not row["review"]} == {"backup-runner"}


def test_a_session_of_somebody_else_is_forbidden(asking: Asking) -> None:
    email = "ingrid@tidewater.example"
    mine = {row["id"] for row in asking.rows("limit=100", email)}
    other = next(row["id"] for row in asking.rows("limit=100") if row["id"] not in mine)
    expected = (403, captured("detail-forbidden"))
    assert asking.refusal(f"/api/sessions/{other}", email) == expected
    assert asking.response(f"/api/sessions/{mine.pop()}", email).status_code == 200


def test_a_reviewer_who_is_nothing_else_sees_no_stream(asking: Asking) -> None:
    email = "ivan@tidewater.example"
    executed = next(
        row
        for row in asking.rows("limit=100&review.status=EXECUTED", email)
        if row["user"] != email and row["status"] == "done"
    )
    path = f"/api/sessions/{executed['id']}?expand=event_stream,session_input"
    reviewer, admin = asking.json(path, email), asking.json(path)
    assert "event_stream" not in reviewer
    assert admin["event_stream"]
    assert reviewer["script"] == admin["script"]
