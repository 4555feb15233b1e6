from typing import Any

import pytest
from hypothesis import given

from hoopscope.gateway.row import NO_START, SessionRow
from hoopscope.sessions.outcome import Outcome, Tone, outcome_of, review_has_expired
from hoopscope.untrusted import cell_width, harmless
from tests.sessions.rows import HOUR, NOW, any_row, captured, row

OPEN = {"status": "open", "exit_code": None, "end": None, "has_metrics": False}
READY = {**OPEN, "status": "ready"}
NO_CODE = {"status": "done", "exit_code": 254}
NEVER_RAN = {"status": "done", "exit_code": None, "end": None, "has_metrics": False}
ONE_TIME = {"review_type": "onetime"}
JIT = {"review_type": "jit", "review_revoke_at": NOW + HOUR, "verb": "connect"}
OVER = {**JIT, "review_revoke_at": NOW - 1, "review_status": "APPROVED"}
MACHINE = {"identity_type": "machine", "user": "", "verb": "connect"}

TABLE: list[tuple[str, dict[str, Any], str]] = [
    ("open, review pending", {**OPEN, **ONE_TIME, "review_status": "PENDING"}, "waiting"),
    ("open, jit review pending", {**OPEN, **JIT, "review_status": "PENDING"}, "waiting"),
    ("open for long, still pending", {**OPEN, "review_status": "PENDING", "start": 0}, "waiting"),
    ("open, a credential", {**OPEN, "has_credential": True}, "credential"),
    ("open for long, a credential", {**OPEN, "has_credential": True, "start": 0}, "credential"),
    (
        "a credential that waits",
        {**OPEN, "has_credential": True, "review_status": "PENDING"},
        "waiting",
    ),
    (
        "open, a revoked credential",
        {**OPEN, "has_credential": True, "credential_revoked": True},
        "loan over",
    ),
    ("open exec", OPEN, "running"),
    ("open connect", {**OPEN, "verb": "connect"}, "running"),
    ("open for 48 hours", {**OPEN, "start": NOW - 48 * HOUR}, "running"),
    ("open for longer", {**OPEN, "start": NOW - 48 * HOUR - 1}, "no end"),
    ("open, no start", {**OPEN, "start": NO_START}, "no end"),
    ("open, being executed", {**OPEN, **ONE_TIME, "review_status": "PROCESSING"}, "running"),
    ("sent off unapproved", {**OPEN, **ONE_TIME, "review_status": "EXECUTED"}, "not run"),
    (
        "executed, no end",
        {**OPEN, **ONE_TIME, "review_status": "EXECUTED", "review_revoke_at": NOW - HOUR},
        "no end",
    ),
    ("open, rejected", {**OPEN, "review_status": "REJECTED"}, "rejected"),
    ("open, revoked", {**OPEN, "review_status": "REVOKED"}, "revoked"),
    ("open, an odd review", {**OPEN, "review_status": "UNKNOWN"}, "running"),
    ("open, jit over", {**OPEN, **OVER}, "expired"),
    ("open, jit granted", {**OPEN, **JIT, "review_status": "APPROVED"}, "running"),
    ("open with an end and a code", {"status": "open", "exit_code": 2}, "exit 2"),
    ("ready exec, approved", {**READY, **ONE_TIME, "review_status": "APPROVED"}, "approved"),
    (
        "ready exec, approved an hour ago",
        {**READY, **ONE_TIME, "review_status": "APPROVED", "review_revoke_at": NOW - HOUR},
        "approved",
    ),
    ("ready exec, being executed", {**READY, "review_status": "PROCESSING"}, "running"),
    ("ready connect, jit granted", {**READY, **JIT, "review_status": "APPROVED"}, "usable"),
    ("ready connect, jit over", {**READY, **OVER}, "expired"),
    ("ready connect, jit over this instant", {**READY, **OVER, "review_revoke_at": NOW}, "expired"),
    ("ready, revoked", {**READY, **JIT, "review_status": "REVOKED"}, "revoked"),
    ("ready, rejected", {**READY, "review_status": "REJECTED"}, "rejected"),
    ("ready, no review", READY, "ready"),
    ("ready, review pending", {**READY, "review_status": "PENDING"}, "ready"),
    ("done, 0", {}, "ok"),
    ("done, 0, without metrics", {"has_metrics": False}, "ok"),
    ("done, 0, guardrail looked on", {"guardrail_hits": 2}, "ok"),
    ("done, 0, executed", {**ONE_TIME, "review_status": "EXECUTED"}, "ok"),
    ("done, 0, jit revoked meanwhile", {**JIT, "review_status": "REVOKED"}, "ok"),
    ("done, 0, jit over since", OVER, "ok"),
    ("done, 3", {"exit_code": 3}, "exit 3"),
    ("done, 3, guardrail looked on", {"exit_code": 3, "guardrail_hits": 1}, "exit 3"),
    ("done, negative", {"exit_code": -2}, "exit -2"),
    ("done, 130, jit revoked", {**JIT, "exit_code": 130, "review_status": "REVOKED"}, "exit 130"),
    ("done, 254", NO_CODE, "stopped"),
    (
        "done, 254, connect not measured",
        {**NO_CODE, "verb": "connect", "has_metrics": 0},
        "stopped",
    ),
    ("done, 254, guardrail", {**NO_CODE, "guardrail_hits": 1}, "blocked"),
    (
        "done, 254, guardrail, not measured",
        {**NO_CODE, "guardrail_hits": 1, "has_metrics": 0},
        "blocked",
    ),
    ("done, 254, exec not measured", {**NO_CODE, "has_metrics": False}, "blocked AI"),
    ("done, 254, analysis known", {**NO_CODE, "ai_outcome": "block_execution"}, "blocked AI"),
    ("done, 254, a request was blocked", {**NO_CODE, "ai_outcome": "blocked"}, "stopped"),
    ("done, 254, rejected", {**NO_CODE, "review_status": "REJECTED"}, "rejected"),
    (
        "done, 254, rejected, not measured",
        {**NO_CODE, "review_status": "REJECTED", "has_metrics": 0},
        "rejected",
    ),
    ("done, 254, revoked", {**NO_CODE, **JIT, "review_status": "REVOKED"}, "revoked"),
    ("done, 254, pending", {**NO_CODE, "review_status": "PENDING"}, "withdrawn"),
    (
        "done, 254, approved, killed",
        {**NO_CODE, **ONE_TIME, "review_status": "APPROVED"},
        "stopped",
    ),
    ("done, 254, jit over before", {**NO_CODE, **OVER, "review_revoke_at": 5}, "expired"),
    ("done, 254, jit over afterwards", {**NO_CODE, **OVER}, "stopped"),
    ("done, 254, jit over, no end", {**NO_CODE, **OVER, "end": None}, "expired"),
    ("done, no code, rejected", {**NEVER_RAN, "review_status": "REJECTED"}, "rejected"),
    ("done, no code, revoked", {**NEVER_RAN, **JIT, "review_status": "REVOKED"}, "revoked"),
    ("done, no code, pending", {**NEVER_RAN, "review_status": "PENDING"}, "withdrawn"),
    ("done, no code, jit over", {**NEVER_RAN, **OVER}, "expired"),
    ("done, no code, machine", {**NEVER_RAN, **MACHINE}, "credential"),
    ("done, no code, credential", {**NEVER_RAN, "has_credential": True}, "loan over"),
    ("done, no code", NEVER_RAN, "ended"),
    ("done, no code, an end", {"exit_code": None}, "ended"),
    ("a status from the future", {"status": "paused"}, "paused"),
    ("a hostile status", {"status": "\x1b[2J\u202e"}, "\\x1b[2J\\u202e"),
    ("no status", {"status": ""}, "no status"),
    ("a malformed row", {"malformed": "end_date is no time"}, "unreadable"),
]


