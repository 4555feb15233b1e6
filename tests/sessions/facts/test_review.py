from __future__ import annotations

from typing import Any

import pytest

from hoopscope.sessions.facts.panel import WHOLE, FactsContext
from tests.gateway import captures
from tests.sessions.facts.sessions import NOW, panel, said_in, words


@pytest.mark.parametrize(
    ("name", "headline"),
    [
        ("ok-simple", "none"),
        ("review-pending", "… waiting: 0 of 1"),
        ("review-two-groups-partial", "… waiting: 1 of 2"),
        ("jit-pending-client-gone", "– withdrawn before it was decided"),
        ("review-approved-ready", "✓ approved"),
        ("review-processing", "▶ approved, being executed"),
        ("review-two-groups-executed", "✓ approved and executed"),
        ("review-executed-without-approval", "– sent off before approval: never ran"),
        ("review-rejected-reason", "⊘ rejected"),
        ("jit-revoked", "⊘ revoked"),
        ("jit-live-ready", "✓ approved"),
    ],
)
def test_the_headline_says_how_the_review_stands(name: str, headline: str) -> None:
    assert words(panel(name, "review").headline) == headline


def test_each_group_says_who_decided_and_when_whatever_the_order() -> None:
    review = captures.value("detail-review-two-groups-partial")["review"]
    for groups in (review["review_groups_data"], review["review_groups_data"][::-1]):
        found = panel(
            "review-two-groups-partial", "review", review=review | {"review_groups_data": groups}
        )
        assert said_in(found)[1:6] == [
            "dba ✓ bruno@acme.example · 2026-11-23 11:51:13 UTC",
            "security … nobody yet",
            "kind one-time · rule needs-dba · min approvals 2",
            "asked 2026-11-23 11:51:13 UTC",
            "force by sre, admin",
        ]


def test_the_whole_names_the_reviewer_too() -> None:
    whole = FactsContext(NOW, limits=WHOLE)
    assert "dba ✓ Bruno Díaz bruno@acme.example · 2026-11-23 11:51:13 UTC" in said_in(
        panel("review-two-groups-partial", "review", whole)
    )


def test_a_forced_decision_leaves_nobody_to_wait_for() -> None:
    lines = said_in(panel("review-forced", "review"))
    assert lines[1:3] == [
        "sre ✓ bruno@acme.example · 2026-11-23 11:50:34 UTC · forced",
        "dba nobody",
    ]


def test_a_rejection_gives_its_reason_first_and_harmless() -> None:
    lines = said_in(panel("review-rejected-reason", "review"))
    assert lines[1] == ("reason Not in business hours. [red]Ask[/red] again \\u202etomorrow; line")
    assert lines[2] == "break 日本"
    assert lines[3].startswith("dba ⊘ rejected by bruno@acme.example")


def test_a_daily_window_is_in_utc_and_an_unknown_one_is_shown_as_it_came() -> None:
    assert "window daily 02:00–03:00 UTC" in said_in(panel("review-time-window", "review"))
    assert "window date_range · end_time 10:00 · start_time 09:00" in said_in(
        panel("review-time-window-odd-type", "review")
    )


def test_a_one_time_review_was_approved_at_what_the_gateway_calls_its_revocation() -> None:
    lines = said_in(panel("review-forced", "review"))
    assert "approved 2026-11-23 11:50:34 UTC" in lines
    assert not [line for line in lines if line.startswith("until")]


@pytest.mark.parametrize(
    ("name", "now", "until"),
    [
        ("jit-live-ready", NOW, "2026-11-23 13:54:53 UTC · 1 hour, 58 minutes and 13 seconds left"),
        ("jit-live-ready", NOW + 10**11, "2026-11-23 13:54:53 UTC · expired"),
        ("jit-revoked", NOW, "2026-11-23 12:21:16 UTC was the planned end; it was revoked"),
    ],
)
def test_access_for_a_time_says_until_when(name: str, now: int, until: str) -> None:
    assert f"until {until}" in said_in(panel(name, "review", FactsContext(now)))


def test_expired_is_computed_since_the_status_stays() -> None:
    found = panel("jit-live-ready", "review", FactsContext(NOW + 10**11))
    assert words(found.headline) == "– approved, expired"
    assert "access for 2 hours" in said_in(found)


@pytest.mark.parametrize(
    "changes",
    [
        {"access_duration": 10**40},
        {"access_duration": -1},
        {"min_approvals": 10**40},
        {"revoke_at": "9999-12-31T23:59:59.999999Z"},
        {"revoke_at": "0001-01-02T00:00:00Z"},
        {"status": "DANCING"},
        {"type": "often"},
        {"review_groups_data": None},
        {"time_window": {"type": "time_range", "configuration": {"start_time": 9}}},
        {"time_window": {}},
    ],
)
def test_odd_reviews_are_shown_all_the_same(changes: dict[str, Any]) -> None:
    review = captures.value("detail-jit-live-ready")["review"] | changes
    assert panel("jit-live-ready", "review", review=review).lines
