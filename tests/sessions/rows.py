"""Session rows for tests: plausible by default, hostile on demand."""

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from hoopscope.gateway.row import NO_START, SessionRow

CAPTURES = Path(__file__).parents[1] / "captures"
HOUR = 3600 * 1_000_000
NOW = 1_795_435_500 * 1_000_000
"""2026-11-23T12:05:00Z, some minutes after the captures were recorded."""

PLAIN = SessionRow(
    id="3f0c2f4e-0000-4000-8000-000000009a1e",
    start=NOW - HOUR,
    end=NOW - HOUR + 400_000,
    user="bruno@acme.example",
    user_id="bruno@acme.example",
    user_name="Bruno Díaz",
    identity_type="user",
    connection="pg-orders-prod",
    type="database",
    subtype="postgres",
    verb="exec",
    status="done",
    exit_code=0,
    has_metrics=True,
)


def row(**fields: Any) -> SessionRow:
    """A session that succeeded an hour ago, with other fields where they are given."""
    return PLAIN._replace(**fields)


def captured(name: str) -> SessionRow:
    """The row of one session as a gateway gave it."""
    return SessionRow.from_json(json.loads((CAPTURES / f"{name}.json").read_text("utf-8")))


_text = st.one_of(
    st.text(max_size=40),
    st.text(
        st.sampled_from("\x1b[31m\n\t\x9b\u202e\u200d\ud800\ue000\u0301世👩a@-_ …"), max_size=40
    ),
)


def _mostly(*usual: str) -> st.SearchStrategy[str]:
    return st.one_of(st.sampled_from(usual), _text)


_moments = st.one_of(
    st.integers(NOW - 90 * 24 * HOUR, NOW + HOUR),
    st.integers(-62_135_596_800_000_000, 253_402_300_799_999_999),
)
_numbers = st.one_of(st.integers(0, 300), st.integers(-(2**63), 2**63))

any_row: st.SearchStrategy[SessionRow] = st.builds(
    SessionRow,
    id=_text,
    start=st.one_of(_moments, st.just(NO_START)),
    end=st.one_of(st.none(), _moments),
    user=_mostly("", "ana@acme.example", "ci-bot"),
    user_id=_text,
    user_name=_text,
    identity_type=_mostly("user", "machine"),
    connection=_text,
    type=_text,
    subtype=_text,
    resource=_text,
    verb=_mostly("exec", "connect"),
    status=_mostly("open", "ready", "done"),
    exit_code=st.one_of(st.none(), st.sampled_from([0, 1, 254]), _numbers),
    review_type=_mostly("", "jit", "onetime"),
    review_status=_mostly("", "PENDING", "APPROVED", "EXECUTED", "REJECTED", "REVOKED"),
    review_approved=_numbers,
    review_needed=_numbers,
    review_revoke_at=st.one_of(st.none(), _moments),
    guardrail_hits=_numbers,
    guardrail_rule=_text,
    ai_risk=_mostly("", "low", "medium", "high"),
    ai_outcome=_mostly("", "block_execution"),
    masked=_numbers,
    jira_key=_text,
    correlation_id=_text,
    batch_id=_text,
    machine_identity_id=_mostly(""),
    has_credential=st.booleans(),
    credential_revoked=st.booleans(),
    has_metrics=st.booleans(),
    event_size=_numbers,
    truncated=st.booleans(),
    malformed=_mostly(""),
)
