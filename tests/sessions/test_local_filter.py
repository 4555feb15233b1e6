from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.row import NO_START, SessionRow
from hoopscope.sessions.identity import Identity
from hoopscope.sessions.local_filter import LocalFilter
from hoopscope.sessions.outcome import Outcome
from tests.simulated_gateway import SECOND, session

NOW = 1_763_000_000 * SECOND
ROW = session(
    1,
    NOW - 100 * SECOND,
    end=NOW - 40 * SECOND,
    status="done",
    exit_code=3,
    user="Ana@Example.com",
    user_id="u1",
    user_name="Ana Straße",
    identity_type="user",
    connection="pg-prod",
    type="database",
    subtype="postgres",
    verb="exec",
    guardrail_hits=1,
    jira_key="OPS-7",
)
RUNNING = session(2, NOW - 100 * SECOND, status="open", verb="connect", identity_type="machine")


@pytest.mark.parametrize(
    ("row", "local"),
    [
        (ROW, LocalFilter()),
        (ROW, LocalFilter(outcomes=frozenset({Outcome.FAILED, Outcome.RUNNING}))),
        (RUNNING, LocalFilter(outcomes=frozenset({"running"}))),
        (ROW, LocalFilter(guardrail_hits=True)),
        (ROW, LocalFilter(identities=frozenset({Identity.PERSON}))),
        (RUNNING, LocalFilter(identities=frozenset({"machine"}))),
        (ROW, LocalFilter(verbs=frozenset({"exec"}))),
        (ROW, LocalFilter(subtypes=frozenset({"mysql", "postgres"}))),
        (ROW, LocalFilter(types=frozenset({"database"}))),
        (ROW, LocalFilter(users=frozenset({"u1", "u2"}))),
        (ROW, LocalFilter(users=frozenset({"Ana@Example.com"}))),
        (ROW, LocalFilter(connections=frozenset({"pg-prod", "other"}))),
        (ROW, LocalFilter(shortest=60, longest=60)),
        (RUNNING, LocalFilter(shortest=99)),
        (ROW, LocalFilter(text="ana@EXAMPLE")),
        (ROW, LocalFilter(text="STRASSE")),
        (ROW, LocalFilter(text="ops-7")),
        (ROW, LocalFilter(text="Exit 3")),
        (ROW, LocalFilter(text=ROW.id[-6:])),
    ],
)
def test_lets_through_what_matches(row: SessionRow, local: LocalFilter) -> None:
    assert local.matches(row, NOW)


@pytest.mark.parametrize(
    ("row", "local"),
    [
        (RUNNING, LocalFilter(outcomes=frozenset({"failed"}))),
        (RUNNING, LocalFilter(guardrail_hits=True)),
        (ROW, LocalFilter(identities=frozenset({Identity.MACHINE, Identity.API_KEY}))),
        (ROW, LocalFilter(verbs=frozenset({"connect"}))),
        (ROW, LocalFilter(subtypes=frozenset({"Postgres"}))),
        (ROW, LocalFilter(types=frozenset({"postgres"}))),
        (ROW, LocalFilter(users=frozenset({"u2"}))),
        (ROW, LocalFilter(connections=frozenset({"pg"}))),
        (ROW, LocalFilter(shortest=60.1)),
        (ROW, LocalFilter(longest=59.9)),
        (session(3, NOW, status="done", exit_code=0), LocalFilter(shortest=0)),
        (session(3, NO_START, end=NOW), LocalFilter(shortest=0)),
        (ROW, LocalFilter(text="bruno")),
        (ROW, LocalFilter(verbs=frozenset({"exec"}), text="bruno")),
    ],
)
def test_leaves_out_what_does_not(row: SessionRow, local: LocalFilter) -> None:
    assert not local.matches(row, NOW)


def test_a_session_that_expires_changes_sides_with_time() -> None:
    row = session(
        1, NOW, status="ready", review_type="jit", review_status="APPROVED",
        review_revoke_at=NOW + 10 * SECOND,
    )  # fmt: skip
    local = LocalFilter(outcomes=frozenset({Outcome.EXPIRED}))
    assert not local.matches(row, NOW)
    assert local.matches(row, NOW + 10 * SECOND)


def test_tells_when_it_is_empty() -> None:
    assert LocalFilter().is_empty
    assert not LocalFilter(shortest=0).is_empty
    assert not LocalFilter(text="a").is_empty


@given(st.text(min_size=1), st.text(), st.text())
def test_a_text_is_found_wherever_it_stands(text: str, before: str, after: str) -> None:
    row = session(1, NOW, resource=before + text + after)
    assert LocalFilter(text=text).matches(row, NOW)
