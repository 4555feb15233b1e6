"""A session's row as the columns of the store, and back, exactly."""

from __future__ import annotations

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
        packed(row.id) or "",
        row.start,
        None if row.end is None else row.end - row.start,
        words.number(
            (row.user, row.user_id, row.user_name, row.identity_type, row.machine_identity_id)
        ),
        words.number((row.connection, row.type, row.subtype, row.resource)),
        words.number(
            (
                row.verb,
                row.status,
                row.exit_code,
                row.review_type,
                row.review_status,
                row.review_approved,
                row.review_needed,
                row.guardrail_hits,
                row.guardrail_rule,
                row.ai_risk,
                row.ai_outcome,
                row.has_credential,
                row.credential_revoked,
                row.has_metrics,
                row.truncated,
                row.malformed,
            )
        ),
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
    user, user_id, user_name, identity_type, machine_identity_id = words.value(who)
    connection, kind, subtype, resource = words.value(target)
    (
        verb,
        status,
        exit_code,
        review_type,
        review_status,
        review_approved,
        review_needed,
        guardrail_hits,
        guardrail_rule,
        ai_risk,
        ai_outcome,
        has_credential,
        credential_revoked,
        has_metrics,
        truncated,
        malformed,
    ) = words.value(state)
    return SessionRow(
        id=unpacked(session_id),
        start=start,
        end=None if took is None else start + took,
        user=user,
        user_id=user_id,
        user_name=user_name,
        identity_type=identity_type,
        connection=connection,
        type=kind,
        subtype=subtype,
        resource=resource,
        verb=verb,
        status=status,
        exit_code=exit_code,
        review_type=review_type,
        review_status=review_status,
        review_approved=review_approved,
        review_needed=review_needed,
        review_revoke_at=revoke_at,
        guardrail_hits=guardrail_hits,
        guardrail_rule=guardrail_rule,
        ai_risk=ai_risk,
        ai_outcome=ai_outcome,
        masked=masked,
        jira_key=jira_key or "",
        correlation_id=unpacked(correlation_id),
        batch_id=unpacked(batch_id),
        machine_identity_id=machine_identity_id,
        credential_session=unpacked(credential_session),
        has_credential=has_credential,
        credential_revoked=credential_revoked,
        has_metrics=has_metrics,
        event_size=event_size,
        script_size=script_size,
        truncated=truncated,
        malformed=malformed,
    )
