"""One session: what a list leaves out, what belongs together, what a stream holds."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator
from typing import Any

import pytest

from hoopscope.demo.scenarios import scenarios
from hoopscope.demo.server import DemoGateway
from tests.demo.conftest import Asking
from tests.demo.moments import NOW


@pytest.fixture(scope="module")
def changing() -> Iterator[Asking]:
    """One gateway for all of these: each looks only at what it inserts."""
    with DemoGateway(sessions=80, now=NOW) as demo, Asking(demo) as found:
        yield found


def one(changing: Asking, scenario: str, connection: str = "orders-prod", **more: Any) -> Any:
    session = changing.demo.insert(NOW, scenario=scenario, connection=connection, **more)
    return changing.json(f"/api/sessions/{session}?expand=event_stream,session_input")


def outputs(session: Any) -> str:
    return b"".join(
        b64decode(text) for _, kind, text in session["event_stream"] if kind != "i"
    ).decode()


def test_a_list_row_is_the_session_less_what_a_list_leaves_out(asking: Asking) -> None:
    for row in asking.rows("limit=100"):
        whole = asking.json(f"/api/sessions/{row['id']}")
        assert row["script"] is None
        assert row["ai_analysis"] is None
        assert isinstance(whole["script"]["data"], str)
        for slim in ("time_window", "access_request_rule_name", "min_approvals"):
            if row["review"]:
                assert row["review"].pop(slim) is None
                whole["review"].pop(slim)
        if row["review"]:
            assert row["review"].pop("force_approval_groups") is None
            whole["review"].pop("force_approval_groups")
        for key in ("script", "ai_analysis"):
            row.pop(key)
            whole.pop(key)
        assert row == whole


def test_any_notation_of_an_id_is_taken(asking: Asking) -> None:
    session = asking.rows("limit=1")[0]["id"]
    for text in (session.upper(), session.replace("-", ""), "%7B" + session + "%7D"):
        assert asking.json(f"/api/sessions/{text}")["id"] == session


def test_expanding_one_thing_empties_the_script(asking: Asking) -> None:
    row = next(row for row in asking.rows("limit=100") if row["script_size"] and row["event_size"])
    path = f"/api/sessions/{row['id']}"
    whole = asking.json(path + "?expand=event_stream,session_input")
    assert whole["script"]["data"]
    assert whole["event_stream"]
    for query in ("expand=event_stream", "expand=event_stream,%20session_input"):
        answer = asking.json(f"{path}?{query}")
        assert answer["script"] == {"data": ""}
        assert answer["event_stream"] == whole["event_stream"]
    for query in ("expand=session_input", "expand=foo"):
        answer = asking.json(f"{path}?{query}")
        assert answer["script"] == {"data": ""}
        assert "event_stream" not in answer
    assert asking.json(f"{path}?event_stream=utf8")["script"] == whole["script"]


def test_sizes_are_those_of_what_is_stored(asking: Asking) -> None:
    for row in asking.rows("limit=100&offset=100"):
        whole = asking.json(f"/api/sessions/{row['id']}?expand=event_stream,session_input")
        script = json.dumps(whole["script"]["data"], ensure_ascii=False).encode()
        assert whole["script_size"] == len(script) - 2
        stored = json.dumps(whole["event_stream"], separators=(",", ":")) if row["metrics"] else ""
        assert whole["event_size"] == len(stored.removeprefix("[]"))


def test_a_failure_says_its_code_last(changing: Asking) -> None:
    session = one(changing, "failed")
    assert session["exit_code"] > 0
    assert outputs(session).endswith(f"exit status {session['exit_code']}")


def test_a_guardrail_blocks(changing: Asking) -> None:
    for direction in ("input", "output"):
        session = one(changing, f"guardrail {direction}")
        (match, *_) = session["guardrails_info"]
        assert match["direction"] == direction
        assert session["exit_code"] == 254
        assert f"Blocked by the following Guardrails rule: {match['rule_name']}" in outputs(session)
        for word in match["matched_words"]:
            assert word not in outputs(session)


def test_masked_data_is_not_in_the_output(changing: Asking) -> None:
    session = one(changing, "masked")
    masking = session["metrics"]["data_masking"]
    assert masking["total_redact_count"] == sum(masking["info_types"].values()) > 0
    assert "@mail.example" not in outputs(session)
    assert outputs(session).count("[EMAIL_ADDRESS]") == masking["info_types"].get(
        "EMAIL_ADDRESS", 0
    )


def test_what_the_analyser_blocked_has_no_stream_at_all(changing: Asking) -> None:
    session = one(changing, "ai high agentic")
    assert session["ai_analysis"]["action"] == "block_execution"
    assert session["ai_analysis"]["steps"]
    assert session["metrics"] is None
    assert "event_stream" not in session


def test_an_analysis_at_a_glance_has_no_steps(changing: Asking) -> None:
    session = one(changing, "ai low")
    assert set(session["ai_analysis"]) == {"risk_level", "title", "explanation", "action"}


@pytest.mark.parametrize("name", [one.name for one in scenarios() if one.review])
def test_a_review_agrees_with_its_state(changing: Asking, name: str) -> None:
    plan = next(scenario.review for scenario in scenarios() if scenario.name == name)
    assert plan
    review = one(changing, name, "k8s-prod-eu" if plan.type == "jit" else "orders-prod")["review"]
    verdicts = [group["status"] for group in review["review_groups_data"]]
    assert review["type"] == plan.type
    assert review["status"] == plan.status
    assert (review["access_duration"] > 0) == (plan.type == "jit")
    assert ("rejection_reason" in review) == (plan.status == "REJECTED" and plan.by != "owner")
    assert (review["time_window"] is None) == ("window" not in plan.how)
    assert (review["min_approvals"] is None) == ("bare" in plan.how)
    if plan.status in ("APPROVED", "EXECUTED", "PROCESSING") and plan.by:
        assert "APPROVED" in verdicts
    else:
        assert "APPROVED" not in verdicts or "partial" in plan.how or plan.status == "REVOKED"
    assert (plan.status in verdicts) == (
        plan.by != "" and plan.status in ("REJECTED", "REVOKED")
    ) or (plan.status in ("PENDING", "APPROVED"))
    for group in review["review_groups_data"]:
        decided = group["status"] != "PENDING"
        assert (group["reviewed_by"] is not None) == decided
        assert (group["review_date"] is not None) == decided
        assert group["forced_review"] == (decided and "forced" in plan.how)


def test_statements_of_a_postgres_session(changing: Asking) -> None:
    session = changing.demo.insert(NOW, scenario="connect", connection="orders-prod")
    path = f"/api/sessions/{session}?expand=event_stream&event_stream="
    raw = changing.json(path)["event_stream"]
    assert {kind for _, kind, _ in raw} == {"i"}
    assert b64decode(raw[0][2])[:7] == b"\x00\x00\x00\x08\x04\xd2\x16"
    statements = changing.json(path + "raw-queries")["event_stream"]
    assert 0 < len(statements) < len(raw)
    assert all(b"\0" not in b64decode(text) for _, _, text in statements)
    assert changing.json(path + "utf8")["event_stream"] == [""]


def test_a_terminal_is_no_clean_text(changing: Asking) -> None:
    session = changing.demo.insert(NOW, scenario="connect", connection="shop-api-prod")
    path = f"/api/sessions/{session}?expand=event_stream&event_stream="
    (sentence,) = changing.json(path + "utf8")["event_stream"]
    assert sentence.startswith("An internal error occurred: unable to decode the event stream")
    (text,) = changing.json(path + "base64")["event_stream"]
    assert b"\x1b[" in b64decode(text)


def test_hostile_ones_are_hostile(changing: Asking) -> None:
    session = one(changing, "hostile", "shop-api-prod")
    assert "\x1b" in session["metadata"]["esc"]
    assert "\u202e" in json.dumps(session, ensure_ascii=False)


def test_an_agents_steps_lie_within_its_session(asking: Asking) -> None:
    analysed = 0
    for row in asking.rows("limit=100") + asking.rows("limit=100&offset=100"):
        analysis = asking.json(f"/api/sessions/{row['id']}")["ai_analysis"] or {}
        for step in analysis.get("steps", []):
            analysed += 1
            assert row["start_date"] < step["timestamp"]
            assert row["end_date"] is None or step["timestamp"] < row["end_date"]
    assert analysed