@pytest.mark.parametrize(
    ("fields", "text"), [case[1:] for case in TABLE], ids=[c[0] for c in TABLE]
)
def test_every_combination(fields: dict[str, Any], text: str) -> None:
    assert outcome_of(row(**fields), NOW).text == text


@pytest.mark.parametrize(
    ("capture", "outcome", "text"),
    [
        ("detail-ok-simple", Outcome.SUCCEEDED, "ok"),
        ("detail-fail-exit3", Outcome.FAILED, "exit 3"),
        ("detail-terminal", Outcome.FAILED, "exit 7"),
        ("detail-terminal-killed", Outcome.STOPPED, "stopped"),
        ("detail-exec-killed", Outcome.STOPPED, "stopped"),
        ("detail-pg-wire", Outcome.STOPPED, "stopped"),
        ("detail-guardrail-input", Outcome.BLOCKED, "blocked"),
        ("detail-guardrail-output", Outcome.BLOCKED, "blocked"),
        ("detail-ai-high-block", Outcome.BLOCKED, "blocked AI"),
        ("detail-ai-agentic-high-block", Outcome.BLOCKED, "blocked AI"),
        ("detail-ai-low-allow", Outcome.SUCCEEDED, "ok"),
        ("detail-ai-medium-review-executed", Outcome.SUCCEEDED, "ok"),
        ("detail-ai-medium-review-rejected", Outcome.REJECTED, "rejected"),
        ("detail-review-pending", Outcome.WAITING, "waiting"),
        ("detail-review-two-groups-partial", Outcome.WAITING, "waiting"),
        ("detail-review-processing", Outcome.RUNNING, "running"),
        ("detail-review-approved-ready", Outcome.APPROVED, "approved"),
        ("detail-review-forced", Outcome.APPROVED, "approved"),
        ("detail-review-rejected-reason", Outcome.REJECTED, "rejected"),
        ("detail-review-pending-killed", Outcome.WITHDRAWN, "withdrawn"),
        ("detail-review-executed-without-approval", Outcome.NOT_RUN, "not run"),
        ("detail-jit-live-ready", Outcome.USABLE, "usable"),
        ("detail-jit-pending-client-gone", Outcome.WITHDRAWN, "withdrawn"),
        ("detail-jit-rejected", Outcome.REJECTED, "rejected"),
        ("detail-jit-revoked", Outcome.SUCCEEDED, "ok"),
        ("detail-credential-live", Outcome.CREDENTIAL, "credential"),
        ("detail-credential-revoked", Outcome.CREDENTIAL, "loan over"),
        ("detail-machine-credential", Outcome.CREDENTIAL, "credential"),
        ("detail-live", Outcome.RUNNING, "running"),
        ("detail-exec-running", Outcome.RUNNING, "running"),
        ("detail-refused-exec-stays-open", Outcome.RUNNING, "running"),
    ],
)
def test_recorded_sessions(capture: str, outcome: Outcome, text: str) -> None:
    view = outcome_of(captured(capture), NOW)
    assert (view.outcome, view.text) == (outcome, text)


