"""What became of a session: the one place that tells, since its status alone does not.

Source: gateway behaviour, as observed. `open` can mean waiting, lent, running, or never ended;
`done` can mean finished, blocked, rejected, or withdrawn; what has expired keeps its status.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from hoopscope.untrusted import harmless

if TYPE_CHECKING:
    from hoopscope.gateway.row import SessionRow

NO_CODE_OF_ITS_OWN = 254
"""The exit code that the gateway sets when a session ended without one."""

LONGEST_STREAM = 48 * 3600 * 1_000_000
"""Microseconds after which a session that is still open cannot be running any more."""


class Outcome(StrEnum):
    """What became of a session, or how it stands."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    BLOCKED = "blocked"
    STOPPED = "stopped"
    RUNNING = "running"
    WAITING = "waiting"
    APPROVED = "approved"
    USABLE = "usable"
    READY = "ready"
    CREDENTIAL = "credential"
    REJECTED = "rejected"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    NOT_RUN = "not-run"
    NO_END = "no-end"
    ENDED = "ended"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"


class Tone(StrEnum):
    """How loudly an outcome speaks; colours belong to themes."""

    PLAIN = "plain"
    QUIET = "quiet"
    RUNNING = "running"
    WAITING = "waiting"
    NOTICE = "notice"
    BLOCKED = "blocked"
    FAILURE = "failure"


class OutcomeView(NamedTuple):
    """An outcome as it is shown: one-cell signs, a word or two, and a sentence. All harmless."""

    outcome: Outcome
    sign: str
    ascii_sign: str
    text: str
    tone: Tone
    meaning: str


def outcome_of(row: SessionRow, now: int) -> OutcomeView:
    """What became of a session, as of `now` (microseconds since 1970 UTC)."""
    if row.malformed:
        return _unreadable(row.malformed)
    if row.status == "done":
        return _done(row, now)
    if row.status not in ("open", "ready"):
        return _unknown(row.status)
    if row.end is not None:
        return _done(row, now)
    if row.review_status == "REJECTED":
        return _REJECTED
    if row.review_status == "REVOKED":
        return _REVOKED
    if review_has_expired(row, now):
        return _EXPIRED
    if row.review_status == "PROCESSING":
        return _EXECUTING
    return _open(row, now) if row.status == "open" else _ready(row)


def review_has_expired(row: SessionRow, now: int) -> bool:
    """Whether a granted access is over; the gateway leaves it APPROVED and its session as it was.

    Only access for a time (jit) ends: in a one-time review `revoke_at` is the moment of approval.
    """
    return (
        row.review_type == "jit"
        and row.review_status == "APPROVED"
        and row.review_revoke_at is not None
        and row.review_revoke_at <= now
    )


def _open(row: SessionRow, now: int) -> OutcomeView:
    if row.review_status == "PENDING":
        return _WAITING
    if row.review_status == "EXECUTED":
        return _NOT_RUN if row.review_revoke_at is None else _END_MISSING
    if row.has_credential:
        return _CREDENTIAL_OVER if row.credential_revoked else _CREDENTIAL
    return _NO_END if now - row.start > LONGEST_STREAM else _RUNNING


def _ready(row: SessionRow) -> OutcomeView:
    if row.review_status == "APPROVED":
        return _USABLE if row.review_type == "jit" or row.verb == "connect" else _APPROVED
    return _READY


def _done(row: SessionRow, now: int) -> OutcomeView:
    code = row.exit_code
    if row.review_status == "PENDING":
        return _WITHDRAWN
    if code == 0:
        return _SUCCEEDED
    if code is not None and code != NO_CODE_OF_ITS_OWN:
        return _failed(code)
    if row.review_status == "REJECTED":
        return _REJECTED
    if row.review_status == "REVOKED":
        return _REVOKED
    if code == NO_CODE_OF_ITS_OWN:
        return _without_code(row, now)
    if row.has_credential:
        return _CREDENTIAL_OVER
    if review_has_expired(row, now):
        return _EXPIRED
    if row.end is None and (row.machine_identity_id or row.identity_type == "machine"):
        return _MACHINE_CREDENTIAL
    return _ENDED


def _without_code(row: SessionRow, now: int) -> OutcomeView:
    if row.guardrail_hits:
        return _BLOCKED
    # Lists leave the analysis out; there, an exec that was never measured has met it.
    if row.ai_outcome == "block_execution" or (row.verb == "exec" and not row.has_metrics):
        return _BLOCKED_BY_AI
    ended_in_time = row.end is not None and row.end < (row.review_revoke_at or 0)
    return _EXPIRED if review_has_expired(row, now) and not ended_in_time else _STOPPED


