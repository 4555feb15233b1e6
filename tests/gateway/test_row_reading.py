"""The fast way and the careful way read the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.row import SessionRow
from hoopscope.gateway.row_reading import NotHealthyError, carefully, quickly
from tests.gateway import captures

STUMBLES = (NotHealthyError, LookupError, TypeError, ValueError, AttributeError)
MALFORMED = SessionRow._fields.index("malformed")
WHOLE = [captures.value(name) for name in captures.details()]
ROWS = [raw for name in captures.lists() for raw in captures.value(name)["data"]] + WHOLE
NAMES = sorted({name for raw in ROWS for name in raw})

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**64), 2**64)
    | st.floats()
    | st.text(st.characters() | st.just("\ud800"), max_size=3)
    | st.sampled_from(["2026-11-23T11:58:04.5Z", "0001-01-01T00:00:00Z", "high", "APPROVED"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(
                [
                    *("data_masking", "total_redact_count", "truncated", "ai_analyzer", "worst"),
                    *("risk_level", "outcome", "status", "revoke_at", "min_approvals"),
                    *("review_groups_data", "rule_name", "jira_issue_key", "credential_session"),
                ]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


def test_every_recorded_session_is_read_fast_and_alike() -> None:
    for raw in ROWS:
        assert quickly(raw) == carefully(raw)


def test_both_give_a_value_for_every_field() -> None:
    assert len(carefully(None)) == len(quickly(ROWS[0])) == len(SessionRow._fields)


@given(st.sampled_from(ROWS), st.dictionaries(st.sampled_from(NAMES), values, max_size=3))
def test_what_is_read_fast_is_healthy_and_read_alike(
    raw: dict[str, Any], spoiled: dict[str, Any]
) -> None:
    changed = {**raw, **spoiled}
    try:
        fast = quickly(changed)
    except STUMBLES:
        return
    assert fast == carefully(changed)
    assert fast[MALFORMED] == ""


@pytest.mark.parametrize("name", NAMES)
def test_what_is_absent_is_read_alike(name: str) -> None:
    raw = {key: value for key, value in ROWS[0].items() if key != name}
    assert SessionRow.from_json(raw) == SessionRow(*carefully(raw))
