"""How a session of a list is read: fast where all is as it should be, carefully where not.

Both give the same for a healthy row. Most rows have neither a review nor a guardrail match, and
a page of them has to be decoded in a few milliseconds.
"""

from __future__ import annotations

from typing import Any
from zlib import crc32

from hoopscope.gateway.fields import FieldReader
from hoopscope.gateway.moments import ZERO_TIME, microseconds

Values = tuple[Any, ...]

_RISKS = ("", "low", "medium", "high")
_NO_REVIEW = ("", "", 0, 0, None)
_NO_MATCH = (0, "")
_NO_RISK = ("", "")
_LARGEST = 2**63 - 1


class NotHealthyError(Exception):
    """The row has to be read carefully."""


def quickly(value: dict[str, Any]) -> Values:
    """The fields of a row, in the order of SessionRow's, for a row that is as it should be.

    Raises NotHealthyError, LookupError, TypeError, ValueError or AttributeError for any other.
    """
    get = value.get
    session_id = value["id"]
    texts = (
        get("user", ""),
        get("user_id", ""),
        get("user_name", ""),
        get("identity_type", ""),
        get("connection", ""),
        get("type", ""),
        get("connection_subtype", ""),
        get("resource_name", ""),
        get("verb", ""),
        get("status", ""),
    )
    late = (
        get("correlation_id", ""),
        get("session_batch_id", ""),
        get("machine_identity_id", ""),
    )
    # Fails for what is no text, and the encoding of it for lone surrogates.
    joined = "".join((session_id, *texts, *late))
    if not joined.isascii():
        joined.encode()
    if not session_id:
        raise NotHealthyError
    start = microseconds(value["start_date"])
    end = get("end_date")
    if end is not None:
        end = microseconds(end)
        if end == ZERO_TIME:
            end = None
    exit_code, event_size, script_size = get("exit_code"), get("event_size"), get("script_size")
    for number in (exit_code, event_size, script_size):
        if number is not None and (type(number) is not int or not -_LARGEST <= number <= _LARGEST):
            raise NotHealthyError
    faults: list[str] = []
    read = FieldReader(value, "", faults)
    metrics = get("metrics")
    masked, truncated = (0, False) if metrics is None else _measured(metrics)
    found = (
        session_id,
        start,
        end,
        *texts,
        exit_code,
        *(_NO_REVIEW if get("review") is None else _review(read)),
        *(_NO_MATCH if get("guardrails_info") is None else _matches(read)),
        *(
            _NO_RISK
            if get("ai_analysis") is None and (metrics is None or "ai_analyzer" not in metrics)
            else _judgement(read)
        ),
        masked,
        "" if get("integrations_metadata") is None else _jira_key(read),
        *late,
        *(("", False, False) if get("metadata") is None else _credential(read)),
        metrics is not None,
        event_size or 0,
        script_size or 0,
        truncated,
        "",
    )
    if faults:
        raise NotHealthyError
    return found


def _measured(metrics: dict[str, Any]) -> tuple[int, bool]:
    """How much was masked, and whether the recording was cut short; fails for anything odd."""
    masking = metrics.get("data_masking")
    masked = 0 if masking is None else masking.get("total_redact_count", 0)
    truncated = metrics.get("truncated", False)
    if type(masked) is not int or not 0 <= masked <= _LARGEST or type(truncated) is not bool:
        raise NotHealthyError
    return masked, truncated


def carefully(value: object) -> Values:
    """The fields of a row, in the order of SessionRow's, for any JSON value; never raises."""
    read = FieldReader(value if isinstance(value, dict) else {})
    if not isinstance(value, dict):
        read.fault("it is no object")
    review = _review(read)
    matches = _matches(read)
    metrics = read.within("metrics")
    masked = metrics.within("data_masking").number("total_redact_count") or 0
    judgement = _judgement(read)
    start = read.moment("start_date")
    session_id = read.text("id")
    if not session_id:
        if isinstance(value, dict):
            read.fault("id is missing")
        session_id = _stand_in_id(value)
    return (
        session_id,
        ZERO_TIME if start is None else start,
        read.moment("end_date"),
        read.text("user"),
        read.text("user_id"),
        read.text("user_name"),
        read.text("identity_type"),
        read.text("connection"),
        read.text("type"),
        read.text("connection_subtype"),
        read.text("resource_name"),
        read.text("verb"),
        read.text("status"),
        read.number("exit_code"),
        *review,
        *matches,
        *judgement,
        masked,
        _jira_key(read),
        read.text("correlation_id"),
        read.text("session_batch_id"),
        read.text("machine_identity_id"),
        *_credential(read),
        read.has("metrics"),
        read.number("event_size") or 0,
        read.number("script_size") or 0,
        metrics.flag("truncated"),
        read.faults_in_words(),
    )


def _review(read: FieldReader) -> Values:
    """Type, status, groups that agreed, groups that have to, and when it is revoked."""
    review = read.within("review")
    groups = review.objects("review_groups_data")
    approved = [group for group in groups if group.get("status") == "APPROVED"]
    minimum = review.number("min_approvals") or 0
    return (
        review.text("type"),
        review.text("status"),
        len(approved),
        min(minimum, len(groups)) if minimum > 0 else len(groups),
        review.moment("revoke_at"),
    )


def _matches(read: FieldReader) -> Values:
    """How many guardrail matches, and the rule of the first."""
    hits = read.objects("guardrails_info")
    return (len(hits), FieldReader(hits[0]).text("rule_name") if hits else "")


def _judgement(read: FieldReader) -> Values:
    """The worst (risk, outcome) in the row."""
    analysis = read.within("ai_analysis")
    worst = read.within("metrics").within("ai_analyzer").within("worst")
    judged = (analysis.text("risk_level"), analysis.text("action"))
    judged_worst = (worst.text("risk_level"), worst.text("outcome"))
    return max(judged, judged_worst, key=_rank)


def _rank(judged: tuple[str, str]) -> int:
    """How grave a (risk, outcome) is; a risk that we do not know yields to one that we do."""
    risk = judged[0]
    return _RISKS.index(risk) * 2 if risk in _RISKS else 1


def _jira_key(read: FieldReader) -> str:
    # Anybody may put anything there, so nothing in it is malformed.
    return read.within("integrations_metadata").free().text("jira_issue_key")


def _credential(read: FieldReader) -> Values:
    """The session that lent a credential; whether this one lends one; whether it was revoked."""
    metadata = read.within("metadata").free()
    return (
        metadata.text("credential_session"),
        metadata.has("credentials_expire_at"),
        metadata.has("credentials_revoked_at"),
    )


def _stand_in_id(value: object) -> str:
    """The same for the same value, so that an unreadable row is not taken for a new one."""
    try:
        text = repr(value)
    except RecursionError:
        text = ""
    return f"unreadable-{crc32(text.encode('utf-8', 'surrogatepass')):08x}"
