"""What can be had of a session, why not, and what to open on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hoopscope.gateway.models.session import Session
from hoopscope.gateway.row import SessionRow
from hoopscope.recordings.parts import Part, Viewing, is_live, opening_part, parts_of

CAPTURES = Path(__file__).parents[1] / "captures"
NOW = 1_790_000_000_000_000


def row(**fields: Any) -> SessionRow:
    usual: dict[str, Any] = {
        "id": "74efe044-b0a5-4451-93f1-bd7fa0f3a364",
        "start": NOW - 60_000_000,
        "end": NOW,
        "type": "custom",
        "verb": "exec",
        "status": "done",
        "exit_code": 0,
        "event_size": 4_600_000,
        "script_size": 26,
        "has_metrics": True,
    }
    return SessionRow(**(usual | fields))


RUNNING = {"status": "open", "end": None, "event_size": 0, "exit_code": None}
SHELL = {"verb": "connect", "script_size": 0}


@pytest.mark.parametrize(
    ("fields", "part", "why_not"),
    [
        ({}, Part.OUTPUT, ""),
        ({}, Part.REPLAY, "Only a terminal"),
        (SHELL, Part.REPLAY, ""),
        (SHELL, Part.SCRIPT, "An interactive session"),
        ({**SHELL, "type": "database", "subtype": "postgres"}, Part.OUTPUT, "Only what the client"),
        ({**SHELL, "type": "database", "subtype": "postgres"}, Part.EVENTS, ""),
        ({"event_size": 0}, Part.OUTPUT, "Nothing was recorded"),
        ({**RUNNING}, Part.OUTPUT, ""),
        ({**RUNNING, "review_status": "PENDING"}, Part.OUTPUT, "It waits for a review"),
        ({"exit_code": 254, "event_size": 0, "has_metrics": False}, Part.OUTPUT, "It was stopped"),
        ({**RUNNING, "start": 1}, Part.EVENTS, ""),
        ({}, Part.REVIEW, "Nobody had to"),
        ({"review_status": "APPROVED"}, Part.REVIEW, ""),
        ({}, Part.JSON, ""),
    ],
)
def test_what_is_missing_says_why(fields: dict[str, Any], part: Part, why_not: str) -> None:
    offer = parts_of(row(**fields), None, NOW)[part]
    assert offer.why_not.startswith(why_not)
    assert offer.is_there is not bool(why_not)


def test_sizes_are_known_before_anything_is_loaded() -> None:
    offers = parts_of(row(truncated=True), None, NOW)
    assert offers[Part.OUTPUT].note == "4.6 MB, cut short"
    assert parts_of(row(**RUNNING), None, NOW)[Part.EVENTS].note == "live"


@pytest.mark.parametrize(
    ("viewing", "allowed"),
    [
        (Viewing("me", "standard"), False),
        (Viewing("owner", "standard"), True),
        (Viewing("me", "admin"), True),
        (Viewing("me", "auditor"), True),
        (Viewing(), True),
    ],
)
def test_a_reviewer_is_told_that_the_recording_is_kept_back(
    viewing: Viewing, allowed: bool
) -> None:
    offers = parts_of(row(user_id="owner"), None, NOW, viewing)
    assert offers[Part.OUTPUT].is_there is allowed
    assert offers[Part.SCRIPT].is_there
    running = row(user_id="owner", **RUNNING)
    assert parts_of(running, None, NOW, viewing)[Part.OUTPUT].is_live


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({}, Part.SUMMARY),
        ({"exit_code": 3}, Part.OUTPUT),
        ({"exit_code": 3, "event_size": 0}, Part.SUMMARY),
        ({**SHELL, "exit_code": 130}, Part.SUMMARY),
        ({**RUNNING, "review_status": "PENDING"}, Part.REVIEW),
        ({"exit_code": 254, "review_status": "REJECTED"}, Part.REVIEW),
        ({"exit_code": 254, "guardrail_hits": 1}, Part.SUMMARY),
        ({"exit_code": 254, "has_metrics": False, "event_size": 0}, Part.ANALYSIS),
        (RUNNING, Part.OUTPUT),
        ({**RUNNING, **SHELL}, Part.REPLAY),
        ({**RUNNING, **SHELL, "type": "database", "subtype": "postgres"}, Part.EVENTS),
    ],
)
def test_a_session_opens_on_what_matters(fields: dict[str, Any], part: Part) -> None:
    session = row(**fields)
    assert opening_part(session, parts_of(session, None, NOW), NOW) is part


def test_what_ended_is_not_live() -> None:
    assert is_live(row(**RUNNING), NOW)
    assert not is_live(row(), NOW)


@pytest.mark.parametrize(
    "capture", sorted(CAPTURES.glob("detail-*.json")), ids=lambda path: path.stem
)
def test_every_recorded_session_opens_on_a_part_that_it_has(capture: Path) -> None:
    value = json.loads(capture.read_text())
    if "id" not in value:
        pytest.skip("no session")
    session = SessionRow.from_json(value)
    offers = parts_of(session, Session.model_validate(value), NOW)
    assert set(offers) == set(Part)
    assert offers[opening_part(session, offers, NOW)].is_there
    script = (value.get("script") or {}).get("data")
    assert offers[Part.SCRIPT].is_there is bool(script)
