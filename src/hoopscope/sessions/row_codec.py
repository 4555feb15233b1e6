"""A session's row as the columns of the store, and back, exactly."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from hoopscope.gateway.row import SessionRow
from hoopscope.sessions.words import Words

# `who`, `target` and `state` are numbers of words; `took` is end less start.
COLUMNS = (
    "id",
    "start",
    "took",
    "who",
    "target",
    "state",
    "event_size",
    "script_size",
    "masked",
    "revoke_at",
    "jira_key",
    "correlation_id",
    "batch_id",
    "credential_session",
)
_UUID_LENGTH = 36

# What many sessions have in common, each group in the order of the fields of SessionRow.
_who = attrgetter("user", "user_id", "user_name", "identity_type", "machine_identity_id")
_target = attrgetter("connection", "type", "subtype", "resource")
_state = attrgetter(
    "verb",
    "status",
    "exit_code",
    "review_type",
    "review_status",
    "review_approved",
    "review_needed",
    "guardrail_hits",
    "guardrail_rule",
    "ai_risk",
    "ai_outcome",
    "has_credential",
    "credential_revoked",
    "has_metrics",
    "truncated",
    "malformed",
)


def packed(text: str) -> bytes | str | None:
    """A UUID as its 16 bytes, other text as it is, nothing as nothing."""
    if not text:
        return None
    if len(text) == _UUID_LENGTH and text[8] == text[13] == text[18] == text[23] == "-":
        try:
            short = bytes.fromhex(text.replace("-", ""))
        except ValueError:
            return text
        if unpacked(short) == text:
            return short
    return text


def unpacked(value: bytes | str | None) -> str:
    """What `packed` was given."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    digits = value.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def to_columns(row: SessionRow, words: Words) -> tuple[Any, ...]:
    """The values of COLUMNS."""
    return (
        packed(row.id),
        row.start,
        None if row.end is None else row.end - row.start,
        words.number(_who(row)),
        words.number(_target(row)),
        words.number(_state(row)),
        row.event_size,
        row.script_size,
        row.masked,
        row.review_revoke_at,
        row.jira_key or None,
        packed(row.correlation_id),
        packed(row.batch_id),
        packed(row.credential_session),
    )


def from_columns(columns: tuple[Any, ...], words: Words) -> SessionRow:
    """The row that `to_columns` was given."""
    (
        session_id,
        start,
        took,
        who,
        target,
        state,
        event_size,
        script_size,
        masked,
        revoke_at,
        jira_key,
        correlation_id,
        batch_id,
        credential_session,
    ) = columns
    *user, machine_identity_id = words.value(who)
    of_state = words.value(state)
    # By place, since naming 36 fields takes as long again as making the row.
    return SessionRow(  # type: ignore[call-arg]
        unpacked(session_id),
        start,
        None if took is None else start + took,
        *user,
        *words.value(target),
        *of_state[:7],
        revoke_at,
        *of_state[7:11],
        masked,
        jira_key or "",
        unpacked(correlation_id),
        unpacked(batch_id),
        machine_identity_id,
        unpacked(credential_session),
        *of_state[11:14],
        event_size,
        script_size,
        *of_state[14:],
    )
