"""SessionRow: what a list needs of a session, decoded fast and without ever failing.

Source: observed gateway behaviour. List rows carry no script and no `ai_analysis`, and their
review is slim (no window, no minimum of approvals, no rule, no force groups).
"""

from __future__ import annotations

from typing import NamedTuple

from hoopscope.gateway.moments import ZERO_TIME
from hoopscope.gateway.row_reading import NotHealthyError, carefully, quickly

# A start that is missing, which the gateway sends as year 1. It is smaller than every real
# start, yet the gateway sorts it first: go by `sort_key`.
NO_START = ZERO_TIME

_SORTS_FIRST = 2**63 - 1


# Whoever changes the order of the fields changes it in row_reading too.
class SessionRow(NamedTuple):
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

    @classmethod
    def from_json(cls, value: object) -> SessionRow:
        """The row in a decoded JSON value. Never raises: see `malformed`."""
        if type(value) is dict:
            try:
                return cls(*quickly(value))
            except (NotHealthyError, LookupError, TypeError, ValueError, AttributeError):
                pass
        return cls(*carefully(value))