@pytest.mark.parametrize(
    ("capture", "later"),
    [
        ("detail-live", "no end"),
        ("detail-refused-exec-stays-open", "no end"),
        ("detail-jit-live-ready", "expired"),
        ("detail-review-pending", "waiting"),
        ("detail-review-approved-ready", "approved"),
    ],
)
def test_recorded_sessions_three_days_later(capture: str, later: str) -> None:
    assert outcome_of(captured(capture), NOW + 72 * HOUR).text == later


def test_only_access_for_a_time_expires() -> None:
    assert review_has_expired(row(**OVER), NOW)
    assert not review_has_expired(row(**OVER), NOW - HOUR)
    assert not review_has_expired(row(**{**OVER, "review_type": "onetime"}), NOW)
    assert not review_has_expired(row(**{**OVER, "review_status": "REVOKED"}), NOW)


def test_success_has_no_weight_and_failure_has_a_sign() -> None:
    assert outcome_of(row(), NOW).tone is Tone.PLAIN
    failed = outcome_of(row(exit_code=1), NOW)
    assert (failed.sign, failed.tone) == ("✗", Tone.FAILURE)


@given(any_row)
def test_any_row_has_an_outcome_that_a_terminal_may_see(hostile: SessionRow) -> None:
    view = outcome_of(hostile, NOW)
    assert view.text
    assert view.text == harmless(view.text, 40)
    assert view.meaning == harmless(view.meaning)
    assert cell_width(view.sign) == 1
    assert len(view.ascii_sign) == 1
    assert view.ascii_sign.isascii()
