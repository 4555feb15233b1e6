"""SessionRow: what a list needs of a session, decoded fast and without ever failing.

Source: observed gateway behaviour. List rows carry no script and no `ai_analysis`, and their
review is slim (no window, no minimum of approvals, no rule, no force groups).
"""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

from hoopscope.gateway.fields import FieldReader
from hoopscope.gateway.moments import ZERO_TIME

# A start that is missing, which the gateway sends as year 1. It is smaller than every real
# start, yet the gateway sorts it first: go by `sort_key`.
NO_START = ZERO_TIME

_SORTS_FIRST = 2**63 - 1
_RISKS = ("", "low", "medium", "high")


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session of a list. Texts are "" where there is nothing, and always valid Unicode.

    Times (start, end, review_revoke_at) are microseconds since 1970 UTC; event_size and
    script_size are bytes (of JSON-escaped text for the script); `start` is NO_START where there
    is none. `user` is an e-mail, or the name of a key. `review_status` is "" without a review;
    `review_needed` is the number of approvals it takes, which is all groups where the row does
    not give a minimum. `ai_risk` is the worst in the row: "" does not mean that there is none,
    since lists leave most analyses out. `has_metrics` tells a session that nothing was measured
    of (live, or blocked). `malformed` says what could not be read; the rest of the row holds.
    """

    id: str
    start: int = NO_START
    end: int | None = None
    user: str = ""
    user_id: str = ""
    user_name: str = ""
    identity_type: str = ""
    connection: str = ""
    type: str = ""
    subtype: str = ""
    resource: str = ""
    verb: str = ""
    status: str = ""
    exit_code: int | None = None
    review_type: str = ""
    review_status: str = ""
    review_approved: int = 0
    review_needed: int = 0
    review_revoke_at: int | None = None
    guardrail_hits: int = 0
    guardrail_rule: str = ""
    ai_risk: str = ""
    ai_outcome: str = ""
    masked: int = 0
    jira_key: str = ""
    correlation_id: str = ""
    batch_id: str = ""
    machine_identity_id: str = ""
    credential_session: str = ""
    has_credential: bool = False
    credential_revoked: bool = False
    has_metrics: bool = False
    event_size: int = 0
    script_size: int = 0
    truncated: bool = False
    malformed: str = ""

    @property
    def sort_key(self) -> tuple[int, str]:
        """Descending, this is the gateway's order: by start, then by id, missing starts first."""
        return (_SORTS_FIRST if self.start == NO_START else self.start, self.id)

    def changed_from(self, other: SessionRow) -> bool:
        """Whether anything that a row shows differs."""
        return self != other

    @classmethod
    def from_json(cls, value: object) -> SessionRow:
        """The row in a decoded JSON value. Never raises: see `malformed`."""
        if not isinstance(value, dict):
            return cls(id=_stand_in_id(value), malformed="it is no object")
        read = FieldReader(value)
        review = read.within("review")
        groups = review.objects("review_groups_data")
        approved = [group for group in groups if group.get("status") == "APPROVED"]
        minimum = review.number("min_approvals") or 0
        hits = read.objects("guardrails_info")
        metrics = read.within("metrics")
        masking = metrics.within("data_masking")
        worst = metrics.within("ai_analyzer").within("worst")
        analysis = read.within("ai_analysis")
        judged = (analysis.text("risk_level"), analysis.text("action"))
        judged_worst = (worst.text("risk_level"), worst.text("outcome"))
        risk, outcome = judged if judged == judged_worst else max(judged, judged_worst, key=_rank)
        # Anybody may put anything under these two, so nothing in them is malformed.
        metadata = read.within("metadata").free()
        integrations = read.within("integrations_metadata").free()
        start = read.moment("start_date")
        session_id = read.text("id")
        if not session_id:
            read.fault("id is missing")
            session_id = _stand_in_id(value)
        return cls(
            id=session_id,
            start=NO_START if start is None else start,
            end=read.moment("end_date"),
            user=read.text("user"),
            user_id=read.text("user_id"),
            user_name=read.text("user_name"),
            identity_type=read.text("identity_type"),
            connection=read.text("connection"),
            type=read.text("type"),
            subtype=read.text("connection_subtype"),
            resource=read.text("resource_name"),
            verb=read.text("verb"),
            status=read.text("status"),
            exit_code=read.number("exit_code"),
            review_type=review.text("type"),
            review_status=review.text("status"),
            review_approved=len(approved),
            review_needed=min(minimum, len(groups)) if minimum > 0 else len(groups),
            review_revoke_at=review.moment("revoke_at"),
            guardrail_hits=len(hits),
            guardrail_rule=FieldReader(hits[0]).text("rule_name") if hits else "",
            ai_risk=risk,
            ai_outcome=outcome,
            masked=masking.number("total_redact_count") or 0,
            jira_key=integrations.text("jira_issue_key"),
            correlation_id=read.text("correlation_id"),
            batch_id=read.text("session_batch_id"),
            machine_identity_id=read.text("machine_identity_id"),
            credential_session=metadata.text("credential_session"),
            has_credential=metadata.has("credentials_expire_at"),
            credential_revoked=metadata.has("credentials_revoked_at"),
            has_metrics=value.get("metrics") is not None,
            event_size=read.number("event_size") or 0,
            script_size=read.number("script_size") or 0,
            truncated=metrics.flag("truncated"),
            malformed=read.faults_in_words(),
        )


def _rank(judged: tuple[str, str]) -> int:
    """How grave a (risk, outcome) is; a risk that we do not know yields to one that we do."""
    risk = judged[0]
    return _RISKS.index(risk) * 2 if risk in _RISKS else 1


def _stand_in_id(value: object) -> str:
    """The same for the same value, so that an unreadable row is not taken for a new one."""
    try:
        text = repr(value)
    except RecursionError:
        text = ""
    return f"unreadable-{crc32(text.encode('utf-8', 'surrogatepass')):08x}"