@lru_cache(512)
def _failed(code: int) -> OutcomeView:
    meaning = f"It failed: its exit code is {code}."
    return OutcomeView(Outcome.FAILED, "✗", "x", f"exit {code}", Tone.FAILURE, meaning)


@lru_cache(64)
def _unknown(status: str) -> OutcomeView:
    meaning = "This version does not know the status that the gateway gives."
    text = harmless(status, 40) or "no status"
    return OutcomeView(Outcome.UNKNOWN, "?", "?", text, Tone.NOTICE, meaning)


@lru_cache(64)
def _unreadable(why: str) -> OutcomeView:
    meaning = f"What the gateway sent for it cannot be read: {harmless(why, 200)}."
    return OutcomeView(Outcome.UNREADABLE, "!", "!", "unreadable", Tone.NOTICE, meaning)


_SUCCEEDED = OutcomeView(
    Outcome.SUCCEEDED, "✓", "+", "ok", Tone.PLAIN, "It succeeded: its exit code is 0."
)
_BLOCKED = OutcomeView(
    Outcome.BLOCKED, "⊘", "#", "blocked", Tone.BLOCKED, "A guardrail stopped it."
)
_BLOCKED_BY_AI = OutcomeView(
    Outcome.BLOCKED, "⊘", "#", "blocked AI", Tone.BLOCKED, "The AI analysis kept it from running."
)
_STOPPED = OutcomeView(
    Outcome.STOPPED,
    "■",
    "%",
    "stopped",
    Tone.NOTICE,
    "It ended without a code of its own: client gone, agent lost, or killed.",
)
_RUNNING = OutcomeView(
    Outcome.RUNNING,
    "▶",
    ">",
    "running",
    Tone.RUNNING,
    "It is running, or was refused: a refused one stays open for ever.",
)
_EXECUTING = OutcomeView(
    Outcome.RUNNING, "▶", ">", "running", Tone.RUNNING, "It was approved and is being executed."
)
_WAITING = OutcomeView(Outcome.WAITING, "…", "~", "waiting", Tone.WAITING, "It waits for a review.")
_APPROVED = OutcomeView(
    Outcome.APPROVED, "○", "o", "approved", Tone.NOTICE, "It was approved and has not run yet."
)
_USABLE = OutcomeView(
    Outcome.USABLE,
    "◇",
    "o",
    "usable",
    Tone.NOTICE,
    "Access is granted: it can be used, or is in use right now.",
)
_READY = OutcomeView(Outcome.READY, "○", "o", "ready", Tone.NOTICE, "It may run, and has not yet.")
_CREDENTIAL = OutcomeView(
    Outcome.CREDENTIAL,
    "◇",
    "o",
    "credential",
    Tone.NOTICE,
    "A credential on loan; its traffic is in the sessions that name it.",
)
_CREDENTIAL_OVER = OutcomeView(
    Outcome.CREDENTIAL,
    "◇",
    "o",
    "loan over",
    Tone.QUIET,
    "A credential that is no longer on loan; its traffic is in the sessions that name it.",
)
_MACHINE_CREDENTIAL = OutcomeView(
    Outcome.CREDENTIAL, "◇", "o", "credential", Tone.QUIET, "A machine's credential."
)
_REJECTED = OutcomeView(
    Outcome.REJECTED, "⊘", "#", "rejected", Tone.BLOCKED, "A reviewer rejected it."
)
_REVOKED = OutcomeView(
    Outcome.REVOKED, "⊘", "#", "revoked", Tone.BLOCKED, "The access was granted and then revoked."
)
_WITHDRAWN = OutcomeView(
    Outcome.WITHDRAWN,
    "–",
    "-",
    "withdrawn",
    Tone.QUIET,
    "It was given up or killed before anybody had decided: nobody is waiting.",
)
_EXPIRED = OutcomeView(
    Outcome.EXPIRED, "–", "-", "expired", Tone.QUIET, "The access that was granted is over."
)
_NOT_RUN = OutcomeView(
    Outcome.NOT_RUN,
    "–",
    "-",
    "not run",
    Tone.NOTICE,
    "It was sent off before anybody had approved it: it never ran and never will.",
)
_NO_END = OutcomeView(
    Outcome.NO_END,
    "–",
    "-",
    "no end",
    Tone.QUIET,
    "It is open for longer than a session can last: refused, or its gateway died.",
)
_END_MISSING = OutcomeView(
    Outcome.NO_END,
    "–",
    "-",
    "no end",
    Tone.QUIET,
    "It was executed, and its end is not recorded (yet).",
)
_ENDED = OutcomeView(
    Outcome.ENDED, "–", "-", "ended", Tone.QUIET, "It ended, and nothing tells how."
)
